"""What became of a share: published mostly; failed, taken back, deleted or still in question now and then."""

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from advocacy.demo import platforms
from advocacy.demo.content import Told
from shares.models import Attempt, Share

RECENT = timedelta(days=14)  # attempts that went well are kept for these
FAILURES = {
    "linkedin": ("Rejected", "LinkedIn refused this post: it says the same as one of your earlier posts."),
    "x": ("Rejected", "X refused this post: you have posted nearly the same words before. Change them and try again."),
    "mastodon": ("Unavailable", "town.example did not answer for six hours, so your post was not sent late."),
    "threads": ("Unavailable", "Threads did not answer for six hours, so your post was not sent late."),
    "bluesky": ("Unavailable", "Bluesky did not answer for six hours, so your post was not sent late."),
}


def finish(rng: Random, share: Share, told: Told, at: datetime) -> None:
    """Give a share its end, as far as there has been time for one."""
    if share.account is None:
        return by_hand(rng, share, at)
    if share.wanted_at >= at - timedelta(seconds=10):
        return hold_if_broken(share)  # still planned: it goes out in front of the visitor
    if share.wanted_at > told.until or share.wanted_at > end_of(share.account):
        return too_late(share, told)
    roll = rng.random()
    if roll < 0.045:
        return cancelled(rng, share)
    if roll < 0.075:
        return failed(share)
    publish(rng, share)
    if roll < 0.1:
        delete_later(rng, share, at)
    elif roll > 0.96 and share.connector == "linkedin" and at - share.wanted_at < timedelta(days=6):
        ask_member(share)
    return None


def hold_if_broken(share: Share) -> None:
    if share.account and share.account.state == "needs_relink":
        share.state, share.held_until = "held", share.wanted_at + timedelta(days=7)
        share.reason = f"Waiting for you to reconnect {share.account.handle}."


def end_of(account: object) -> datetime:
    state, state_at = account.state, account.state_at  # type: ignore[attr-defined]
    return datetime.max.replace(tzinfo=state_at.tzinfo) if state == "healthy" else state_at  # type: ignore[no-any-return]


def by_hand(rng: Random, share: Share, at: datetime) -> None:
    roll, answered = rng.random(), share.planned_at + timedelta(minutes=rng.uniform(1, 40))
    if answered < at and (roll < 0.8 or at - share.planned_at > timedelta(days=2)):
        share.state, share.state_at = ("said_posted" if roll < 0.8 else "dropped"), answered


def too_late(share: Share, told: Told) -> None:
    share.state, share.state_at = "failed", share.wanted_at
    withdrawn = told.source.withdrawn and share.wanted_at > told.until
    share.reason = (
        "The story was withdrawn before your post went out." if withdrawn else "The account is no longer connected."
    )


def cancelled(rng: Random, share: Share) -> None:
    share.state = "cancelled"
    share.state_at = share.planned_at + (share.wanted_at - share.planned_at) * rng.random()
    share.reason = "You took it back."


def failed(share: Share) -> None:
    _, sentence = FAILURES[share.connector]
    share.state, share.state_at = "failed", share.wanted_at + timedelta(seconds=3)
    share.tries = share.attempts_made = 1
    share.reason = sentence


def ask_member(share: Share) -> None:
    share.state, share.published_at, share.post_id, share.post_url = "asked", None, "", ""
    share.state_at = share.wanted_at + timedelta(minutes=3)
    share.reason = "LinkedIn took the post and never said whether it is up. Please look, and tell us."


def publish(rng: Random, share: Share, after: float | None = None) -> None:
    share.published_at = share.wanted_at + timedelta(seconds=after if after is not None else rng.uniform(0.4, 4.0))
    share.state, share.state_at = "published", share.published_at
    share.tries = share.attempts_made = 1
    share.post_id, share.post_url = NAMES[share.connector](rng, share)


def delete_later(rng: Random, share: Share, at: datetime) -> None:
    gone = share.wanted_at + timedelta(hours=rng.expovariate(1 / 20) + 0.2)
    if gone < at:
        share.state, share.state_at = "deleted", gone


def milliseconds(share: Share) -> int:
    return int(share.wanted_at.timestamp() * 1000)


def on_mastodon(rng: Random, share: Share) -> tuple[str, str]:
    number = str((milliseconds(share) << 16) + rng.randrange(1 << 16))
    name = share.account.handle[1:].split("@")[0]  # type: ignore[union-attr]
    return number, platforms.platform_url("mastodon", f"@{name}/{number}")


def on_bluesky(rng: Random, share: Share) -> tuple[str, str]:
    did = share.account.remote_id  # type: ignore[union-attr]
    address = platforms.platform_url("bluesky", f"profile/{did}/post/{share.record_key}")
    return f"at://{did}/app.bsky.feed.post/{share.record_key}", address


def on_linkedin(rng: Random, share: Share) -> tuple[str, str]:
    urn = f"urn:li:share:{(milliseconds(share) << 22) + rng.randrange(1 << 22)}"
    return urn, platforms.platform_url("linkedin", f"feed/update/{urn}")


def on_x(rng: Random, share: Share) -> tuple[str, str]:
    number = str((milliseconds(share) - 1_288_834_974_657 << 22) + rng.randrange(1 << 22))
    return number, platforms.platform_url("x", f"i/web/status/{number}")


def on_threads(rng: Random, share: Share) -> tuple[str, str]:
    number = milliseconds(share) - 1_288_834_974_657 << 22
    code = base64.urlsafe_b64encode(number.to_bytes(8, "big")).decode().rstrip("=")
    name = share.account.handle  # type: ignore[union-attr]
    return str(number + rng.randrange(1 << 22)), platforms.platform_url("threads", f"{name}/post/{code}")


NAMES: dict[str, Callable[[Random, Share], tuple[str, str]]] = {
    "mastodon": on_mastodon,
    "bluesky": on_bluesky,
    "linkedin": on_linkedin,
    "x": on_x,
    "threads": on_threads,
}


def attempts_of(shares: list[Share], at: datetime, freeze: Callable[..., dict[str, object]]) -> list[Attempt]:
    """The calls of the last two weeks, and those that failed, as the product would have written them down."""
    called = [share for share in shares if share.tries and (share.state == "failed" or at - share.wanted_at < RECENT)]
    return [attempt_of(share, freeze(share, at=share.wanted_at)) for share in called]


def attempt_of(share: Share, body: dict[str, object]) -> Attempt:
    outcome = {"failed": FAILURES[share.connector][0], "asked": "OutcomeUnknown"}.get(share.state, "published")
    answered = share.published_at or share.wanted_at + timedelta(seconds=3)
    return Attempt(
        share=share, number=1, body=body, started_at=share.wanted_at,
        lease_until=share.wanted_at + timedelta(seconds=45), answered_at=answered, outcome=outcome,
        detail=share.reason, post_id=share.post_id, post_url=share.post_url,
    )  # fmt: skip
