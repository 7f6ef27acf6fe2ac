"""The first run: one page, nothing to link, sign or fill in, seen once."""

import re

import pytest
from django.test import Client

from accounts.actions.invitations import invite, join_address
from accounts.models import LinkedAccount, Organisation, User
from accounts.queries import forget_kept
from core import clock
from notifications.models import Mail, Notice
from tests.accounts.conftest import BrowserOf
from tests.factories import PASSWORD, LinkedAccountFactory, MemberFactory, StoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer() -> User:
    return MemberFactory(name="Nia Newcomer", welcomed_at=None, working_hours=None)


def test_from_an_invitation_to_the_stories_it_takes_two_buttons() -> None:
    StoryFactory(title="A bridge in the fog")
    _invitation, code = invite(actor=None, name="Nia", at=clock.now())
    browser = Client()
    form = {"name": "Nia", "language": "en", "password": PASSWORD, "sign_in_name": "nia"}
    page = browser.post(re.sub(r"^https?://[^/]+", "", join_address(code)), form, follow=True).content.decode()
    assert "Welcome, Nia" in page and "Show me the stories" in page
    page = browser.post("/welcome/", follow=True).content.decode()
    assert "A bridge in the fog" in page
    assert not LinkedAccount.objects.exists() and User.objects.get(sign_in_name="nia").working_hours is None


def test_it_comes_once_by_itself_and_can_be_read_again(browser_of: BrowserOf, newcomer: User) -> None:
    browser = browser_of(newcomer)
    assert browser.get("/")["Location"] == "/welcome/"
    assert browser.get("/")["Location"] == "/welcome/"  # reading alone is no answer
    browser.post("/welcome/")
    newcomer.refresh_from_db()
    first = newcomer.welcomed_at
    assert first and browser.get("/").status_code == 200
    assert "/welcome/" in browser.get("/me/").content.decode()
    again = browser.get("/welcome/").content.decode()
    assert "How this works" in again and "Show me the stories" not in again
    browser.post("/welcome/")
    newcomer.refresh_from_db()
    assert newcomer.welcomed_at == first


def test_a_story_from_a_message_opens_at_once(browser_of: BrowserOf, newcomer: User) -> None:
    story = StoryFactory(title="Straight from the mail")
    assert "Straight from the mail" in browser_of(newcomer).get(f"/stories/{story.pk}/").content.decode()


def test_the_firm_says_in_its_own_words_whether_it_is_working_time(browser_of: BrowserOf, newcomer: User) -> None:
    firm = Organisation.objects.create(name="Firm")
    assert "Nobody here has said so yet" in browser_of(newcomer).get("/welcome/").content.decode()
    Organisation.objects.filter(pk=firm.pk).update(working_time="Half an hour <b>a week</b>.")
    forget_kept()
    page = browser_of(newcomer).get("/welcome/").content.decode()
    assert "Half an hour &lt;b&gt;a week&lt;/b&gt;." in page and "Nobody here has said so" not in page


def test_averages_are_spoken_of_only_where_there_are_boards(browser_of: BrowserOf, newcomer: User) -> None:
    assert "Averages of teams" not in browser_of(newcomer).get("/welcome/").content.decode()
    Organisation.objects.create(name="Firm", boards_on=True)
    forget_kept()
    assert "Averages of teams of ten" in browser_of(newcomer).get("/welcome/").content.decode()


def test_coming_in_sends_nothing_to_anybody(browser_of: BrowserOf, newcomer: User) -> None:
    MemberFactory(roles=["administrator", "hr"])
    browser = browser_of(newcomer)
    browser.get("/", follow=True)
    browser.post("/welcome/", follow=True)
    assert not Mail.objects.exists() and not Notice.objects.exists()


def test_it_leads_nowhere_outside_the_house(browser_of: BrowserOf, newcomer: User) -> None:
    assert browser_of(newcomer).post("/welcome/", {"next": "//evil.example/"})["Location"] == "/"


def test_a_stranger_is_asked_to_sign_in() -> None:
    assert Client().get("/welcome/")["Location"].startswith("/accounts/login/")


def test_words_are_kept_on_the_way_to_a_platform_and_back(browser_of: BrowserOf, newcomer: User) -> None:
    story, browser = StoryFactory(), browser_of(newcomer)
    compose = f"/stories/{story.pk}/share/"
    assert 'name="connect"' in browser.get(compose).content.decode()
    answer = browser.post(f"/stories/{story.pk}/draft/", {"words": "I was there.", "connect": "1"})
    assert answer["Location"] == f"/me/accounts/?next=%2Fstories%2F{story.pk}%2Fshare%2F"
    page = browser.get(answer["Location"]).content.decode()
    # Each platform's button takes the way back along.
    assert re.search(rf'/me/accounts/mastodon/\?next=/?%?2?F?stories[^"]*{story.pk}', page)
    assert "I was there." in browser.get(compose).content.decode()


def test_an_account_linked_meanwhile_is_chosen(browser_of: BrowserOf, newcomer: User) -> None:
    story, browser = StoryFactory(), browser_of(newcomer)
    browser.post(f"/stories/{story.pk}/draft/", {"words": "I was there.", "connect": "1"})
    account = LinkedAccountFactory(member=newcomer)
    page = browser.get(f"/stories/{story.pk}/share/").content.decode()
    assert re.search(rf'value="{account.pk}"[^>]*checked', page)
    # Who unchooses it finds it so.
    browser.post(f"/stories/{story.pk}/draft/", {"words": "I was there."})
    page = browser.get(f"/stories/{story.pk}/share/").content.decode()
    assert not re.search(rf'value="{account.pk}"[^>]*checked', page)
