"""What is arranged by hand, so that each door of the demo opens on something: above all Mina's posts and plans."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from advocacy.demo import days, outcomes, sharing, written
from advocacy.demo.chance import dice
from advocacy.demo.people import Person
from advocacy.demo.sharing import Firm
from notifications.models import Notice
from shares.models import SavedDraft, Share


def play(firm: Firm) -> None:
    """Add the shares written by hand to the history, and a good number of plans of other people."""
    mina, rows = firm.person("mina"), written.door_person()
    for row in rows["posted"]:
        for target in row["to"]:
            posted(firm, mina, row, target)
    for row in rows["failed"]:
        failed(firm, mina, row)
    for row in rows["cancelled"]:
        share = by_hand(firm, mina, row, row["to"], ago(firm, row["ago"]))
        outcomes.cancelled(dice(firm.seed, "mina"), share)
    for row in rows["planned"]:
        planned(firm, mina, row)
    others_plan(firm)


def ago(firm: Firm, number: float) -> datetime:
    return days.office_moment(firm.at, number)


def by_hand(firm: Firm, person: Person, row: dict[str, Any], target: str, moment: datetime) -> Share:
    """A share of this row's story and words, decided at that moment."""
    told = firm.story(row["story"])
    rng = dice(firm.seed, person.key, row["story"], target)
    # A story that went live later than the row says (a weekend moved it) is shared an hour after that.
    moment = max(moment, told.story.live_at + timedelta(hours=1))  # type: ignore[operator]
    account = next((one for one in firm.accounts.get(person.key, []) if one.connector == target), None)
    share = sharing.make_share(rng, firm, person, told, account, target, row["words"], min(moment, firm.at))
    share.wanted_at = share.due_at = share.planned_at + timedelta(seconds=20)
    share.cut_off_at = share.wanted_at + sharing.CUT_OFF
    firm.shares.append(share)
    return share


def posted(firm: Firm, mina: Person, row: dict[str, Any], target: str) -> None:
    share = by_hand(firm, mina, row, target, ago(firm, row["ago"]))
    firm.reach[share.key] = row["reach"]
    if share.account is None:
        share.state, share.state_at = "said_posted", share.planned_at + timedelta(minutes=2)
        return
    outcomes.publish(Random(0), share, 1.3)
    if row.get("deleted"):
        share.state, share.state_at = "deleted", share.published_at + timedelta(minutes=4)  # type: ignore[operator]


def failed(firm: Firm, mina: Person, row: dict[str, Any]) -> None:
    share = by_hand(firm, mina, row, row["to"], ago(firm, row["ago"]))
    outcomes.failed(share)
    share.reason = row["reason"]


def planned(firm: Firm, mina: Person, row: dict[str, Any]) -> None:
    share = by_hand(firm, mina, row, row["to"], firm.at - timedelta(minutes=50 + 10 * row["ahead"]))
    share.wanted_at = share.due_at = working_day(firm.at, mina, row["ahead"], *row["time"])
    share.cut_off_at = share.wanted_at + sharing.CUT_OFF


def working_day(at: datetime, person: Person, ahead: int, hour: int, minute: int) -> datetime:
    """That time, so many days of work from today."""
    local = at.astimezone(ZoneInfo(person.user.time_zone)).replace(hour=hour, minute=minute, second=0, microsecond=0)
    while ahead:
        local += timedelta(days=1)
        ahead -= local.weekday() < 5 and local.date() not in days.holidays(person.user.country, local.year)
    return local.astimezone(at.tzinfo)


def others_plan(firm: Firm) -> None:
    """Colleagues have things coming up too, so that posts go out while a visitor watches and tomorrow as well."""
    active = [person for person in firm.people if person.rate > 0.2 and person.user.is_active]
    for number, person in enumerate(active):
        rng = dice(firm.seed, "plans", person.key, firm.at.date())
        told = sharing.choose_story(rng, firm, person, firm.at - timedelta(minutes=30))
        accounts = [one for one in firm.accounts.get(person.key, []) if one.state == "healthy"]
        if told is None or not accounts or rng.random() < 0.4:
            continue
        account = rng.choice(accounts)
        key = (person.key, told.source.slug, account.connector)
        if key in firm.taken:
            continue
        firm.taken.add(key)
        words = sharing.wording.compose(rng, person, told, account.connector)
        moment = firm.at - timedelta(minutes=rng.uniform(5, 300))
        share = sharing.make_share(rng, firm, person, told, account, account.connector, words, moment)
        # The first few within the hour, the others over the coming days.
        soon = firm.at + timedelta(minutes=6 * (number + 1))
        share.wanted_at = (
            soon if number < 8 else working_day(firm.at, person, 1 + number % 4, 8 + number % 9, 5 * (number % 12))
        )
        share.due_at, share.cut_off_at = share.wanted_at, share.wanted_at + sharing.CUT_OFF
        firm.shares.append(share)


def leave_notes(firm: Firm) -> None:
    """What needs the saved rows: begun drafts, and the line that said a post failed, long read."""
    mina = firm.person("mina").user
    accounts = [str(one.pk) for one in firm.accounts.get("mina", [])]
    SavedDraft.objects.bulk_create(
        SavedDraft(
            member=mina, story=firm.story(row["story"]).story, saved_at=firm.at - timedelta(hours=20),
            content={"words": row["words"], "own": row["words"], "accounts": accounts},
        )
        for row in written.door_person()["draft"]
    )  # fmt: skip
    for share in firm.shares:
        if share.member is mina and share.state == "failed":
            Notice.objects.create(
                member=mina, kind="share.failed", url=f"/shares/{share.pk}/", at=share.state_at, read_at=firm.at,
                text=f"Your post “{share.story.title}” did not go out. {share.reason}",
            )  # fmt: skip
