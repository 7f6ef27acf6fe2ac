import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, timedelta
from typing import Any

from connectors.base import (
    Carries,
    Credentials,
    Draft,
    Identity,
    Limit,
    Media,
    NeedsRelink,
    OutcomeUnknown,
    Prices,
    Problem,
    Reading,
    Receipt,
)
from connectors.base.answers import (
    CLOCK_SLACK,
    LONGEST_ACCOUNT_ID,
    LONGEST_PROFILE,
    address_of,
    id_of,
    json_object,
    number,
    text_of,
)
from connectors.base.connector import with_query
from connectors.base.media import left, upload_name
from connectors.oauth import OAuthConnector, What
from connectors.text import addresses
from connectors.x.errors import error_of
from connectors.x.text import cashtags, weighted_length
from core.http import Answer

PAGES_LOOKED_AT = 5


class X(OAuthConnector):
    key = "x"
    name = "X"
    homes = {"www": "https://x.com", "api": "https://api.x.com"}
    scopes = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")
    required = frozenset({"tweet.read", "tweet.write", "users.read"})
    limit = 280
    calls, calls_like = re.compile(r"@\w{1,15}", re.ASCII), "@name"
    counts = "characters, any link counting 23 and emoji and Chinese or Japanese letters two"
    # x-api/media/quickstart/best-practices (2026-08); the label is `paid_partnership` of x-api/posts/create-posts
    carries = Carries(pictures=4, picture_bytes=5_000_000, alt=1000, partnership=True)
    # "You may not post duplicative or substantially similar posts … over multiple accounts you operate", and an app
    # answers for what it posts (help.x.com/rules-and-policies/x-automation, developer policy; read 2026-11)
    forbids_same_words = True
    secret_in_basic = True
    can_refresh = True
    who_is_free = False  # $0.010 a user read; renewing the two-hour token says as much
    can_find = True
    can_read = True
    read_batch = 100
    reads_any = "shared"  # public figures are told to any token (x-api/fundamentals/metrics)
    # Each post returned is paid for (docs.x.com, "Pricing": pay per use, 2026-04), however many at once.
    reads_at = (timedelta(hours=1), timedelta(days=1), timedelta(days=7))
    figures = ("likes", "reposts", "replies", "quotes", "impressions", "saves")
    # x-api/fundamentals/rate-limits (2026-08-22); where their pages disagree, the lower.
    limits = (
        Limit("posts", "account", 100, timedelta(minutes=15), post=1),
        Limit("day", "app", 10_000, timedelta(days=1), post=1),
        Limit("figures", "account", 5000, timedelta(minutes=15), read=1, counts="calls for figures"),
    )
    prices = Prices("USD", 15, 200, 5, "docs.x.com/x-api/getting-started/pricing", date(2026, 4, 16))

    def oauth_address(self, what: What, origin: str) -> str:
        return f"{self.www}/i/oauth2/authorize" if what == "authorize" else f"{self.api}/2/oauth2/{what}"

    def who(self, credentials: Credentials) -> Identity:
        answer = self._api("GET", credentials, "/2/users/me", params={"user.fields": "profile_image_url"})
        person = data_of(answer)
        remote_id = id_of(person.get("id"), most=LONGEST_ACCOUNT_ID) if isinstance(person, dict) else ""
        if not isinstance(person, dict) or not remote_id:
            raise error_of(answer)
        username = text_of(person.get("username"))
        return Identity(
            remote_id=remote_id,
            handle=f"@{username}",
            name=text_of(person.get("name")),
            avatar_url=address_of(person.get("profile_image_url")),
            profile_url=address_of(f"{self.www}/{username}", most=LONGEST_PROFILE),
        )

    def length(self, text: str) -> int:
        return weighted_length(text)

    def problems(self, draft: Draft, *, limit: int | None = None) -> list[Problem]:
        found = super().problems(draft, limit=limit)
        if cashtags(self.written(draft)) > 1:
            found.append(Problem("cashtags", "X takes at most one cashtag, such as $ACME, in a post."))
        return found

    def prepare(self, credentials: Credentials, draft: Draft) -> Mapping[str, str]:
        if draft.media and "media.write" not in credentials.scopes:
            raise NeedsRelink("X was connected before it could take pictures; please connect it again.", "media.write")
        ends = self.preparing_ends()
        sent = [self._send_picture(credentials, picture, ends) for picture in draft.media]
        return {"media": ",".join(sent)} if sent else {}

    def _send_picture(self, credentials: Credentials, picture: Media, ends: float) -> str:
        """What X calls it. The name lives for a day, so one that is never posted is forgotten there."""
        fields = {"media_category": "tweet_image", "media_type": picture.type}
        files = {"media": ("picture", picture.content, picture.type)}
        answer = self._api("POST", credentials, "/2/media/upload", data=fields, files=files, total=left(ends))
        made = data_of(answer)
        media_id = upload_name(made.get("id")) if isinstance(made, dict) else ""
        if not media_id:
            raise error_of(answer)
        if picture.alt:
            words = {"id": media_id, "metadata": {"alt_text": {"text": picture.alt}}}
            answer = self._api("POST", credentials, "/2/media/metadata", json=words, total=left(ends))
            if not answer.ok:
                raise error_of(answer)
        return media_id

    def publish(self, credentials: Credentials, draft: Draft, *, resend: bool = False) -> Receipt:
        prepared = draft.prepared or self.prepare(credentials, draft)
        body: dict[str, Any] = {"text": self.written(draft)}
        if prepared.get("media"):
            body["media"] = {"media_ids": prepared["media"].split(",")}
        if draft.partnership:
            body["paid_partnership"] = True
        answer = self._api("POST", credentials, "/2/tweets", creating=True, json=body)
        self.hear(answer, "x-rate-limit", "posts", credentials)
        self.hear(answer, "x-app-limit-24hour", "day", credentials)
        made = data_of(answer)
        post_id = id_of(made.get("id")) if isinstance(made, dict) else ""
        if post_id:
            return self._receipt(post_id)
        # One of the things a 403 may say is that these words are up already, but it has no code of its own.
        if answer.status == 403 and resend:
            first = self.find(credentials, draft)
            if first:
                return first
        raise error_of(answer, creating=True)

    def find(self, credentials: Credentials, draft: Draft) -> Receipt | None:
        """Look through the member's own posts since the first attempt for the tracked address."""
        self.must_be_recognisable(draft)
        since = (draft.marker.started_at - CLOCK_SLACK).astimezone(UTC)
        params = {
            "start_time": since.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "max_results": "100",
            "exclude": "retweets",
            "tweet.fields": "created_at,entities",
        }
        for _ in range(PAGES_LOOKED_AT):
            answer = self._api("GET", credentials, f"/2/users/{credentials.remote_id}/tweets", params=params)
            meta = json_object(answer).get("meta")
            if not answer.ok or not isinstance(meta, dict):
                raise error_of(answer)
            for post in listed(data_of(answer)):
                if draft.marker.short_url in addresses_in(post):
                    return self._receipt(id_of(post.get("id")), adopted=True)
            next_token = text_of(meta.get("next_token"))
            if not next_token:
                return None
            params["pagination_token"] = next_token
        raise OutcomeUnknown("There are too many newer posts to be sure whether this one is up.", "too_many")

    def delete(self, credentials: Credentials, post_id: str) -> None:
        answer = self._api("DELETE", credentials, f"/2/tweets/{post_id}")
        if not answer.ok and answer.status != 404:
            raise error_of(answer)

    def read(self, credentials: Credentials, post_ids: Sequence[str]) -> dict[str, Reading]:
        params = {"ids": ",".join(post_ids), "tweet.fields": "public_metrics"}
        answer = self._api("GET", credentials, "/2/tweets", params=params)
        self.hear(answer, "x-rate-limit", "figures", credentials)
        body = json_object(answer)
        # One answer may carry figures for some posts and errors for others.
        if not answer.ok or not ("data" in body or "errors" in body):
            raise error_of(answer)
        found = {text_of(post.get("id")): reading(post) for post in listed(body.get("data"))}
        for error in listed(body.get("errors")):
            if text_of(error.get("type")).endswith("/resource-not-found"):
                found[text_of(error.get("resource_id"))] = Reading(gone=True)
        return {post_id: found[post_id] for post_id in post_ids if post_id in found}

    def assisted_url(self, draft: Draft) -> str:
        return with_query("https://x.com/intent/tweet", text=self.written(draft))

    def _receipt(self, post_id: str, *, adopted: bool = False) -> Receipt:
        return Receipt(post_id, f"{self.www}/i/web/status/{post_id}" if post_id else "", adopted)

    def _api(self, method: str, credentials: Credentials, path: str, **how: Any) -> Answer:
        return self.call(method, self.api + path, headers={"Authorization": f"Bearer {credentials.access}"}, **how)


def data_of(answer: Answer) -> object:
    return json_object(answer).get("data") if answer.ok else None


def listed(value: object) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def addresses_in(post: dict[str, Any]) -> set[str]:
    """X shows its own short addresses in the text; what they stand for is among the entities."""
    entities = post.get("entities")
    urls = listed(entities.get("urls")) if isinstance(entities, dict) else []
    written = {span.text for span in addresses(text_of(post.get("text")))}
    return written | {text_of(url.get(name)) for url in urls for name in ("expanded_url", "unwound_url")}


def reading(post: dict[str, Any]) -> Reading:
    metrics = post.get("public_metrics")
    figures = metrics if isinstance(metrics, dict) else {}
    return Reading(
        likes=number(figures.get("like_count")),
        reposts=number(figures.get("retweet_count")),
        replies=number(figures.get("reply_count")),
        quotes=number(figures.get("quote_count")),
        impressions=number(figures.get("impression_count")),
        saves=number(figures.get("bookmark_count")),
    )
