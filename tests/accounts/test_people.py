from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.actions import deactivate_member
from accounts.actions.people import LastAdministrator
from accounts.models import Invitation, LinkedAccount, Team, User
from accounts.queries import by_name
from accounts.signals import member_left
from core import clock
from core.models import AuditEntry
from notifications.models import Mail
from tests.accounts.conftest import BrowserOf
from tests.factories import LinkedAccountFactory, MemberFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(browser_of: BrowserOf) -> Client:
    return browser_of(MemberFactory(name="Ruth HR", roles=["hr"]))


@pytest.fixture
def administrator() -> User:
    return MemberFactory(name="Tom Admin", roles=["administrator"])


@pytest.fixture
def boss(browser_of: BrowserOf, administrator: User) -> Client:
    return browser_of(administrator)


PAGES = ["/people/", "/people/invite/", "/people/invitations/", "/people/teams/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("roles", [[], ["curator"], ["council"]])
def test_people_are_not_for_everybody(browser_of: BrowserOf, page: str, roles: list[str]) -> None:
    browser = browser_of(MemberFactory(roles=roles))
    assert browser.get(page).status_code == 403 and browser.post(page).status_code in (403, 405)


@pytest.mark.parametrize("act", ["", "deactivate/", "reactivate/", "way-back/"])
def test_nobody_without_the_role_changes_a_colleague(browser: Client, act: str) -> None:
    other = MemberFactory()
    assert browser.post(f"/people/{other.pk}/{act}").status_code == 403
    assert Client().post(f"/people/{other.pk}/{act}")["Location"].startswith("/accounts/login/")
    other.refresh_from_db()
    assert other.is_active and not Invitation.objects.exists()


def test_names_stand_in_the_order_people_expect() -> None:
    for name in ("Zoë", "ägir", "Agnes", "de Vries", "Dean", "Åsa", "Émile"):
        MemberFactory(name=name)
    names = [member.name for member in by_name(User.objects.all())]
    assert names == ["ägir", "Agnes", "Åsa", "de Vries", "Dean", "Émile", "Zoë"]


def test_the_list_says_nothing_of_accounts_or_of_when_somebody_was_here(hr: Client) -> None:
    account = LinkedAccountFactory(member=MemberFactory(name="Ada"), handle="@ada-secret@town.example")
    for page in ("/people/", f"/people/{account.member_id}/"):
        text = hr.get(page).content.decode()
        assert "Ada" in text and "ada-secret" not in text and "astodon" not in text
        assert "Connected" not in text.replace("Connected accounts", "")


def test_the_list_costs_the_same_with_one_and_with_many(hr: Client, django_assert_max_num_queries) -> None:
    hr.get("/people/")
    with django_assert_max_num_queries(8):
        hr.get("/people/")
    MemberFactory.create_batch(12)
    with django_assert_max_num_queries(8):
        hr.get("/people/")


def test_who_deactivates_themselves_is_told_where_the_way_out_is(boss: Client, administrator: User) -> None:
    answer = boss.get(f"/people/{administrator.pk}/deactivate/")
    assert answer.status_code == 403 and "your own profile has a way out" in answer.content.decode()


def test_an_empty_form_makes_no_slip(hr: Client) -> None:
    answer = hr.post("/people/invite/", {"name": "", "email": "", "note": " "})
    assert answer.status_code == 422 and "a name or an address" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_slips_can_be_told_apart(hr: Client) -> None:
    page = hr.post("/people/invite/", {"note": "Late shift"}).content.decode()
    assert "/join/" in page and "data-print" in page and "Late shift" not in page
    hr.post("/people/invite/", {"note": "Early shift", "name": "Ada"})
    rows = hr.get("/people/invitations/").content.decode()
    assert "Late shift" in rows and "Early shift" in rows and "Ada" in rows


def test_where_mail_is_not_set_up_nobody_is_told_that_it_leaves(hr: Client, settings: Any) -> None:
    settings.EMAIL_HOST, settings.SANDBOX, settings.DEMO = "", False, False
    page = hr.post("/people/invite/", {"email": "ada@firm.example"}, follow=True).content.decode()
    assert (
        "ada@firm.example is on its way" not in page and "Mail is not set up here yet" in page and "EMAIL_HOST" in page
    )
    settings.EMAIL_HOST = "mail.example"
    page = hr.post("/people/invite/", {"email": "eve@firm.example"}, follow=True).content.decode()
    assert "eve@firm.example is on its way" in page


def test_one_can_search_by_name_and_team(hr: Client) -> None:
    MemberFactory(name="Ada Lovelace")
    other = MemberFactory(name="Grace Hopper")
    found = hr.get("/people/", {"q": "lovel"}).content.decode()
    assert "Ada Lovelace" in found and "Grace Hopper" not in found
    found = hr.get("/people/", {"team": other.team_id}).content.decode()
    assert "Grace Hopper" in found and "Ada Lovelace" not in found
    assert hr.get("/people/", {"team": "x", "page": "nonsense"}).status_code == 200


def test_hr_assigns_teams_but_no_roles(hr: Client) -> None:
    person, team = MemberFactory(), TeamFactory()
    hr.post(f"/people/{person.pk}/", {"team": team.pk, "roles": ["administrator"]})
    person.refresh_from_db()
    assert person.team == team and person.roles == []


def test_an_administrator_changes_roles_and_the_audit_trail_says_so(boss: Client, administrator: User) -> None:
    person = MemberFactory(team=None)
    boss.post(f"/people/{person.pk}/", {"team": "", "roles": ["curator", "hr"]})
    person.refresh_from_db()
    assert person.roles == ["curator", "hr"]
    entry = AuditEntry.objects.get(kind="member.changed")
    assert entry.actor_id == administrator.pk and entry.data["to"]["roles"] == ["curator", "hr"]


def test_an_unknown_role_is_refused(boss: Client) -> None:
    person = MemberFactory()
    assert boss.post(f"/people/{person.pk}/", {"roles": ["emperor"]}).status_code == 422


def test_the_last_administrator_stays_one(boss: Client, administrator: User) -> None:
    answer = boss.post(f"/people/{administrator.pk}/", {"roles": ["hr"]})
    assert answer.status_code == 422 and "only administrator" in answer.content.decode()
    MemberFactory(roles=["administrator"])
    assert boss.post(f"/people/{administrator.pk}/", {"roles": ["hr"]}).status_code == 302


def test_the_last_administrator_cannot_leave_either(boss: Client, administrator: User) -> None:
    assert "only administrator" in boss.post("/me/leave/").content.decode()
    administrator.refresh_from_db()
    assert administrator.is_active


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("each_other", [True, False])
def test_two_administrators_who_go_at_once_leave_one(each_other: bool) -> None:
    one, other = MemberFactory(roles=["administrator"]), MemberFactory(roles=["administrator"])

    def go(pair: tuple[User, User]) -> bool:
        try:
            deactivate_member(actor=pair[0], member=pair[1], at=clock.now())
        except LastAdministrator:
            return False
        finally:
            connection.close()
        return True

    pairs = [(one, other), (other, one)] if each_other else [(one, one), (other, other)]
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(go, pairs)) == [False, True]
    assert User.objects.filter(is_active=True).count() == 1


