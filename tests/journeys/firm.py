"""A small firm from nothing, through the product's own verbs: one who sets it up, two curators, a team of twelve."""

from accounts.actions.invitations import Joining, accept_invitation, invite
from accounts.actions.setup import set_up
from accounts.models import Organisation, Team, User
from core import clock

PASSWORD = "the river drives the stones"
TEAM = "The mill"
NAMES = ("Ada", "Bo", "Cleo", "Dag", "Edda", "Finn", "Gwen", "Hugo", "Ines", "Jan", "Kaya", "Liv")


def address(name: str) -> str:
    return f"{name.lower()}@mill.example"


def make_firm() -> None:
    answers = {
        "name": "Mill & Daughters", "accent": "#0a5c68", "country": "GB", "languages": ["en", "de"],
        "admin_email": address("Olga"), "admin_password": PASSWORD, "admin_name": "Olga",
    }  # fmt: skip
    olga = set_up(answers=answers, at=clock.now())
    # What an administrator switches on in the settings.
    Organisation.objects.update(boards_on=True)
    team = Team.objects.create(name=TEAM)
    for name in ("Cora", "Cyril"):
        join(olga, name, None, ["curator"])
    for name in NAMES:
        join(olga, name, team, [])


def join(olga: User | None, name: str, team: Team | None, roles: list[str]) -> None:
    invitation, _code = invite(actor=olga, email=address(name), name=name, team=team, roles=roles, at=clock.now())
    accept_invitation(invitation=invitation, joining=Joining(name=name, password=PASSWORD), at=clock.now())
