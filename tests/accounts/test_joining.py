import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.actions import deactivate_member
from accounts.actions.invitations import CannotJoin, Joining, accept_invitation, invitation_of, invite, join_address
from accounts.actions.people import WhatHrKnows, change_member
from accounts.models import Invitation, Organisation, User
from accounts.tasks import tidy_sign_in
from core import clock
from notifications.models import Mail
from tests.accounts.conftest import BrowserOf
from tests.factories import PASSWORD, MemberFactory, TeamFactory

pytestmark = pytest.mark.django_db
NEW = {"name": "Grace Hopper", "language": "en", "password": PASSWORD}


def path_of(code: str) -> str:
    return re.sub(r"^https?://[^/]+", "", join_address(code))


def test_an_invitation_by_mail_makes_a_member_with_that_address() -> None:
    team = TeamFactory()
    ruth = MemberFactory(name="Ruth", roles=["administrator"])
    invite(actor=ruth, email="grace@firm.example", team=team, roles=["curator"], at=clock.now())
    mail = Mail.objects.get(to="grace@firm.example")
    path = re.search(r"(/join/\S+)", mail.text)[1]  # type: ignore[index]
    browser = Client()
    page = browser.get(path).content.decode()
    assert "Ruth invited you" in page and "grace@firm.example" in page
    assert browser.post(path, NEW)["Location"] == "/"
    member = User.objects.get(email="grace@firm.example")
    assert (member.name, member.team, member.roles) == ("Grace Hopper", team, ["curator"])
    assert browser.session["_auth_user_id"] == str(member.pk)
    assert "Welcome, Grace Hopper" in browser.get("/", follow=True).content.decode()


def test_a_slip_of_paper_makes_a_member_without_an_address() -> None:
    _invitation, code = invite(actor=None, name="Grace", at=clock.now())
    browser = Client()
    found = browser.post("/join/", {"code": code.lower()})
    assert browser.post(found["Location"], NEW | {"sign_in_name": "4711"}).status_code == 302
    member = User.objects.get()
    assert member.email is None and member.sign_in_name == "4711"
    again = Client()
    again.post("/accounts/login/", {"login": "4711", "password": PASSWORD})
    assert again.session["_auth_user_id"] == str(member.pk)


def test_a_private_address_counts_only_once_it_is_confirmed() -> None:
    _invitation, code = invite(actor=None, at=clock.now())
    Client().post(path_of(code), NEW | {"private_email": "Grace@Home.example"})
    member = User.objects.get()
    assert member.email is None
    link = re.search(r"(/accounts/address/\S+)", Mail.objects.get(to="grace@home.example").text)[1]  # type: ignore[index]
    anybody = Client()
    assert "grace@home.example" in anybody.get(link).content.decode()
    member.refresh_from_db()
    assert member.email is None
    anybody.post(link)
    member.refresh_from_db()
    assert member.email == "grace@home.example"


def test_opening_the_page_uses_nothing_up() -> None:
    _invitation, code = invite(actor=None, at=clock.now())
    scanner = Client()
    for _ in range(3):
        assert scanner.get(path_of(code)).status_code == 200
        assert scanner.head(path_of(code)).status_code == 200
    assert Invitation.objects.get().state == "open"


def test_an_invitation_is_used_once() -> None:
    _invitation, code = invite(actor=None, at=clock.now())
    assert Client().post(path_of(code), NEW | {"sign_in_name": "grace"}).status_code == 302
    second = Client().post(path_of(code), NEW | {"sign_in_name": "eve"})
    assert second.status_code == 410 and "has been used" in second.content.decode()
    assert User.objects.count() == 1


def test_of_two_at_the_same_moment_one_comes_in() -> None:
    invitation, _code = invite(actor=None, at=clock.now())
    twin = Invitation.objects.get()
    accept_invitation(invitation=invitation, joining=Joining(name="A", password=PASSWORD), at=clock.now())
    with pytest.raises(Exception, match="has been used"):
        accept_invitation(invitation=twin, joining=Joining(name="B", password=PASSWORD), at=clock.now())
    assert [member.name for member in User.objects.all()] == ["A"]


def test_a_name_taken_by_a_colleague_changes_nothing_and_leaves_the_invitation_open() -> None:
    MemberFactory(sign_in_name="4711")
    _invitation, code = invite(actor=None, at=clock.now())
    answer = Client().post(path_of(code), NEW | {"sign_in_name": "4711"})
    assert answer.status_code == 409 and "Please choose another" in answer.content.decode()
    assert Invitation.objects.get().state == "open" and User.objects.count() == 1


def test_an_invitation_runs_out(own_clock: None) -> None:
    _invitation, code = invite(actor=None, at=clock.now())
    clock.advance(timedelta(days=31).total_seconds())
    answer = Client().post(path_of(code), NEW)
    assert answer.status_code == 410 and "has run out" in answer.content.decode()
    tidy_sign_in()
    assert Invitation.objects.get().state == "expired"


