"""A member's own posts with what came back: our visits, and the platform's figures under the platform's name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import queries as accounts
from accounts.models import User
from accounts.sentences import translated
from connectors.assisted import TARGETS
from links.queries import visits
from reach.models import FiguresModel, ReadingPlan
from reach.queries import latest_readings, reading_plans
from shares.models import Share

OUT = ("published", "said_posted", "handed_over")


@dataclass(frozen=True)
class Post:
    """One post. `figures` are the platform's own words and numbers, never added to our visits."""

    share: Share
    platform: str
    visits: int
    figures: list[str]
    read_at: datetime | None
    note: str
    by_hand: bool

    @property
    def at(self) -> datetime:
        return self.share.published_at or self.share.planned_at


def own_posts(member: User, since: datetime | None = None) -> QuerySet[Share]:
    """What is out in the member's name, since then or ever, newest first; not what was deleted or dropped."""
    out_at = Coalesce("published_at", "planned_at")
    posts = Share.objects.filter(member=member, state__in=OUT).annotate(out_at=out_at)
    if since is not None:
        posts = posts.filter(out_at__gte=since)
    return posts.select_related("story", "link").order_by("-out_at", "-pk")


def with_figures(shares: Sequence[Share]) -> list[Post]:
    """Always four questions, however many posts."""
    ids = [share.pk for share in shares]
    counted = visits([share.link_id for share in shares if share.link_id])
    readings, plans = latest_readings(ids), reading_plans(ids)
    return [_post(s, counted.get(s.link_id or 0, 0), readings.get(s.pk), plans.get(s.pk)) for s in shares]


def _post(share: Share, visits_: int, reading: FiguresModel | None, plan: ReadingPlan | None) -> Post:
    return Post(
        share=share,
        platform=platform_name(share.connector),
        visits=visits_,
        figures=figures_of(reading) if reading else [],
        read_at=reading.at if reading else None,
        note=_note(share, reading, plan),
        by_hand=share.account_id is None,
    )


def platform_name(key: str) -> str:
    known = accounts.connectors().get(key) or TARGETS.get(key)
    return known.name if known else key


def figures_of(reading: FiguresModel) -> list[str]:
    """Each kind with its number, as the platform tells them; what it does not tell is left out, not nought."""
    kinds: tuple[tuple[int | None, Callable[[int], str]], ...] = (
        (reading.impressions, lambda n: ngettext("shown once", "shown %(n)s times", n)),
        (reading.reach, lambda n: ngettext("to %(n)s person", "to %(n)s different people", n)),
        (reading.views, lambda n: ngettext("%(n)s view", "%(n)s views", n)),
        (reading.likes, lambda n: ngettext("%(n)s like", "%(n)s likes", n)),
        (reading.reposts, lambda n: ngettext("%(n)s repost", "%(n)s reposts", n)),
        (reading.replies, lambda n: ngettext("%(n)s reply", "%(n)s replies", n)),
        (reading.quotes, lambda n: ngettext("%(n)s quote", "%(n)s quotes", n)),
        (reading.saves, lambda n: ngettext("saved once", "saved %(n)s times", n)),
        (reading.clicks, lambda n: ngettext("%(n)s click there", "%(n)s clicks there", n)),
    )
    return [words(number) % {"n": number} for number, words in kinds if number is not None]


def _note(share: Share, reading: FiguresModel | None, plan: ReadingPlan | None) -> str:
    """Why there are no figures, or no fresh ones."""
    if share.account_id is None:
        return _("Posted by hand, so only visits can be counted.")
    known = accounts.connectors().get(share.connector)
    if known and not known.can_read:
        return _("%(platform)s gives us no figures.") % {"platform": known.name}
    if plan and plan.reason:
        return _("The last look failed: %(why)s") % {"why": translated(plan.reason)}
    return "" if reading else _("Not read yet.")
