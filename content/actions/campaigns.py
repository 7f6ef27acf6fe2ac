"""Campaigns: made, changed, ended by hand or by their last day, and opened again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from connectors.text import one_line, printable
from content import rules
from content.actions.errors import MovedOn, NotAllowed, NotReady
from content.models import Campaign
from core import audit
from core.flow import ForbiddenMove, LostRace, claim, move

AT_ONCE = 100
EVERYWHERE = timedelta(hours=12)  # after midnight UTC a day is over in the last time zone


@dataclass(frozen=True)
class CampaignWords:
    name: str
    starts_on: date
    ends_on: date
    goal: str = ""
    wanted_stories: int | None = None
    wanted_shares: int | None = None
    has_prizes: bool = False
    utm_campaign: str = ""


def make_campaign(*, actor: User, words: CampaignWords, at: datetime) -> Campaign:
    """Raises NotReady, NotAllowed."""
    fields = _fields(actor, words)
    try:
        with transaction.atomic():
            campaign = Campaign.objects.create(state="open", state_at=at, made_by=actor, **fields)
            audit.record(actor=actor, kind="campaign_made", about=f"campaign:{campaign.pk}", at=at, data=_kept(fields))
    except IntegrityError:
        raise _taken() from None
    return campaign


def edit_campaign(*, actor: User, campaign: Campaign, words: CampaignWords, at: datetime) -> Campaign:
    """Raises NotReady, NotAllowed."""
    fields = _fields(actor, words)
    try:
        with transaction.atomic():
            Campaign.objects.filter(pk=campaign.pk).update(**fields)
            kind, about = "campaign_edited", f"campaign:{campaign.pk}"
            audit.record(actor=actor, kind=kind, about=about, at=at, data=_kept(fields))
    except IntegrityError:
        raise _taken() from None
    campaign.refresh_from_db()
    return campaign


def end_campaign(*, actor: User, campaign: Campaign, at: datetime) -> Campaign:
    """Before its last day. Its stories stay; from now on they say what stories without a campaign say."""
    return _switch(actor, campaign, "ended", at)


def reopen_campaign(*, actor: User, campaign: Campaign, at: datetime) -> Campaign:
    """Raises NotReady where its last day is over."""
    if _is_over(campaign.ends_on, at):
        raise NotReady(_("Its last day is over. Give it a later one first."))
    return _switch(actor, campaign, "open", at)


def end_past_campaigns(*, at: datetime) -> int:
    """Those whose last day is over wherever anybody is."""
    past = Campaign.objects.filter(state="open", ends_on__lt=(at - EVERYWHERE).date()).order_by("ends_on")
    with transaction.atomic():
        ended = claim(past, "ended", at=at, limit=AT_ONCE)
        for campaign in ended:
            audit.record(actor=None, kind="campaign_ended", about=f"campaign:{campaign.pk}", at=at)
    return len(ended)


def _is_over(day: date, at: datetime) -> bool:
    return day < (at - EVERYWHERE).date()


def _switch(actor: User, campaign: Campaign, to: str, at: datetime) -> Campaign:
    _allow(actor)
    try:
        with transaction.atomic():
            move(campaign, to, at=at)
            audit.record(actor=actor, kind=f"campaign_{to}", about=f"campaign:{campaign.pk}", at=at)
    except (LostRace, ForbiddenMove):
        raise MovedOn(_("Somebody else has just done that.")) from None
    return campaign


def _fields(actor: User, words: CampaignWords) -> dict[str, Any]:
    _allow(actor)
    name = one_line(words.name)
    if not name:
        raise NotReady(_("Please give the campaign a name."))
    if words.ends_on < words.starts_on:
        raise NotReady(_("The campaign would end before it begins. Please choose a later last day."))
    return {
        "name": name[:80],
        "goal": printable(words.goal).strip(),
        "wanted_stories": words.wanted_stories,
        "wanted_shares": words.wanted_shares,
        "starts_on": words.starts_on,
        "ends_on": words.ends_on,
        "has_prizes": words.has_prizes,
        "utm_campaign": words.utm_campaign.strip()[:60],
    }


def _kept(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int | None) else str(value) for name, value in fields.items()}


def _taken() -> NotReady:
    return NotReady(_("There is a campaign of this name already. Please choose another name."))


def _allow(actor: User) -> None:
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators look after campaigns."))
