import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import timedelta
from typing import Any, Self
from urllib.parse import quote, urlsplit

from connectors.base import (
    Carries,
    Credentials,
    Draft,
    Identity,
    Limit,
    Media,
    NeedsRelink,
    OutcomeUnknown,
    Reading,
    Receipt,
    Unavailable,
)
from connectors.base.answers import (
    CLOCK_SLACK,
    LONGEST_ACCOUNT_ID,
    LONGEST_PROFILE,
    address_of,
    id_of,
    iso,
    json_object,
    number,
    text_of,
)
from connectors.base.limits import said
from connectors.base.media import left, until_ready, upload_name
from connectors.base.server import ServerLimits, believed
from connectors.mastodon.errors import error_of
from connectors.mastodon.origin import normalise_origin
from connectors.mastodon.text import length
from connectors.oauth import OAuthConnector, What
from core import clock
from core.http import Answer

PAGE = 40
LONGEST_OF_CALLS = timedelta(minutes=6)  # their window of five, and a clock that goes differently
PAGES_LOOKED_AT = 5
LIMIT_SECONDS = 3.0
VISIBILITIES = {"public": "public", "unlisted": "unlisted", "followers": "private"}


class Mastodon(OAuthConnector):
    """Any server speaking Mastodon's API. `places` maps a server's host name to another address for it."""

    key = "mastodon"
    name = "Mastodon"
    scopes = ("profile", "write:statuses", "write:media", "read:statuses")
    older_scopes = ("read:accounts", *scopes[1:])  # before 4.3 there is no `profile`
    required = frozenset({"write:statuses"})
    limit = 500
    calls, calls_like = re.compile(r"@\w+|@[\w.\-]+@[\w.\-]+\.\w+"), "@name@server.example"
    counts = "characters, any link counting 23"
    address_counts = 23
    # methods/media and the usual `configuration.media_attachments` of an instance (2026-07)
    carries = Carries(pictures=4, picture_bytes=16_777_216, alt=1500, visibilities=tuple(VISIBILITIES), warning=True)
    needs_origin = True
    can_find = True
    can_read = True
    read_batch = 20
    reads_any = "shared"  # of one server
    figures = ("likes", "reposts", "replies", "quotes")
    # The server keeps an Idempotency-Key for an hour. Older ones record it late, hence the minute.
    resend_safe_after = timedelta(seconds=60)
    resend_until = timedelta(minutes=55)
    # api/rate-limits (2026-07-02), and for new posts the server's own code. The limit by address is for calls
    # without a token, and ours carry one.
    limits = (
        Limit("calls", "account", 300, timedelta(minutes=5), post=1, read=1, picture=2, counts="calls"),
        Limit("posts", "account", 300, timedelta(hours=3), post=1),
        Limit("pictures", "account", 30, timedelta(minutes=30), picture=1, counts="pictures"),
    )

    def base(self, origin: str) -> str:
        return self.places.get(urlsplit(origin).netloc, origin)

    def oauth_address(self, what: What, origin: str) -> str:
        return f"{self.base(origin)}/oauth/{what}"

    def normalise_origin(self, text: str) -> str:
        return normalise_origin(text)

    def scopes_for(self, origin: str) -> tuple[str, ...]:
        answer = self.call("GET", f"{self.base(origin)}/.well-known/oauth-authorization-server")
        if answer.status >= 500 or answer.status == 429:
            raise error_of(answer)
        known = json_object(answer).get("scopes_supported") if answer.ok else None
        return self.scopes if isinstance(known, list) and "profile" in known else self.older_scopes

    def register(self, origin: str, redirect_uri: str) -> tuple[str, str]:
        fields = {"client_name": "Advocacy", "redirect_uris": redirect_uri, "scopes": " ".join(self.scopes_for(origin))}
        answer = self.call("POST", f"{self.base(origin)}/api/v1/apps", json=fields)
        made = json_object(answer) if answer.ok else {}
        client, secret = id_of(made.get("client_id")), text_of(made.get("client_secret"))
        if answer.ok and client and secret:
            return client, secret
        if answer.ok or answer.status in (404, 405):
            raise Unavailable(f"{urlsplit(origin).netloc} does not seem to be a Mastodon server.", "not_mastodon")
        raise error_of(answer)

    def who(self, credentials: Credentials) -> Identity:
        answer = self._api("GET", credentials, "/api/v1/accounts/verify_credentials")
        account = json_object(answer)
        if answer.status == 400:
            # Some servers answer a dead token so, and with plain text.
            raise NeedsRelink("Your Mastodon server no longer accepts this connection; please connect it again.", "400")
        remote_id = id_of(account.get("id"), most=LONGEST_ACCOUNT_ID)
        if not answer.ok or not remote_id:
            raise error_of(answer)
        return Identity(
            remote_id=remote_id,
            handle=f"@{text_of(account.get('username'))}@{urlsplit(credentials.origin).netloc}",
            name=text_of(account.get("display_name")),
            avatar_url=address_of(account.get("avatar")),
            profile_url=address_of(account.get("url"), most=LONGEST_PROFILE),
        )

    def ask_limits(self, origin: str) -> ServerLimits:
        answer = self.call("GET", f"{self.base(origin)}/api/v2/instance", total=LIMIT_SECONDS)
        if not answer.ok:
            raise error_of(answer)
        return limits_in(json_object(answer).get("configuration"))

    def at_server(self, limits: ServerLimits) -> Self:
        here = copy(self)
        here.limit = limits.characters or self.limit
        here.address_counts = limits.address or self.address_counts
        here.counts = f"characters, any link counting {here.address_counts}"
        here.carries = replace(
            self.carries,
            pictures=limits.pictures or self.carries.pictures,
            picture_bytes=limits.picture_bytes or self.carries.picture_bytes,
            alt=limits.alt or self.carries.alt,
        )
        return here

    def length(self, text: str) -> int:
        return length(text, self.address_counts)

    def prepare(self, credentials: Credentials, draft: Draft) -> Mapping[str, str]:
        ends = self.preparing_ends()
        sent = [self._send_picture(credentials, picture, ends) for picture in draft.media]
        return {"media": ",".join(sent)} if sent else {}

    def _send_picture(self, credentials: Credentials, picture: Media, ends: float) -> str:
        """Its number there, once it can be attached: 202 and 206 mean that the server is still at it."""
        files = {"file": ("picture", picture.content, picture.type)}
        fields = {"description": picture.alt} if picture.alt else {}
        answer = self._api("POST", credentials, "/api/v2/media", data=fields, files=files, total=left(ends))
        media_id = upload_name(json_object(answer).get("id"))
        if not answer.ok or not media_id:
            raise error_of(answer)
        if answer.status == 202:
            until_ready(lambda: self._has_picture(credentials, media_id, ends), ends=ends, name=self.name)
        return media_id

    def _has_picture(self, credentials: Credentials, media_id: str, ends: float) -> bool:
        answer = self._api("GET", credentials, f"/api/v1/media/{media_id}", total=left(ends))
        if not answer.ok:
            raise error_of(answer)
        return answer.status != 206

    def publish(self, credentials: Credentials, draft: Draft, *, resend: bool = False) -> Receipt:
        body: dict[str, Any] = {
            "status": self.written(draft),
            "visibility": VISIBILITIES[draft.visibility or "public"],
            "language": draft.language or None,
        }
        if draft.warning:
            body |= {"spoiler_text": draft.warning, "sensitive": True}
        if sent := (draft.prepared or self.prepare(credentials, draft)).get("media"):
            body["media_ids"] = sent.split(",")
        headers = {"Idempotency-Key": draft.marker.key}
        answer = self._api("POST", credentials, "/api/v1/statuses", creating=True, json=body, headers=headers)
        status = json_object(answer)
        if not answer.ok or not id_of(status.get("id")):
            raise error_of(answer, creating=True)
        return receipt(status)

    def find(self, credentials: Credentials, draft: Draft) -> Receipt | None:
        """Look through the member's own posts, newest first, back to the first attempt."""
        self.must_be_recognisable(draft)
        since = draft.marker.started_at - CLOCK_SLACK
        below: dict[str, str] = {}
        for _ in range(PAGES_LOOKED_AT):
            page = self._own_posts(credentials, below)
            for status in page:
                if holds(status, draft.marker.short_url):
                    return receipt(status, adopted=True)
            oldest = iso(text_of(page[-1].get("created_at"))) if page else None
            if not page or (oldest and oldest < since):
                return None
            below = {"max_id": text_of(page[-1].get("id"))}
        raise OutcomeUnknown("There are too many newer posts to be sure whether this one is up.", "too_many")

    def delete(self, credentials: Credentials, post_id: str) -> None:
        answer = self._api("DELETE", credentials, f"/api/v1/statuses/{post_id}")
        if not answer.ok and answer.status not in (404, 410):
            raise error_of(answer)

    def read(self, credentials: Credentials, post_ids: Sequence[str]) -> dict[str, Reading]:
        answer = self._api("GET", credentials, "/api/v1/statuses", params={"id[]": list(post_ids)})
        if answer.status in (404, 405):
            # Before 4.3 each has to be asked for by itself.
            return {post_id: self._read_one(credentials, post_id) for post_id in post_ids}
        found = {text_of(status.get("id")): reading(status) for status in listed(answer)}
        return {post_id: found.get(post_id, Reading(gone=True)) for post_id in post_ids}

    def assisted_url(self, draft: Draft) -> str:
        # Members live on thousands of servers; Mastodon's own page asks for theirs, in the browser alone.
        return f"https://share.joinmastodon.org/#text={quote(self.written(draft), safe='')}"

    def _read_one(self, credentials: Credentials, post_id: str) -> Reading:
        answer = self._api("GET", credentials, f"/api/v1/statuses/{post_id}")
        if answer.status in (404, 410):
            return Reading(gone=True)
        status = json_object(answer)
        if not answer.ok or not status:
            raise error_of(answer)
        return reading(status)

    def _own_posts(self, credentials: Credentials, below: dict[str, str]) -> list[dict[str, Any]]:
        params = {"limit": str(PAGE), "exclude_reblogs": "true", **below}
        return listed(
            self._api("GET", credentials, f"/api/v1/accounts/{credentials.remote_id}/statuses", params=params)
        )

    def _api(self, method: str, credentials: Credentials, path: str, **how: Any) -> Answer:
        headers = {"Authorization": f"Bearer {credentials.access}", **how.pop("headers", {})}
        answer = self.call(method, self.base(credentials.origin) + path, headers=headers, **how)
        # One pair of headers stands for whichever limit is nearest; how long it still lasts tells which.
        found = said(answer, "x-ratelimit")
        if found:
            lasts = found[1] - clock.now()
            self.tell("calls" if lasts <= LONGEST_OF_CALLS else "posts", found, credentials)
        return answer


