import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from time import monotonic
from typing import Any

from connectors.base import (
    App,
    Carries,
    ConnectorError,
    Credentials,
    Draft,
    Grant,
    Identity,
    Limit,
    Media,
    OutcomeUnknown,
    Problem,
    RateLimited,
    Reading,
    Receipt,
    Rejected,
    Unavailable,
)
from connectors.base.answers import (
    CLOCK_SLACK,
    LONGEST_ACCOUNT_ID,
    LONGEST_PROFILE,
    address_of,
    id_of,
    inside,
    iso,
    json_object,
    number,
    text_of,
)
from connectors.base.connector import with_query
from connectors.base.media import left, until_ready, upload_name
from connectors.oauth import OAuthConnector, What
from connectors.threads.errors import ASK_AGAIN, error_of, says_gone, token_error
from connectors.threads.text import length, links
from core import clock
from core.http import Answer

MOST_LINKS = 5  # documentation/threads/create-posts/text-attachments (2026-07-02)
METRICS = ("views", "likes", "replies", "reposts", "quotes")
POST_FIELDS = "id,permalink,text,timestamp,link_attachment_url"
PAGE, PAGES_LOOKED_AT = 100, 5


class Threads(OAuthConnector):
    """A post is made ready in a container, which is published once and never again. Threads draws the card from the
    page behind the link; a post with pictures has none, and fetches them from us."""

    key = "threads"
    name = "Threads"
    homes = {"www": "https://threads.com", "api": "https://graph.threads.net"}
    scopes = ("threads_basic", "threads_content_publish", "threads_manage_insights", "threads_delete")
    required = frozenset({"threads_basic", "threads_content_publish"})
    limit = 500
    calls, calls_like = re.compile(r"@[\w.]{1,30}", re.ASCII), "@name"
    counts = "characters, emoji counting four or more"
    has_card = True
    # documentation/threads/posts (2026-04-14), "Image specifications" and "Carousel posts"
    carries = Carries(pictures=20, picture_bytes=8_000_000, alt=1000, fetches=True)
    uses_pkce = False
    can_refresh = True
    # A token renews itself, from its second day to its sixtieth; afterwards only the member can.
    refresh_after = timedelta(hours=24)
    renew_before = timedelta(days=30)
    limits = (Limit("posts", "account", 50, timedelta(hours=6), post=1),)  # so that no 24 hours hold over 250 (2026-08)
    can_revoke = False
    can_find = True
    can_read = True
    figures = ("likes", "reposts", "replies", "quotes", "views")

    def oauth_address(self, what: What, origin: str) -> str:
        return f"{self.www}/oauth/authorize" if what == "authorize" else f"{self.api}/oauth/access_token"

    def scopes_for(self, origin: str) -> tuple[str, ...]:
        return (",".join(self.scopes),)

    def exchange(self, *, app: App, code: str, **how: Any) -> Grant:
        """The first token lives an hour, so it is changed for one of sixty days at once."""
        code = code.removesuffix("#_")  # stands behind the address they send people back to
        brief = super().exchange(app=app, code=code, **how)
        proof = {"grant_type": "th_exchange_token", "client_secret": app.client_secret, "access_token": brief.access}
        return self._lasting("access_token", proof, brief.scopes, refreshing=False)

    def refresh(self, credentials: Credentials) -> Grant:
        proof = {"grant_type": "th_refresh_token", "access_token": credentials.refresh}
        return self._lasting("refresh_access_token", proof, credentials.scopes, refreshing=True)

    def _lasting(self, path: str, proof: dict[str, str], scopes: frozenset[str], *, refreshing: bool) -> Grant:
        answer = self.call("GET", f"{self.api}/{path}", params=proof)
        made = json_object(answer)
        token, life = text_of(made.get("access_token")), number(made.get("expires_in"))
        if not answer.ok:
            raise self.token_error(answer, refreshing)
        if not token or not life:
            raise Unavailable("Threads answered the sign-in in a way we do not understand.", "unreadable")
        # There is no refresh token: the token itself is what renews it.
        return Grant(token, token, clock.now() + timedelta(seconds=life), scopes)

    def token_error(self, answer: Answer, refreshing: bool) -> ConnectorError:
        return token_error(answer, refreshing=refreshing)

    def revoke(self, credentials: Credentials) -> None:
        """There is no call for it (documentation/threads, 2026-08); members end it in their settings at Threads."""

    def who(self, credentials: Credentials) -> Identity:
        fields = "id,username,name,threads_profile_picture_url"
        answer = self._graph("GET", credentials, "me", params={"fields": fields})
        person = json_object(answer)
        remote_id, username = id_of(person.get("id"), most=LONGEST_ACCOUNT_ID), text_of(person.get("username"))
        if not answer.ok or not remote_id:
            raise error_of(answer)
        return Identity(
            remote_id=remote_id,
            handle=f"@{username}",
            name=text_of(person.get("name")) or username,
            avatar_url=address_of(person.get("threads_profile_picture_url")),
            profile_url=address_of(f"{self.www}/@{username}", most=LONGEST_PROFILE),
        )

    def length(self, text: str) -> int:
        return length(text)

    def problems(self, draft: Draft, *, limit: int | None = None) -> list[Problem]:
        found = super().problems(draft, limit=limit)
        if len(links(draft.text) | ({draft.link.url} if draft.link else set())) > MOST_LINKS:
            found.append(Problem("links", f"Threads takes at most {MOST_LINKS} different links in a post."))
        return found

    def prepare(self, credentials: Credentials, draft: Draft) -> Mapping[str, str]:
        """The container, ready to be published. One that is never published is forgotten there after a day."""
        ends = self.preparing_ends(2 if draft.media else 1)
        fields = {"text": self.written(draft)}
        if len(draft.media) > 1:
            one_by_one = [
                self._container(credentials, picture_fields(picture) | {"is_carousel_item": "true"}, ends)
                for picture in draft.media
            ]
            fields |= {"media_type": "CAROUSEL", "children": ",".join(one_by_one)}
        elif draft.media:
            fields |= picture_fields(draft.media[0])
        else:
            fields |= {"media_type": "TEXT"} | ({"link_attachment": draft.link.url} if draft.link else {})
        return {"container": self._container(credentials, fields, ends)}

    def _container(self, credentials: Credentials, fields: dict[str, str], ends: float) -> str:
        """Publishing too early is refused, so it is waited for."""
        answer = self._graph("POST", credentials, "me/threads", data=fields, total=left(ends))
        container = upload_name(json_object(answer).get("id"))
        if not answer.ok or not container:
            raise error_of(answer)
        until_ready(lambda: self._is_finished(credentials, container, ends), ends=ends, name=self.name)
        return container

    def _is_finished(self, credentials: Credentials, container: str, ends: float) -> bool:
        state = self._state(credentials, container, ends)
        if state in ("ERROR", "EXPIRED"):
            raise Unavailable("Threads did not get the post ready.", state)
        return state == "FINISHED"

    def _state(self, credentials: Credentials, container: str, ends: float) -> str:
        """IN_PROGRESS, FINISHED, PUBLISHED, ERROR or EXPIRED."""
        answer = self._graph("GET", credentials, container, params={"fields": "status"}, total=left(ends))
        if says_gone(answer):
            return "IN_PROGRESS"  # not every server knows it yet
        if answer.ok and (state := text_of(json_object(answer).get("status"))):
            return state
        raise error_of(answer)

    def publish(self, credentials: Credentials, draft: Draft, *, resend: bool = False) -> Receipt:
        if resend and (first := self.find(credentials, draft)):
            return first
        container = draft.prepared.get("container") or self.prepare(credentials, draft)["container"]
        ends = monotonic() + self.seconds
        made_of = {"creation_id": container}
        answer = self._graph("POST", credentials, "me/threads_publish", creating=True, data=made_of)
        post_id = id_of(json_object(answer).get("id"))
        if answer.ok and post_id:
            return Receipt(post_id, self._address(credentials, post_id, ends))
        if isinstance(error := error_of(answer, creating=True), Rejected):
            self._must_have_room(credentials, ends)
        raise error

    def _address(self, credentials: Credentials, post_id: str, ends: float) -> str:
        """Of a post that is up. Nothing that happens here may make it doubtful again."""
        try:
            answer = self._graph("GET", credentials, post_id, params={"fields": "permalink"}, total=left(ends))
        except ConnectorError:
            return ""
        return address_of(json_object(answer).get("permalink"))

    def _must_have_room(self, credentials: Credentials, ends: float) -> None:
        """Asked when a post is refused, since no code is documented for a quota that is used up. The window moves
        and nobody says when the next place is free. Where it cannot be asked, the post is tried again."""
        fields = {"fields": "quota_usage,config"}
        answer = self._graph("GET", credentials, "me/threads_publishing_limit", params=fields, total=left(ends))
        for row in listed(answer):
            used, total = number(row.get("quota_usage")), number(inside(row, "config", "quota_total"))
            if used is not None and total is not None and used >= total:
                sentence = f"Threads takes {total} posts a day from an account, and these are used up."
                raise RateLimited(sentence, "quota", until=clock.now() + ASK_AGAIN)

    def find(self, credentials: Credentials, draft: Draft) -> Receipt | None:
        """The container knows whether it was published; which post it became is looked for among the member's own."""
        container = draft.prepared.get("container", "")
        state = self._state(credentials, container, monotonic() + self.seconds) if container else ""
        if state == "FINISHED":
            return None
        found = self._among_own(credentials, draft)
        if not found and state in ("IN_PROGRESS", "PUBLISHED"):
            raise OutcomeUnknown("Threads has not said yet what became of the post.", state)
        return found

    def _among_own(self, credentials: Credentials, draft: Draft) -> Receipt | None:
        self.must_be_recognisable(draft)
        short_url = draft.marker.short_url
        since = draft.marker.started_at - CLOCK_SLACK
        params = {"fields": POST_FIELDS, "limit": str(PAGE)}
        for _ in range(PAGES_LOOKED_AT):
            answer = self._graph("GET", credentials, "me/threads", params=params)
            for post in (page := listed(answer)):
                if short_url == text_of(post.get("link_attachment_url")) or short_url in links(
                    text_of(post.get("text"))
                ):
                    return Receipt(id_of(post.get("id")), address_of(post.get("permalink")), adopted=True)
            oldest = iso(text_of(page[-1].get("timestamp"))) if page else None
            params["after"] = text_of(inside(json_object(answer), "paging", "cursors", "after"))
            if not page or not params["after"] or (oldest and oldest < since):
                return None
        raise OutcomeUnknown("There are too many newer posts to be sure whether this one is up.", "too_many")

    def delete(self, credentials: Credentials, post_id: str) -> None:
        answer = self._graph("DELETE", credentials, post_id)
        if not answer.ok and not says_gone(answer):
            raise error_of(answer)

    def read(self, credentials: Credentials, post_ids: Sequence[str]) -> dict[str, Reading]:
        return {post_id: self._read_one(credentials, post_id) for post_id in post_ids}

    def _read_one(self, credentials: Credentials, post_id: str) -> Reading:
        answer = self._graph("GET", credentials, f"{post_id}/insights", params={"metric": ",".join(METRICS)})
        if says_gone(answer):
            return Reading(gone=True)
        return reading(listed(answer))

    def assisted_url(self, draft: Draft) -> str:
        url = draft.link.url if draft.link else ""
        return with_query("https://www.threads.com/intent/post", text=draft.text, url=url)

    def _graph(self, method: str, credentials: Credentials, path: str, **how: Any) -> Answer:
        headers = {"Authorization": f"Bearer {credentials.access}"}
        return self.call(method, f"{self.api}/v1.0/{path}", headers=headers, **how)


def picture_fields(picture: Media) -> dict[str, str]:
    words = {"alt_text": picture.alt} if picture.alt else {}
    return {"media_type": "IMAGE", "image_url": picture.address, **words}


def listed(answer: Answer) -> list[dict[str, Any]]:
    found = json_object(answer).get("data") if answer.ok else None
    if not isinstance(found, list):
        raise error_of(answer)
    return [row for row in found if isinstance(row, dict)]


def reading(rows: list[dict[str, Any]]) -> Reading:
    """Rows are {"name", "period": "lifetime", "values": [{"value"}]}; what is missing is unknown. A view is one
    time the post was shown or played."""
    figures: dict[str, int | None] = {}
    for row in rows:
        values = row.get("values")
        first = values[0] if isinstance(values, list) and values else None
        figures[text_of(row.get("name"))] = number(first.get("value")) if isinstance(first, dict) else None
    known: dict[str, Any] = {kind: figures.get(kind) for kind in METRICS}
    return Reading(**known)
