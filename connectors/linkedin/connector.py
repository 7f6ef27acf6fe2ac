from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar
from urllib.parse import quote

from connectors.base import Carries, Credentials, Draft, Identity, Limit, Receipt
from connectors.base.answers import LONGEST_ACCOUNT_ID, address_of, id_of, json_object, text_of
from connectors.base.connector import with_query
from connectors.base.media import left, upload_name
from connectors.linkedin.errors import duplicate_of, error_of
from connectors.linkedin.post import VISIBILITIES, author, post_body
from connectors.linkedin.versions import VERSION, dies_on
from connectors.oauth import OAuthConnector, What
from connectors.text import utf16_units
from core.http import Answer

OAUTH_PATHS = {"authorize": "authorization", "token": "accessToken", "revoke": "revoke"}


class LinkedIn(OAuthConnector):
    """The product every developer can have: it posts, and reads nothing back, not even what it posted."""

    key = "linkedin"
    name = "LinkedIn"
    homes = {"www": "https://www.linkedin.com", "api": "https://api.linkedin.com"}
    # Asking for any right of a vetted product makes the consent page fail for everybody else.
    scopes = ("openid", "profile", "w_member_social")
    required = frozenset({"w_member_social"})
    limit = 3000
    counts = "characters, most emoji counting two"
    sends_picture = has_card = True
    # shares/images-api, shares/multiimage-post-api and shares/documents-api (2026-08): documents of up to 100 MB
    carries = Carries(
        pictures=20,
        picture_bytes=5_000_000,
        alt=4086,
        documents=True,
        document_bytes=100_000_000,
        visibilities=tuple(VISIBILITIES),
    )
    uses_pkce = False  # only for native apps that LinkedIn enables by hand
    # Identical content is refused with the name of the first post, for a day or two: one resend finds out.
    resend_safe_after = timedelta(seconds=60)
    resend_until = timedelta(hours=12)
    resends_allowed = 1
    # By days of UTC; no header tells what is left. About 150 a member by those who publish for many (2026); the
    # ceiling of our app stands in its developer page, where administrators find a lower one.
    limits: ClassVar[tuple[Limit, ...]] = (
        Limit("posts", "account", 150, timedelta(days=1), post=1),
        Limit("day", "app", 100_000, timedelta(days=1), post=1),
    )

    @property
    def version(self) -> str:
        """Named in every call, never defaulted there; `places["version"]` names another than the usual one."""
        return self.places.get("version") or VERSION

    def version_dies_on(self) -> date | None:
        return dies_on(self.version)

    def oauth_address(self, what: What, origin: str) -> str:
        return f"{self.www}/oauth/v2/{OAUTH_PATHS[what]}"

    def who(self, credentials: Credentials) -> Identity:
        answer = self._api("GET", credentials, "/v2/userinfo")
        person = json_object(answer)
        remote_id = id_of(person.get("sub"), most=LONGEST_ACCOUNT_ID)
        if not answer.ok or not remote_id:
            raise error_of(answer)
        name = text_of(person.get("name"))
        return Identity(remote_id, name, name, avatar_url=address_of(person.get("picture")))

    def length(self, text: str) -> int:
        return utf16_units(text)

    def prepare(self, credentials: Credentials, draft: Draft) -> Mapping[str, str]:
        """Send the pictures, the document or the card's picture. Their names differ each time, so a resend is identical
        only with these saved."""
        ends = self.preparing_ends()
        if draft.media:
            sent = [
                self._send(credentials, "image" if one.is_picture else "document", one.content, ends)
                for one in draft.media
            ]
            return {"media": ",".join(sent)}
        image = draft.link.image if draft.link else None
        return {"image": self._send(credentials, "image", image, ends)} if image else {}

    def _send(self, credentials: Credentials, kind: str, content: bytes, ends: float) -> str:
        """`kind` is "image" or "document", and so the answer's field with the name it gets there is called."""
        ask = {"initializeUploadRequest": {"owner": author(credentials)}}
        how: dict[str, Any] = {"params": {"action": "initializeUpload"}, "json": ask, "total": left(ends)}
        answer = self._api("POST", credentials, f"/rest/{kind}s", **how)
        value = json_object(answer).get("value")
        place, urn = (
            (text_of(value.get("uploadUrl")), upload_name(value.get(kind))) if isinstance(value, dict) else ("", "")
        )
        if not answer.ok or not place or not urn:
            raise error_of(answer)
        proof = {"Authorization": f"Bearer {credentials.access}"}
        sent = self.call("PUT", place, data=content, headers=proof, total=left(ends))
        if not sent.ok:
            raise error_of(sent)
        return urn

    def publish(self, credentials: Credentials, draft: Draft, *, resend: bool = False) -> Receipt:
        if draft.media and not draft.prepared:
            draft = replace(draft, prepared=self.prepare(credentials, draft))
        answer = self._api(
            "POST", credentials, "/rest/posts", creating=True, json=post_body(credentials, draft, self.written(draft))
        )
        if answer.status == 201:
            # A 201 without the header has been seen: the post is up, only its name is not known. Any other 2xx is
            # not LinkedIn's own answer, a page of some proxy for example, and proves nothing.
            return self._receipt(answer.headers.get("x-restli-id", ""))
        first = duplicate_of(answer)
        # After deleting a post LinkedIn may go on naming it, so it is believed only where our own attempt was lost.
        if first and resend:
            return self._receipt(first, adopted=True)
        raise error_of(answer, creating=True)

    def delete(self, credentials: Credentials, post_id: str) -> None:
        answer = self._api("DELETE", credentials, f"/rest/posts/{quote(post_id, safe='')}")
        if not answer.ok and answer.status not in (404, 410):
            raise error_of(answer)

    def assisted_url(self, draft: Draft) -> str:
        return with_query("https://www.linkedin.com/sharing/share-offsite/", url=draft.link.url if draft.link else "")

    def _receipt(self, named: str, *, adopted: bool = False) -> Receipt:
        urn = id_of(named)
        return Receipt(urn, f"{self.www}/feed/update/{urn}/" if urn else "", adopted)

    def _api(self, method: str, credentials: Credentials, path: str, **how: Any) -> Answer:
        headers = {
            "Authorization": f"Bearer {credentials.access}",
            "LinkedIn-Version": self.version,
            "X-Restli-Protocol-Version": "2.0.0",
        }
        return self.call(method, self.api + path, headers=headers, **how)
