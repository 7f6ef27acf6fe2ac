"""How much a platform takes: its documented limits as data, what its headers say of them, and what a post costs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2s
from typing import Literal

from connectors.base.answers import LARGEST_NUMBER, epoch, iso
from connectors.text import addresses
from core import clock
from core.http import Answer

# Headers name whole seconds, cut off: a window is over only after the one they name.
ROUNDED = timedelta(seconds=1)
LONGEST_WINDOW = timedelta(days=32)


@dataclass(frozen=True)
class Limit:
    """`allowed` in each `window`, counted by account, by server or for our whole app. `post` and `read` are what
    publishing one post and one call for figures take of it, `picture` what each picture of a post takes besides; nought
    where they take none."""

    name: str
    per: Literal["account", "server", "app"]
    allowed: int
    window: timedelta
    post: int = 0
    read: int = 0
    picture: int = 0
    counts: str = "posts"  # for people

    def key(self, connector: str, origin: str, remote_id: str) -> str:
        """What counts for this limit under one name. An account is not named: its fingerprint tells it apart."""
        who = {"account": f"{origin}\n{remote_id}", "server": origin, "app": ""}[self.per]
        mark = blake2s(who.encode(), digest_size=12).hexdigest() if who else "app"
        return f"{connector}:{mark}:{self.name}"


@dataclass(frozen=True)
class Quota:
    """What a header said: so much is left of this limit until then."""

    key: str
    remaining: int
    resets_at: datetime


@dataclass(frozen=True)
class Prices:
    """What a platform charges for posts, and for each post it tells figures of, in thousandths of its currency's unit;
    where and when that was read."""

    currency: str
    post: int
    post_with_link: int
    read: int
    source: str
    read_on: date

    def of(self, text: str) -> int:
        return self.post_with_link if addresses(text) else self.post


def said(answer: Answer, header: str) -> tuple[int, datetime] | None:
    """What "<header>-remaining" and "<header>-reset" say, whether as seconds since 1970 or as a timestamp."""
    left, moment = answer.headers.get(f"{header}-remaining", ""), answer.headers.get(f"{header}-reset")
    ends = epoch(moment) or iso(moment)
    # No platform's window is longer than a month; one that ends in the year 9999 would stop us until then.
    if not left.isdecimal() or not ends or ends > clock.now() + LONGEST_WINDOW:
        return None
    return min(int(left), LARGEST_NUMBER), ends + ROUNDED
