"""What this installation can do on each platform today, put together from the connectors and from how they are."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts import queries as accounts
from accounts.abilities import Ability, abilities
from accounts.actions.dance import callback_address
from accounts.rights import right_in_words
from advocacy.operations.queries import Platform, platforms
from connectors import assisted, registry
from connectors.base import Connector
from connectors.base.facts import Facts


@dataclass(frozen=True)
class Sheet:
    """One platform on a page. `state` says how it is now; `why_off` what it needs before members can connect it."""

    connector: Connector
    state: Platform
    why_off: str
    abilities: list[Ability]
    facts: Facts

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


def sheets(at: datetime) -> list[Sheet]:
    return [sheet_of(state) for state in platforms(at)]


def sheet(key: str, at: datetime) -> Sheet:
    return next(one for one in sheets(at) if one.key == key)


def sheet_of(state: Platform) -> Sheet:
    connector = accounts.connectors()[state.key]
    return Sheet(
        connector,
        state,
        accounts.why_not_usable(connector),
        abilities(connector),
        registry.facts_of(connector),
    )


def rights(connector: Connector) -> list[Right]:
    """What we ask for, word by word, for the person who has to allow it."""
    return [Right(scope, right_in_words(scope)) for scope in connector.scopes]


def callback(connector: Connector) -> str:
    """Where the platform sends people back to; empty where it asks nobody for it."""
    return "" if connector.describes_itself else callback_address(connector.key)


def by_hand() -> list[assisted.Assisted]:
    return list(assisted.TARGETS.values())


def standing_in() -> str:
    """Said on the page while stand-ins take the platforms' places."""
    return _("In this demo stand-ins take the platforms’ places.") if settings.SANDBOX else ""
