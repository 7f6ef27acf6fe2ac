"""The body of a post. The same bytes for the same draft: a resend is recognised by its content alone."""

from typing import Any

from connectors.base import Credentials, Draft
from connectors.linkedin.text import escaped

LONGEST_TITLE = 400
VISIBILITIES = {"public": "PUBLIC", "connections": "CONNECTIONS"}


def author(credentials: Credentials) -> str:
    return f"urn:li:person:{credentials.remote_id}"


def post_body(credentials: Credentials, draft: Draft, text: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "author": author(credentials),
        "commentary": escaped(text),
        "visibility": VISIBILITIES[draft.visibility or "public"],
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }
    if draft.media:
        body["content"] = media_content(draft)
    elif draft.link:
        body["content"] = {"article": article(draft)}
    return body


def media_content(draft: Draft) -> dict[str, Any]:
    names = draft.prepared.get("media", "").split(",")
    shown = [
        {"id": urn, "altText": one.alt} if one.is_picture else {"id": urn, "title": one.name[:LONGEST_TITLE]}
        for urn, one in zip(names, draft.media, strict=True)
    ]
    return {"media": shown[0]} if len(shown) == 1 else {"multiImage": {"images": shown}}


def article(draft: Draft) -> dict[str, str]:
    assert draft.link
    made = {"source": draft.link.url, "title": (draft.link.title or draft.link.url)[:LONGEST_TITLE]}
    if draft.link.description:
        made["description"] = draft.link.description
    if draft.prepared.get("image"):
        made["thumbnail"] = draft.prepared["image"]
    return made