def test_hr_does_not_deactivate_an_administrator_nor_themselves(hr: Client, administrator: User) -> None:
    myself = User.objects.get(name="Ruth HR")
    for person in (administrator, myself):
        assert hr.post(f"/people/{person.pk}/deactivate/").status_code == 403
        assert hr.post(f"/people/{person.pk}/way-back/").status_code == 403


def test_deactivating_ends_sessions_and_disconnects(
    hr: Client, browser_of: BrowserOf, django_capture_on_commit_callbacks
) -> None:
    account = LinkedAccountFactory()
    theirs = browser_of(account.member)
    left: list[User] = []

    def listen(member: User, **_: object) -> None:
        left.append(member)

    member_left.connect(listen)
    try:
        assert hr.get(f"/people/{account.member_id}/deactivate/").status_code == 200
        assert User.objects.get(pk=account.member_id).is_active
        with django_capture_on_commit_callbacks(execute=True):
            hr.post(f"/people/{account.member_id}/deactivate/")
    finally:
        member_left.disconnect(listen)
    account.refresh_from_db()
    assert account.state == "unlinked" and account.access == ""
    assert theirs.get("/me/").status_code == 302
    assert [member.pk for member in left] == [account.member_id]


def test_coming_back_revives_neither_sessions_nor_accounts(hr: Client, browser_of: BrowserOf) -> None:
    account = LinkedAccountFactory()
    theirs = browser_of(account.member)
    deactivate_member(actor=None, member=account.member, at=clock.now())
    hr.post(f"/people/{account.member_id}/reactivate/")
    assert User.objects.get(pk=account.member_id).is_active
    assert theirs.get("/me/").status_code == 302
    assert LinkedAccount.objects.get().state == "unlinked"


def test_deactivating_twice_is_once() -> None:
    member = MemberFactory()
    for _ in range(2):
        deactivate_member(actor=None, member=member, at=clock.now())
    assert AuditEntry.objects.filter(kind="member.deactivated").count() == 1


def test_hr_invites_by_mail_without_giving_roles(hr: Client) -> None:
    hr.post("/people/invite/", {"email": "New@firm.example", "roles": ["administrator"]})
    invitation = Invitation.objects.get()
    assert invitation.email == "new@firm.example" and invitation.roles == []
    assert Mail.objects.get().to == "new@firm.example"


def test_an_administrator_may_give_roles_with_the_invitation(boss: Client) -> None:
    boss.post("/people/invite/", {"email": "new@firm.example", "roles": ["curator"]})
    assert Invitation.objects.get().roles == ["curator"]


def test_a_members_address_is_not_invited_again(hr: Client, member: User) -> None:
    answer = hr.post("/people/invite/", {"email": "ADA@firm.example", "name": "Ada"})
    assert answer.status_code == 422 and "already" in answer.content.decode()


