"""An HTTP door behind which the five platforms answer at once, and keep count by their own rules."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from core.http import Answer, Door, Headers, Policy

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# By whom a platform counts, how many calls, and in what time; as it enforces them, whatever our own data say.
# LinkedIn tells its quota in its developer pages only: five hundred a member and day stand in for it.
ENFORCED = {
    "x": ("token", 5000, 15 * MINUTE),
    "bluesky": ("address", 3000, 5 * MINUTE),
    "mastodon": ("token", 300, 5 * MINUTE),
    "threads": ("token", 48_000, DAY),
    "linkedin": ("token", 500, DAY),
}
LARGEST = {"x": 100, "bluesky": 25, "mastodon": 20, "threads": 1, "linkedin": 1}
PLATFORMS = {
    "api.x.com": "x",
    "public.api.bsky.app": "bluesky",
    "graph.threads.net": "threads",
    "api.linkedin.com": "linkedin",
}


class CountingDoor(Door):
    """`at` is the moment of the moved clock; `born` says of every post when it was published."""

    def __init__(self, born: dict[str, datetime]) -> None:
        super().__init__(Policy())
        self.at = EPOCH
        self.born = born
        self.calls: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.read: Counter[tuple[str, str]] = Counter()  # posts, by platform and server
        self.windows: Counter[tuple[str, str, int]] = Counter()

    def request(self, method: str, url: str, **how: Any) -> Answer:
        parts = urlsplit(url)
        platform = PLATFORMS.get(parts.netloc, "mastodon")
        token = (how.get("headers") or {}).get("Authorization", "")
        self.calls[platform] += 1
        self._count(platform, token if ENFORCED[platform][0] == "token" else "")
        given = (how.get("params") or {}).items()
        asked = {name: [str(one) for one in (value if isinstance(value, list) else [value])] for name, value in given}
        body, posts = ANSWERS[platform](self, parts.path, {**parse_qs(parts.query), **asked})
        assert posts <= LARGEST[platform], f"{platform} was asked for {posts} posts at once"
        self.read[platform, parts.netloc] += posts
        return Answer(200, Headers(), json.dumps(body).encode(), url)

    def _count(self, platform: str, who: str) -> None:
        _, allowed, window = ENFORCED[platform]
        key = (platform, who, (self.at - EPOCH) // window)
        self.windows[key] += 1
        if self.windows[key] > allowed:
            self.refused[platform] += 1

    def likes(self, post_id: str) -> int:
        """Most posts stand still after a while, the sooner the fewer like them."""
        age = (self.at - self.born[post_id]) / DAY
        return int(min(age, hash(post_id) % 70 / 10) * 12)


def x(door: CountingDoor, path: str, asked: dict[str, list[str]]) -> tuple[Any, int]:
    ids = asked["ids"][0].split(",")
    return {"data": [{"id": one, "public_metrics": {"like_count": door.likes(one)}} for one in ids]}, len(ids)


def bluesky(door: CountingDoor, path: str, asked: dict[str, list[str]]) -> tuple[Any, int]:
    uris = asked["uris"]
    return {"posts": [{"uri": one, "likeCount": door.likes(one)} for one in uris]}, len(uris)


def mastodon(door: CountingDoor, path: str, asked: dict[str, list[str]]) -> tuple[Any, int]:
    ids = asked["id[]"]
    return [{"id": one, "favourites_count": door.likes(one)} for one in ids], len(ids)


def threads(door: CountingDoor, path: str, asked: dict[str, list[str]]) -> tuple[Any, int]:
    likes = door.likes(path.split("/")[2])
    return {"data": [{"name": "likes", "period": "lifetime", "values": [{"value": likes}]}]}, 1


def linkedin(door: CountingDoor, path: str, asked: dict[str, list[str]]) -> tuple[Any, int]:
    urn, kind = unquote(asked["entity"][0])[len("(share:") : -1], asked["queryType"][0]
    count = door.likes(urn)
    return {"elements": [{"count": count, "metricType": kind}]}, int(kind == "REACTION")


ANSWERS = {"x": x, "bluesky": bluesky, "mastodon": mastodon, "threads": threads, "linkedin": linkedin}
