import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

from connectors.atproto import did_of, expiry, normalise_handle, pds_in, pds_of
from connectors.base import (
    Carries,
    ConnectorError,
    Credentials,
    Draft,
    Grant,
    Identity,
    Limit,
    Problem,
    Reading,
    Receipt,
    Rejected,
)
from connectors.base.answers import LONGEST_ACCOUNT_ID, id_of, json_object, number, text_of
from connectors.base.connector import with_query
from connectors.base.media import left, picture_type
from connectors.bluesky.errors import code_of, error_of
from connectors.bluesky.record import LARGEST_PICTURE, POST, blob_in, post_record
from connectors.bluesky.text import MOST_BYTES, MOST_GRAPHEMES, mentions, size
from connectors.pushed import Place, PushedOAuth
from connectors.text import graphemes
from core.http import Answer

MOST_MENTIONED = 10


class Bluesky(PushedOAuth):
    """Tokens of the consent page are bound to a key in `extra`; those of an app password, in the demo and in tests
    only, are plain. `places` may name `pds` (then no account is looked up elsewhere), `plc`, `appview` and `app`, the
    web pages."""

    key = "bluesky"
    name = "Bluesky"
    scopes = ("atproto", "repo:app.bsky.feed.post", "blob:image/*")
    wider_scopes = ("atproto", "transition:generic")
    limit = MOST_GRAPHEMES
    calls, calls_like = re.compile(r"@[\w\-]+(?:\.[\w\-]+)+", re.ASCII), "@name.bsky.social"
    counts = "characters"
    takes_app_password = True
    can_find = True
    can_read = True
    read_batch = 25
    reads_any = "open"
    figures = ("likes", "reposts", "replies", "quotes", "saves")
    sends_picture = has_card = True
    carries = Carries(pictures=4, picture_bytes=LARGEST_PICTURE, alt=2000)
    # The record key is ours: the same record again changes nothing, at any time and any number of times.
    resend_safe_after = timedelta(0)
    # docs.bsky.app, rate limits (2026-04-21): making a record takes three points; the address of a server is shared
    # by everybody here who has their account on it.
    limits = (
        Limit("hour", "account", 5000, timedelta(hours=1), post=3, counts="points, three a post"),
        Limit("day", "account", 35_000, timedelta(days=1), post=3, counts="points, three a post"),
        Limit("calls", "server", 3000, timedelta(minutes=5), post=2, read=1, picture=1, counts="calls"),
    )

    def base(self, origin: str) -> str:
        return self.places.get("pds", origin)

    @property
    def appview(self) -> str:
        return self.places.get("appview") or self.places.get("pds") or "https://public.api.bsky.app"

    def place_of(self, handle: str) -> Place:
        handle = normalise_handle(handle)
        did = handle if handle.startswith("did:") else did_of(handle, get=self.call, appview=self.appview)
        return Place(did, self._pds(did))

    def _pds(self, handle: str) -> str:
        plc = self.places.get("plc", "https://plc.directory")
        return self.places.get("pds") or pds_of(handle, get=self.call, appview=self.appview, plc=plc)

    def sign_in(self, *, handle: str, app_password: str) -> Grant:
        handle = normalise_handle(handle)
        pds = self._pds(handle)
        fields = {"identifier": handle, "password": app_password.strip()}
        answer = self.call("POST", f"{pds}/xrpc/com.atproto.server.createSession", json=fields)
        if answer.status == 401:
            raise Rejected("Bluesky does not know this handle with this app password.", code_of(answer))
        return self._session_grant(answer, pds)

    def refresh(self, credentials: Credentials) -> Grant:
        if credentials.extra:
            return super().refresh(credentials)
        answer = self._xrpc("POST", credentials, "com.atproto.server.refreshSession", token=credentials.refresh)
        if not answer.ok:
            raise error_of(answer, refreshing=True)
        return self._session_grant(answer, credentials.origin)

    def who(self, credentials: Credentials) -> Identity:
        answer = self._xrpc("GET", credentials, "com.atproto.server.getSession")
        session = json_object(answer)
        did, handle = id_of(session.get("did"), most=LONGEST_ACCOUNT_ID), text_of(session.get("handle"))
        if not answer.ok or not did:
            raise error_of(answer)
        where = {"repo": did, "collection": "app.bsky.actor.profile", "rkey": "self"}
        profile = json_object(self._xrpc("GET", credentials, "com.atproto.repo.getRecord", params=where)).get("value")
        name = text_of(profile.get("displayName")) if isinstance(profile, dict) else ""
        return Identity(did, handle, name, profile_url=f"{self._app()}/profile/{did}")

    def revoke(self, credentials: Credentials) -> None:
        if credentials.extra:
            super().revoke(credentials)
            return
        answer = self._xrpc("POST", credentials, "com.atproto.server.deleteSession", token=credentials.refresh)
        if answer.status >= 500 or answer.status == 429:
            raise error_of(answer)

    def length(self, text: str) -> int:
        return graphemes(text)

    def problems(self, draft: Draft, *, limit: int | None = None) -> list[Problem]:
        found = super().problems(draft, limit=limit)
        if not found and size(self.written(draft)) > MOST_BYTES:
            return [Problem("too_many_bytes", "This holds too many emoji or joined letters for Bluesky; use fewer.")]
        return found

    def prepare(self, credentials: Credentials, draft: Draft) -> Mapping[str, str]:
        ends = self.preparing_ends()
        ready = {"mentions": self._mentioned(self.written(draft), ends)}
        if draft.media:
            ready["pictures"] = f"[{','.join(self._blob(credentials, one.content, ends) for one in draft.media)}]"
        else:
            ready["thumb"] = self._thumb(credentials, draft, ends)
        return {name: value for name, value in ready.items() if value}

    def publish(self, credentials: Credentials, draft: Draft, *, resend: bool = False) -> Receipt:
        # A blob is named by its content, so sending the picture again gives the same record.
        prepared = draft.prepared or self.prepare(credentials, draft)
        where = {"repo": credentials.remote_id, "collection": POST, "rkey": draft.marker.record_key}
        # `swapRecord: null` means: only where there is none yet, so that nothing is ever written over.
        body = {**where, "record": post_record(draft, self.written(draft), prepared), "swapRecord": None}
        answer = self._xrpc("POST", credentials, "com.atproto.repo.putRecord", creating=True, json=body)
        self._hear_points(answer, credentials)
        if code_of(answer) == "InvalidSwap":
            return self.find(credentials, draft) or self._receipt(credentials, draft, adopted=True)
        written = json_object(answer)
        if not answer.ok or not text_of(written.get("uri")):
            raise error_of(answer, creating=True)
        return self._receipt(credentials, draft, adopted="commit" not in written)

    def find(self, credentials: Credentials, draft: Draft) -> Receipt | None:
        where = {"repo": credentials.remote_id, "collection": POST, "rkey": draft.marker.record_key}
        answer = self.call("GET", f"{self.base(credentials.origin)}/xrpc/com.atproto.repo.getRecord", params=where)
        if code_of(answer) == "RecordNotFound":
            return None
        if not answer.ok or not text_of(json_object(answer).get("uri")):
            raise error_of(answer)
        return self._receipt(credentials, draft, adopted=True)

    def delete(self, credentials: Credentials, post_id: str) -> None:
        where = {"repo": credentials.remote_id, "collection": POST, "rkey": post_id.rpartition("/")[2]}
        answer = self._xrpc("POST", credentials, "com.atproto.repo.deleteRecord", json=where)
        if not answer.ok:
            raise error_of(answer)

    def read(self, credentials: Credentials, post_ids: Sequence[str]) -> dict[str, Reading]:
        params = {"uris": list(post_ids)}
        answer = self.call("GET", f"{self.appview}/xrpc/app.bsky.feed.getPosts", params=params)
        posts = json_object(answer).get("posts")
        if not answer.ok or not isinstance(posts, list):
            raise error_of(answer)
        found = {text_of(post.get("uri")): reading(post) for post in posts if isinstance(post, dict)}
        return {post_id: found.get(post_id, Reading(gone=True)) for post_id in post_ids}

    def assisted_url(self, draft: Draft) -> str:
        return with_query("https://bsky.app/intent/compose", text=self.with_link(draft))

    def _mentioned(self, text: str, ends: float) -> str:
        """The lasting ids of those a text calls by name, as JSON. Whoever cannot be found stays plain text."""
        known = {}
        for handle in list(dict.fromkeys(one.text for one in mentions(text)))[:MOST_MENTIONED]:
            with suppress(ConnectorError):
                known[handle] = did_of(handle, get=partial(self.call, total=left(ends)), appview=self.appview)
        return json.dumps(known) if known else ""

    def _thumb(self, credentials: Credentials, draft: Draft, ends: float) -> str:
        image = draft.link.image if draft.link else None
        if not image or len(image) > LARGEST_PICTURE:
            return ""
        try:
            return self._blob(credentials, image, ends)
        except Rejected:
            return ""  # the card is as good without a picture as the share is late without the card

    def _blob(self, credentials: Credentials, image: bytes, ends: float) -> str:
        """The picture as the server keeps it, as JSON."""
        how: dict[str, Any] = {"headers": {"Content-Type": picture_type(image)}, "total": left(ends)}
        answer = self._xrpc("POST", credentials, "com.atproto.repo.uploadBlob", data=image, **how)
        blob = blob_in(json_object(answer).get("blob"))
        if not answer.ok or not blob:
            raise error_of(answer)
        return json.dumps(blob, sort_keys=True)

    def _receipt(self, credentials: Credentials, draft: Draft, *, adopted: bool) -> Receipt:
        did, key = credentials.remote_id, draft.marker.record_key
        return Receipt(f"at://{did}/{POST}/{key}", f"{self._app()}/profile/{did}/post/{key}", adopted)

    def _app(self) -> str:
        return self.places.get("app") or self.places.get("pds") or "https://bsky.app"

    def _session_grant(self, answer: Answer, pds: str) -> Grant:
        session = json_object(answer)
        access, refresh = text_of(session.get("accessJwt")), text_of(session.get("refreshJwt"))
        if not answer.ok or not access:
            raise error_of(answer)
        document = session.get("didDoc")
        named = pds_in(document) if isinstance(document, dict) else ""
        return Grant(
            access=access,
            refresh=refresh,
            expires_at=expiry(access),
            scopes=frozenset({"com.atproto.appPass"}),
            origin=pds if "pds" in self.places else named or pds,
            remote_id=id_of(session.get("did"), most=LONGEST_ACCOUNT_ID),
            handle=text_of(session.get("handle")),
        )

    def _hear_points(self, answer: Answer, credentials: Credentials) -> None:
        """One set of headers for whichever limit is nearest: the policy, "5000;w=3600", names its window."""
        window = answer.headers.get("ratelimit-policy", "").rpartition("w=")[2]
        for limit in self.limits:
            if window == str(int(limit.window.total_seconds())):
                self.hear(answer, "ratelimit", limit.name, credentials)

    def _xrpc(self, method: str, credentials: Credentials, verb: str, *, token: str = "", **how: Any) -> Answer:
        url = f"{self.base(credentials.origin)}/xrpc/{verb}"
        if credentials.extra:
            return self.signed(method, url, credentials, **how)
        headers = {"Authorization": f"Bearer {token or credentials.access}", **how.pop("headers", {})}
        return self.call(method, url, headers=headers, **how)


def reading(post: dict[str, Any]) -> Reading:
    return Reading(
        likes=number(post.get("likeCount")),
        reposts=number(post.get("repostCount")),
        replies=number(post.get("replyCount")),
        quotes=number(post.get("quoteCount")),
        saves=number(post.get("bookmarkCount")),
    )