def test_a_code_nobody_made_says_so() -> None:
    answer = Client().get("/join/AAAA-BBBB-CCCC-DDDD/")
    assert answer.status_code == 410 and "no such invitation" in answer.content.decode()
    assert Client().post("/join/", {"code": "?"}).status_code == 422


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password": ""}, "choose a password, or make a passkey"),
        ({"password": "short"}, "at least 10 characters"),
        ({"password": PASSWORD}, "a name to type beside the password"),
        ({"password": PASSWORD, "sign_in_name": "a b"}, "without spaces"),
        ({"name": "", "password": PASSWORD, "sign_in_name": "grace"}, "This field is required"),
        ({"credential": '{"id": "x"}', "password": ""}, "passkey was not completed"),
        ({"credential": "{not json", "password": ""}, "passkey was not completed"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(typed: dict[str, str], sentence: str) -> None:
    _invitation, code = invite(actor=None, at=clock.now())
    answer = Client().post(path_of(code), NEW | typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page
    assert typed.get("name", "Grace Hopper") in page and not User.objects.exists()


def test_who_is_signed_in_is_asked_first(browser: Client) -> None:
    _invitation, code = invite(actor=None, at=clock.now())
    assert "signed in as Ada Lovelace" in browser.get(path_of(code)).content.decode()
    browser.post(path_of(code), NEW | {"sign_in_name": "grace"})
    assert Invitation.objects.get().state == "open"


def test_passkey_options_name_the_member_to_come() -> None:
    _invitation, code = invite(actor=None, at=clock.now())
    browser = Client()
    answer = browser.post(f"{path_of(code)}passkey/", {"name": "Grace"})
    asked = answer.json()["creation_options"]["publicKey"]
    assert asked["user"]["displayName"] == "Grace"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert not User.objects.exists()
    assert browser.post("/join/AAAA-BBBB-CCCC-DDDD/passkey/").status_code == 410


def test_a_new_member_gets_the_firms_country_and_time_zone() -> None:
    Organisation.objects.create(name="Firma", country="DE", time_zone="Europe/Berlin")
    _invitation, code = invite(actor=None, at=clock.now())
    Client().post(path_of(code), NEW | {"sign_in_name": "grace"})
    member = User.objects.get()
    assert (member.country, member.time_zone) == ("DE", "Europe/Berlin")


def test_a_slip_lets_a_member_back_in_and_ends_other_sessions(member: User, browser: Client) -> None:
    _invitation, code = invite(actor=None, returning=member, at=clock.now())
    new = Client()
    assert "Welcome back, Ada" in new.get(path_of(code)).content.decode()
    assert new.post(path_of(code), {"password": "another good one"}).status_code == 302
    assert new.session["_auth_user_id"] == str(member.pk)
    assert browser.get("/me/").status_code == 302
    assert User.objects.count() == 1


def test_a_slip_for_somebody_who_left_opens_nothing(member: User) -> None:
    _invitation, code = invite(actor=None, returning=member, at=clock.now())
    User.objects.update(is_active=False)
    assert Client().post(path_of(code), {"password": "another good one"}).status_code == 409


def test_the_mail_speaks_the_language_of_the_firm(browser_of: BrowserOf, settings: Any) -> None:
    Organisation.objects.create(name="Bäckerei Öz", languages=["en"])
    invite(actor=None, email="grace@firm.example", at=clock.now())
    assert Mail.objects.get().subject == "You are invited to Bäckerei Öz"


def joins(code: str) -> str:
    """What somebody who comes with this code is told; empty when they are let in."""
    joining = Joining(name="Grace", password=PASSWORD, sign_in_name="4711")
    try:
        accept_invitation(invitation=invitation_of(code), joining=joining, at=clock.now())
    except CannotJoin as refusal:
        return refusal.sentence
    return ""


def test_a_slip_of_somebody_who_left_makes_no_administrator() -> None:
    boss, other = MemberFactory(roles=["administrator"]), MemberFactory(roles=["administrator"])
    invitation, code = invite(actor=boss, roles=["administrator"], at=clock.now())
    _used, by_other = invite(actor=other, at=clock.now())
    deactivate_member(actor=other, member=boss, at=clock.now())
    assert "taken back" in joins(code) and not User.objects.filter(name="Grace").exists()
    invitation.refresh_from_db()
    assert invitation.state == "withdrawn" and joins(by_other) == ""


def test_with_the_role_goes_what_was_given_by_it_and_nothing_else() -> None:
    boss, other = MemberFactory(roles=["administrator", "hr"]), MemberFactory(roles=["administrator"])
    as_boss = invite(actor=boss, roles=["curator"], at=clock.now())[1]
    as_hr = invite(actor=boss, at=clock.now())[1]
    change_member(actor=other, member=boss, known=WhatHrKnows(), roles=["hr"], at=clock.now())
    assert "taken back" in joins(as_boss) and joins(as_hr) == ""


def test_an_invitation_is_worth_no_more_than_the_right_to_give_it() -> None:
    """Also where the right went another way than by our own verbs."""
    boss = MemberFactory(roles=["administrator"])
    code = invite(actor=boss, roles=["administrator"], at=clock.now())[1]
    User.objects.filter(pk=boss.pk).update(roles=["hr"])
    assert "may no longer give it" in Client().get(path_of(code)).content.decode()
    assert "may no longer give it" in joins(code) and Invitation.objects.get().state == "open"


def test_a_way_back_does_not_lead_to_an_administrator(member: User) -> None:
    code = invite(actor=MemberFactory(roles=["hr"]), returning=member, at=clock.now())[1]
    opened_before = invitation_of(code)
    User.objects.filter(pk=member.pk).update(roles=["administrator"])
    with pytest.raises(CannotJoin):
        accept_invitation(
            invitation=opened_before, joining=Joining(name="", password="another horse battery"), at=clock.now()
        )
    member.refresh_from_db()
    assert member.check_password(PASSWORD) and member.roles == ["administrator"]


def test_a_promotion_takes_back_hrs_way_back_and_leaves_an_administrators(member: User) -> None:
    hr, boss = MemberFactory(roles=["hr"]), MemberFactory(roles=["administrator"])
    by_hr, by_boss = (invite(actor=giver, returning=member, at=clock.now())[1] for giver in (hr, boss))
    change_member(actor=boss, member=member, known=WhatHrKnows(), roles=["administrator"], at=clock.now())
    assert "taken back" in joins(by_hr) and joins(by_boss) == ""
