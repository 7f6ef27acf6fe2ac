"""What a claim may take from the platforms' budgets. What finds none is spread: it waits for its turn, and says so."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import budgets
from accounts import queries as accounts
from core import zones
from core.buckets import Bucket, Short, take_each
from core.flow import move
from core.templatetags.times import say_day
from notifications import actions as notifications
from shares import drafts, gates
from shares.models import MONEY, OWNER, Attempt, Share

DAY_SECONDS = 86_400


def grant(shares: Sequence[Share], *, at: datetime) -> list[tuple[Share, int]]:
    """Take for each, in this order, and let the others wait: those to send now with what each costs, in thousandths.

    Call it last before the attempts are written: the budgets' rows stay locked until the transaction is over.
    """
    if not settings.LIMITS or not shares:
        return [(share, 0) for share in shares]
    prices = [price_of(share, at) for share in shares]
    wishes = [_wish(share, price, at) for share, price in zip(shares, prices, strict=True)]
    waiting: list[tuple[Share, Short]] = []
    granted: list[tuple[Share, int]] = []
    for share, price, short in zip(shares, prices, take_each(wishes, at=at), strict=True):
        if short:
            waiting.append((share, short))
        else:
            granted.append((share, price))
    _let_wait(waiting, at)
    return granted


def price_of(share: Share, at: datetime) -> int:
    """What posting it costs, in thousandths of the platform's currency; nought where nothing does."""
    connector = accounts.connectors()[share.connector]
    if connector.prices is None or share.account is None:
        return 0
    draft = drafts.thaw(drafts.freeze(share, at=at), picture=None)
    return connector.prices.of(connector.written(draft))


def _wish(share: Share, price: int, at: datetime) -> list[Bucket]:
    if share.account is None:
        return []
    pictures = len(drafts.carried(share.story, drafts.carries(share), at=at))
    wish = budgets.buckets_of(share.account, "post", pictures=pictures)
    return [*wish, budgets.purse(share.connector, costs=price, at=at)] if price else wish


def _let_wait(waiting: Sequence[tuple[Share, Short]], at: datetime) -> None:
    later = []
    for share, short in waiting:
        if budgets.purse(share.connector, costs=0, at=at).key in short.missing:
            hold_for_money(share, at)
        elif in_turn(share, short.until) > share.cut_off_at:
            _ask_owner(share, short.until, at)
        else:
            share.due_at, share.rung_until = in_turn(share, short.until), None
            share.reason = turn_sentence(share, short.until)
            later.append(share)
    # Their rows are locked, and no state changes.
    Share.objects.bulk_update(later, ["due_at", "rung_until", "reason"])


def in_turn(share: Share, until: datetime) -> datetime:
    """Within the second in which the budget is there again, whoever wanted it earlier that day comes first."""
    return until + timedelta(seconds=share.wanted_at.timestamp() % DAY_SECONDS / DAY_SECONDS)


def turn_sentence(share: Share, until: datetime) -> str:
    with override(share.member.language):
        text = _("Waits for its turn at %(platform)s, which takes no more for now: about %(time)s.")
        return text % {"platform": platform_name(share), "time": clock_time(share, until)}


def _ask_owner(share: Share, until: datetime, at: datetime) -> None:
    """Its turn would come later than the member wanted it, so they decide; nothing goes out late by itself."""
    with override(share.member.language):
        sentence = _(
            "%(platform)s takes no more before %(time)s, which is later than you wanted this. Send it then, move it or "
            "cancel it."
        ) % {"platform": platform_name(share), "time": clock_time(share, until)}
        ends = at + gates.HOLD_FOR
        move(share, "held", at=at, reason=sentence, held_for=OWNER, held_until=ends, due_at=ends, rung_until=None)
        _tell(share, sentence, at)


def hold_for_money(share: Share, at: datetime) -> None:
    """Nothing is left of the month's money: it waits for more, unless the member posts it by hand."""
    ends = budgets.month_end(at) + timedelta(days=2)
    with override(share.member.language):
        sentence = money_sentence(share)
        move(share, "held", at=at, reason=sentence, held_for=MONEY, held_until=ends, due_at=at, rung_until=None)
        _tell(share, sentence, at)


def money_sentence(share: Share) -> str:
    text = _(
        "Posting to %(platform)s costs money, and nothing is left of this month’s. It waits until there is more; or "
        "post it yourself, which is free."
    )
    return text % {"platform": platform_name(share)}


def platform_name(share: Share) -> str:
    return accounts.connectors()[share.connector].name


def clock_time(share: Share, moment: datetime) -> str:
    """In the member's own zone; with the day where it is not the one they wanted it on."""
    zone = zones.zone_of(share.member.time_zone)
    local, wanted = moment.astimezone(zone), share.wanted_at.astimezone(zone)
    clock = f"{local:%H:%M}"
    return clock if local.date() == wanted.date() else f"{say_day(local, 'short day')}, {clock}"


def _tell(share: Share, sentence: str, at: datetime) -> None:
    text = _("“%(title)s”: %(sentence)s") % {"title": share.story.title, "sentence": sentence}
    notifications.tell(member=share.member, kind="share.waits", text=text, url=f"/shares/{share.pk}/", at=at)


def refund(attempt: Attempt) -> None:
    """What was taken for a post that was surely not made; once, however often an answer is written."""
    if not attempt.price:
        return
    # The row says whether it was given back; this object may be written once more after the database broke off.
    if Attempt.objects.filter(pk=attempt.pk, price__gt=0).update(price=0):
        budgets.give_back(attempt.share.connector, price=attempt.price, taken_at=attempt.started_at.astimezone(UTC))
