"""What this installation can do on each platform today, put together from the connectors and from how they are."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import queries as accounts
from accounts.abilities import Ability, abilities
from accounts.actions.dance import callback_address
from accounts.models import PlatformApp
from accounts.rights import right_in_words
from advocacy.operations.queries import Platform, platforms
from connectors import assisted, registry
from connectors.base import Connector
from connectors.base.facts import Facts
from shares.queries import why_by_hand


@dataclass(frozen=True)
class Sheet:
    """One platform on a page. `state` says how it is now; `why_off` what it lacks: before members
    can connect it, or before anything is posted there for them."""

    connector: Connector
    state: Platform
    why_off: str
    abilities: list[Ability]
    facts: Facts
    our_app: str = ""  # how we are registered there, for operators
    settings_url: str = ""  # where operators change that

    @property
    def key(self) -> str:
        return self.connector.key

    @property
    def name(self) -> str:
        return self.connector.name


@dataclass(frozen=True)
class Right:
    scope: str
    words: str


def sheets(at: datetime, *, operates: bool = False) -> list[Sheet]:
    found = [sheet_of(state, at) for state in platforms(at)]
    if not operates:
        return found
    apps, urls = our_apps(), settings_urls()
    return [replace(one, our_app=apps[one.key], settings_url=urls[one.key]) for one in found]


def sheet(key: str, at: datetime) -> Sheet:
    return next(one for one in sheets(at) if one.key == key)


def sheet_of(state: Platform, at: datetime) -> Sheet:
    connector = accounts.connectors()[state.key]
    by_hand = why_by_hand(connector, at) if state.state == "open" else ""
    if by_hand:
        state = replace(state, state="by_hand")
    return Sheet(
        connector,
        state,
        accounts.why_not_usable(connector) or by_hand,
        abilities(connector),
        registry.facts_of(connector),
    )


def rights(connector: Connector) -> list[Right]:
    """What we ask for, word by word, for the person who has to allow it."""
    return [Right(scope, right_in_words(scope)) for scope in connector.scopes]


def callback(connector: Connector) -> str:
    """Where the platform sends people back to; empty where it asks nobody for it."""
    return "" if connector.describes_itself else callback_address(connector.key)


def our_apps() -> dict[str, str]:
    """For operators: how we are registered at each platform, in words."""
    counted = dict(PlatformApp.objects.exclude(client_id="").values_list("connector").annotate(Count("pk")))
    return {key: registration(connector, counted.get(key, 0)) for key, connector in accounts.connectors().items()}


def settings_urls() -> dict[str, str]:
    """For operators: where registration, limits and money of each platform are set."""
    rows = dict(PlatformApp.objects.filter(origin="").values_list("connector", "pk"))
    add = reverse("admin:accounts_platformapp_add")
    return {
        key: reverse("admin:accounts_platformapp_change", args=[rows[key]]) if key in rows else f"{add}?connector={key}"
        for key in accounts.connectors()
    }


def registration(connector: Connector, count: int) -> str:
    if connector.needs_origin:
        return ngettext("Registered at %(n)s server.", "Registered at %(n)s servers.", count) % {"n": count}
    if not callback(connector):
        return _("It needs none.")
    words = _("Registered. Redirect address: %(url)s") if count else _("Not registered. Redirect address: %(url)s")
    return words % {"url": callback(connector)}


def by_hand() -> list[assisted.Assisted]:
    return list(assisted.TARGETS.values())


def standing_in() -> str:
    """Said on the page while stand-ins take the platforms' places."""
    return _("In this demo stand-ins take the platforms’ places.") if settings.SANDBOX else ""
