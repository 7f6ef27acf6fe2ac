"""The vetted product (Community Management API): figures of a member's own posts, one kind a call.

learn.microsoft.com/linkedin/marketing/community-management/members/post-statistics (2026-03). The two products cannot
stand on one developer app, and each has its own name for a person.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

from connectors.base import Credentials, Identity, Limit, Reading, Rejected
from connectors.base.answers import LONGEST_ACCOUNT_ID, id_of, json_object, number, text_of
from connectors.linkedin.connector import LinkedIn
from connectors.linkedin.errors import error_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEEDED = "r_member_postAnalytics"
KINDS = {
    "likes": "REACTION",
    "replies": "COMMENT",
    "reposts": "RESHARE",
    "impressions": "IMPRESSION",
    "reach": "MEMBERS_REACHED",
}
SINCE_202604 = {"saves": "POST_SAVE", "clicks": "LINK_CLICKS"}


class VettedLinkedIn(LinkedIn):
    """Chosen by LINKEDIN_PRODUCT=community. Only the author's own token reads, and nothing says that a post is gone."""

    facts_file = "facts-community.toml"
    scopes = ("w_member_social", "r_basicprofile", NEEDED)
    can_read = True
    # Against a daily quota of the member that only the developer site shows.
    reads_at = (HOUR, 6 * HOUR, *(DAY * number for number in range(1, 8)), 14 * DAY, 21 * DAY, 28 * DAY)
    # Each kind is a call. The developer page names the quota; half a thousand is what we take where nobody lowered it.
    limits = (
        *LinkedIn.limits,
        Limit("figures", "account", 500, DAY, read=len(KINDS) + len(SINCE_202604), counts="calls for figures"),
    )
    read_calls = len(KINDS) + len(SINCE_202604)
    figures = (*KINDS, *SINCE_202604)

    def who(self, credentials: Credentials) -> Identity:
        answer = self._api("GET", credentials, "/v2/me")
        person = json_object(answer)
        remote_id = id_of(person.get("id"), most=LONGEST_ACCOUNT_ID)
        if not answer.ok or not remote_id:
            raise error_of(answer)
        name = " ".join(filter(None, (text_of(person.get(f"localized{part}Name")) for part in ("First", "Last"))))
        return Identity(remote_id, name, name)

    def read(self, credentials: Credentials, post_ids: Sequence[str]) -> dict[str, Reading]:
        if NEEDED not in credentials.scopes:
            # Posting goes on; only the member can add the right, by connecting again.
            text = "LinkedIn gives us figures only after you connect it once more: this connection is an older one."
            raise Rejected(text, "scopes")
        return {post_id: self._read_one(credentials, post_id) for post_id in post_ids}

    def _read_one(self, credentials: Credentials, post_id: str) -> Reading:
        kinds = KINDS | (SINCE_202604 if self.version >= "202604" else {})
        told = {kind: self._count(credentials, post_id, name) for kind, name in kinds.items()}
        return replace(Reading(), **told)  # type: ignore[arg-type]

    def _count(self, credentials: Credentials, post_id: str, kind: str) -> int | None:
        entity = "ugc" if post_id.startswith("urn:li:ugcPost:") else "share"
        asked = f"q=entity&entity=({entity}:{quote(post_id, safe='')})&queryType={kind}&aggregation=TOTAL"
        answer = self._api("GET", credentials, f"/rest/memberCreatorPostAnalytics?{asked}")
        if answer.status == 403:
            raise Rejected("LinkedIn does not give us the figures of this post.", "403")
        elements = json_object(answer).get("elements")
        if not answer.ok or not isinstance(elements, list):
            raise error_of(answer)
        for element in elements:
            if isinstance(element, dict) and kind_of(element.get("metricType")) == kind:
                return number(element.get("count"))
        return None  # an empty list means "not available", never nought


def kind_of(value: object) -> str:
    """A string since version 202605; before that an object with one entry whose value is the kind."""
    if isinstance(value, dict):
        value = next(iter(value.values()), "")
    return text_of(value)
