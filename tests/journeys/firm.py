"""A small firm from nothing, through the product's own verbs: who sets it up, two curators, two teams of ten."""

from accounts.actions.invitations import Joining, accept_invitation, invite
from accounts.actions.profile import be_welcomed
from accounts.actions.setup import set_up
from accounts.models import Organisation, Team, User
from core import clock
from tests import staging

PASSWORD = "the river drives the stones"
# Ten each, with nobody left over: smaller groups would be joined, and a board would not name them.
TEAM = "The mill"
MILLERS = ("Ada", "Bo", "Cleo", "Dag", "Edda", "Finn", "Gwen", "Hugo", "Ines", "Jan")
GARDENERS = ("Kaya", "Liv", "Max", "Nils", "Oda", "Pia", "Quin")


def address(name: str) -> str:
    return f"{name.lower()}@mill.example"


def make_firm() -> None:
    answers = {
        "name": "Mill & Daughters", "accent": "#0a5c68", "country": "GB", "languages": ["en", "de"],
        "admin_email": address("Olga"), "admin_password": PASSWORD, "admin_name": "Olga",
    }  # fmt: skip
    olga = set_up(answers=answers, at=clock.now())
    assert olga
    # What an administrator switches on in the settings.
    Organisation.objects.update(boards_on=True)
    staging.pay()
    mill, garden = Team.objects.create(name=TEAM), Team.objects.create(name="The garden")
    User.objects.filter(pk=olga.pk).update(team=garden)
    for name in ("Cora", "Cyril"):
        join(olga, name, garden, ["curator"])
    for name in MILLERS:
        join(olga, name, mill, [])
    for name in GARDENERS:
        join(olga, name, garden, [])


def join(olga: User, name: str, team: Team, roles: list[str]) -> None:
    invitation, _code = invite(actor=olga, email=address(name), name=name, team=team, roles=roles, at=clock.now())
    # Those who never come in need no password, which takes a while to make.
    password = PASSWORD if roles or name == "Ada" else None
    member = accept_invitation(invitation=invitation, joining=Joining(name=name, password=password), at=clock.now())
    be_welcomed(actor=member, at=clock.now())