def listed(answer: Answer) -> list[dict[str, Any]]:
    try:
        found = answer.json() if answer.ok else None
    except ValueError:
        found = None
    if not isinstance(found, list):
        raise error_of(answer)
    return [status for status in found if isinstance(status, dict)]


def limits_in(configuration: object) -> ServerLimits:
    """entities/Instance, `configuration` (2026-07); a server that says something else there is not believed."""
    parts = configuration if isinstance(configuration, dict) else {}
    statuses, media = (
        part if isinstance(part := parts.get(name), dict) else {} for name in ("statuses", "media_attachments")
    )
    return believed(
        {
            "characters": statuses.get("max_characters"),
            "address": statuses.get("characters_reserved_per_url"),
            "pictures": statuses.get("max_media_attachments"),
            "picture_bytes": media.get("image_size_limit"),
            "alt": media.get("description_limit"),
        }
    )


def holds(status: dict[str, Any], short_url: str) -> bool:
    card = status.get("card")
    card_url = text_of(card.get("url")) if isinstance(card, dict) else ""
    # Addresses stand in the HTML as a whole in their href; the quotes keep /go/ab from matching /go/abc.
    return card_url == short_url or f'href="{short_url}"' in text_of(status.get("content"))


def receipt(status: dict[str, Any], *, adopted: bool = False) -> Receipt:
    return Receipt(id_of(status.get("id")), address_of(status.get("url")) or address_of(status.get("uri")), adopted)


def reading(status: dict[str, Any]) -> Reading:
    return Reading(
        likes=number(status.get("favourites_count")),
        reposts=number(status.get("reblogs_count")),
        replies=number(status.get("replies_count")),
        quotes=number(status.get("quotes_count")),
    )