def test_a_slip_shows_code_and_drawing_once(hr: Client) -> None:
    page = hr.post("/people/invite/", {"name": "Jo"}).content.decode()
    assert "<svg" in page and "/join/" in page and not Mail.objects.exists()
    assert "/join/" not in hr.get("/people/invitations/").content.decode()


def test_an_invitation_is_taken_back_once(hr: Client) -> None:
    hr.post("/people/invite/", {"email": "new@firm.example"})
    invitation = Invitation.objects.get()
    for _ in range(2):
        assert hr.post(f"/people/invitations/{invitation.pk}/take-back/").status_code == 302
    invitation.refresh_from_db()
    assert invitation.state == "withdrawn"


def test_teams_have_names_of_their_own(hr: Client) -> None:
    hr.post("/people/teams/", {"name": "Sales"})
    assert hr.post("/people/teams/", {"name": "sales"}).status_code == 422
    assert Team.objects.filter(name__iexact="sales").count() == 1


def ahead(days: int) -> str:
    return (clock.now().date() + timedelta(days=days)).isoformat()


class TestWhatHrKnows:
    def save(self, hr: Client, person: User, **typed: str) -> Any:
        return hr.post(f"/people/{person.pk}/", {"profession": "", "manager": "", "away_until": ""} | typed)

    def test_a_profession_is_kept_in_the_spelling_that_is_in_use(self, hr: Client) -> None:
        MemberFactory(profession="Teacher")
        person = MemberFactory()
        self.save(hr, person, profession="  teacher ")
        person.refresh_from_db()
        assert person.profession == "Teacher"

    def test_a_manager_is_found_by_name_or_address_and_is_never_oneself(self, hr: Client) -> None:
        person, boss = MemberFactory(), MemberFactory(name="Greta Lund")
        assert self.save(hr, person, manager="greta lund").status_code == 302
        person.refresh_from_db()
        assert person.manager == boss
        refused = self.save(hr, person, manager=person.email)
        assert refused.status_code == 422 and "Nobody here is called that" in refused.content.decode()
        MemberFactory(name="Greta Lund")
        assert "Several are called that" in self.save(hr, MemberFactory(), manager="Greta Lund").content.decode()

    def test_a_day_that_is_none_is_refused_and_what_was_typed_stays(self, hr: Client) -> None:
        person = MemberFactory()
        refused = self.save(hr, person, profession="Trader", away_until="soon")
        assert refused.status_code == 422 and "Trader" in refused.content.decode()
        person.refresh_from_db()
        assert person.away_until is None

    def test_the_audit_trail_has_what_changed(self, hr: Client) -> None:
        person = MemberFactory()
        self.save(hr, person, away_until=ahead(30), profession="Nurse")
        entry = AuditEntry.objects.get(kind="member.changed", about=f"member:{person.pk}")
        assert entry.personal.data["to"] == {"away_until": ahead(30), "profession": "Nurse", "manager": None}
        assert set(entry.data["to"]) == {"team", "roles"}, "what can be erased stands aside"

    def test_a_manager_who_left_or_has_a_namesake_stays_while_nobody_changes_it(self, hr: Client) -> None:
        boss = MemberFactory(name="Greta Lund", email="greta@firm.example")
        person = MemberFactory(manager=boss)
        assert 'value="Greta Lund"' in hr.get(f"/people/{person.pk}/").content.decode()
        MemberFactory(name="Greta Lund")
        assert 'value="greta@firm.example"' in hr.get(f"/people/{person.pk}/").content.decode()
        for typed in ("Greta Lund", "greta@firm.example"):
            assert self.save(hr, person, manager=typed, profession="Nurse").status_code == 302
        User.objects.filter(pk=boss.pk).update(is_active=False)
        assert self.save(hr, person, manager="greta@firm.example", profession="Doctor").status_code == 302
        person.refresh_from_db()
        assert (person.manager, person.profession) == (boss, "Doctor")
        other = MemberFactory()
        assert self.save(hr, other, manager="greta@firm.example").status_code == 422, "for nobody else"

    def test_what_they_said_themselves_meanwhile_is_not_taken_back(self, hr: Client) -> None:
        person = MemberFactory()
        assert 'name="away_was"' in hr.get(f"/people/{person.pk}/").content.decode()
        User.objects.filter(pk=person.pk).update(away_until=ahead(9))
        self.save(hr, person, profession="Nurse", away_was="")
        person.refresh_from_db()
        assert (str(person.away_until), person.profession) == (ahead(9), "Nurse")
        self.save(hr, person, profession="Nurse", away_was=ahead(9))
        person.refresh_from_db()
        assert person.away_until is None, "what HR changes is changed"

    @pytest.mark.parametrize("day", [ahead(368), "2090-01-01", "9999-12-31"])
    def test_nobody_is_away_for_longer_than_a_year_ahead(self, hr: Client, day: str) -> None:
        person = MemberFactory()
        refused = self.save(hr, person, away_until=day)
        assert refused.status_code == 422 and "within a year from now" in refused.content.decode()
        assert self.save(hr, person, away_until=ahead(365)).status_code == 302
