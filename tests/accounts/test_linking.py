import time
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from accounts.actions import mark_needs_relink, unlink_account
from accounts.actions.dance import lacking, link_by_app_password
from accounts.actions.linking import LinkingRefused
from accounts.models import LinkedAccount, LinkingDance, PlatformApp, Revocation, User
from accounts.qr import qr_svg
from accounts.queries import _platform_apps, connectors, credentials_of, forget_kept, platform_app
from accounts.tasks import revoke_tokens
from connectors.base import Grant
from core import clock
from tests.accounts.conftest import BrowserOf, decide, link, start_linking
from tests.contract.town import Town
from tests.factories import LinkedAccountFactory, MemberFactory

pytestmark = pytest.mark.django_db
DANCING = ["mastodon", "bluesky", "linkedin", "x", "threads"]


def test_the_page_before_the_platform_shows_how_to_go_on_at_a_computer(browser: Client, town: Town, settings) -> None:
    page = browser.post("/me/accounts/linkedin/start/").content.decode()
    address = f"{settings.BASE_URL}/me/accounts/linkedin/"
    assert f'value="{address}"' in page and str(qr_svg(address)) in page
    assert "The LinkedIn app opened instead?" in page
    # It signs nobody in: whoever opens it is asked who they are.
    assert Client().get("/me/accounts/linkedin/")["Location"].startswith("/accounts/login/")


def test_connecting_again_goes_on_with_that_account_at_the_computer(
    browser: Client, town: Town, member: User, settings
) -> None:
    mine = LinkedAccountFactory(member=member, connector="linkedin")
    page = browser.post("/me/accounts/linkedin/start/", {"account": mine.pk}).content.decode()
    assert f'value="{settings.BASE_URL}/me/accounts/linkedin/?account={mine.pk}"' in page


@pytest.mark.parametrize("connector", DANCING)
def test_a_member_links_an_account_by_the_platforms_consent_page(
    browser: Client, town: Town, member: User, connector: str
) -> None:
    answer = link(browser, town, connector)
    assert answer.status_code == 302 and answer["Location"] == "/me/accounts/"
    account = LinkedAccount.objects.get(member=member)
    assert account.connector == connector and account.state == "healthy" and account.scopes
    assert credentials_of(account).access not in account.access
    page = browser.get("/me/accounts/").content.decode()
    assert account.handle in page and "post in your name" in page
    assert " and " in page.partition("You allow us to")[2].partition("</p>")[0]


def test_the_token_opens_on_its_own_row_only(browser: Client, town: Town, member: User) -> None:
    link(browser, town, "linkedin")
    mine = LinkedAccount.objects.get(member=member)
    other = LinkedAccountFactory(connector="linkedin")
    other.access = mine.access
    with pytest.raises(Exception, match="another row"):
        credentials_of(other)


def test_the_state_and_the_verifier_stay_on_the_server(browser: Client, town: Town) -> None:
    address = start_linking(browser, "x")
    asked = parse_qs(urlsplit(address).query)
    dance = LinkingDance.objects.get()
    assert asked["state"] == [dance.state] and asked["code_challenge_method"] == ["S256"]
    assert dance.verifier not in address and not dance.verifier.startswith(asked["code_challenge"][0])


def test_a_no_at_the_platform_changes_nothing_and_is_fine(browser: Client, town: Town) -> None:
    answer = browser.get(decide(town, start_linking(browser, "linkedin"), decision="deny"))
    page = answer.content.decode()
    assert answer.status_code == 200 and "You said no at LinkedIn" in page and "Try LinkedIn again" in page
    assert not LinkedAccount.objects.exists() and not LinkingDance.objects.exists()


def test_allowing_twice_says_that_it_is_connected_already(browser: Client, town: Town) -> None:
    back = decide(town, start_linking(browser, "linkedin"))
    browser.get(back)
    page = browser.get(back, follow=True).content.decode()
    assert "is connected already" in page and "is not connected" not in page
    assert LinkedAccount.objects.count() == 1


def test_what_was_let_go_of_is_not_called_connected(browser: Client, town: Town) -> None:
    back = decide(town, start_linking(browser, "linkedin"))
    browser.get(back)
    unlink_account(actor=None, account=LinkedAccount.objects.get(), at=clock.now())
    assert "LinkedIn is not connected" in browser.get(back, follow=True).content.decode()


def test_the_address_of_the_button_leads_to_the_form(browser: Client, town: Town) -> None:
    assert browser.get("/me/accounts/mastodon/start/")["Location"] == "/me/accounts/mastodon/"
    assert browser.get("/me/accounts/nowhere/start/").status_code == 404


def test_beside_the_stand_ins_the_example_is_one_that_works(browser: Client, town: Town, settings) -> None:
    page = browser.get("/me/accounts/mastodon/").content.decode()
    assert 'placeholder="@you@town.example"' in page and "a real server" in page
    assert link(browser, town, "mastodon", name="you", address="@you@town.example").status_code == 302
    settings.SANDBOX = False
    assert "a real server" not in browser.get("/me/accounts/mastodon/").content.decode()


def test_a_state_is_good_once(browser: Client, town: Town) -> None:
    back = decide(town, start_linking(browser, "linkedin"))
    assert browser.get(back).status_code == 302
    before = LinkedAccount.objects.values().get()
    assert "is connected already" in browser.get(back, follow=True).content.decode()
    assert LinkedAccount.objects.values().get() == before
    assert LinkedAccount.objects.count() == 1


def test_a_state_runs_out(browser: Client, town: Town) -> None:
    back = decide(town, start_linking(browser, "mastodon"))
    LinkingDance.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert "took too long" in browser.get(back).content.decode()
    assert not LinkedAccount.objects.exists()


def test_somebody_elses_state_links_nothing(browser: Client, town: Town, browser_of: BrowserOf) -> None:
    back = decide(town, start_linking(browser, "linkedin"))
    thief = browser_of(MemberFactory())
    assert "Please connect once more" in thief.get(back).content.decode()
    assert not LinkedAccount.objects.exists()
    assert browser.get(back).status_code == 302


def test_a_made_up_state_links_nothing(browser: Client, town: Town) -> None:
    answer = browser.get("/me/accounts/linkedin/callback/", {"state": "x" * 900, "code": "abc"})
    assert answer.status_code == 200 and not LinkedAccount.objects.exists()


def test_connecting_again_as_somebody_else_changes_nothing(browser: Client, town: Town, member: User) -> None:
    link(browser, town, "mastodon", name="ada")
    account = LinkedAccount.objects.get()
    sealed = account.access
    address = start_linking(browser, "mastodon", account=account.pk)
    page = browser.get(decide(town, address, name="charles")).content.decode()
    assert "this connection is for @ada@town.example" in page and "Nothing was changed" in page
    account.refresh_from_db()
    assert account.access == sealed and LinkedAccount.objects.count() == 1
    # What we were given and may not keep goes back.
    assert Revocation.objects.count() == 1


def test_connecting_again_mends_the_same_row(browser: Client, town: Town) -> None:
    link(browser, town, "mastodon")
    account = LinkedAccount.objects.get()
    mark_needs_relink(account=account, sentence="Ended over there.", at=clock.now())
    assert "has to be connected again" in browser.get("/me/").content.decode()
    assert "Connect again" in browser.get("/me/accounts/").content.decode()
    browser.get(decide(town, start_linking(browser, "mastodon", account=account.pk)))
    account.refresh_from_db()
    assert account.state == "healthy" and account.health_note == "" and LinkedAccount.objects.count() == 1
    assert f"{account.handle} has to be connected again" not in browser.get("/me/").content.decode()


def test_an_account_of_a_colleague_is_refused(browser: Client, town: Town, browser_of: BrowserOf) -> None:
    link(browser, town, "linkedin", name="ada")
    colleague = browser_of(MemberFactory())
    page = link(colleague, town, "linkedin", name="ada").content.decode()
    assert "connected by a colleague" in page
    unlink_account(actor=None, account=LinkedAccount.objects.get(), at=clock.now())
    assert "connected by a colleague" in link(colleague, town, "linkedin", name="ada").content.decode()
    assert LinkedAccount.objects.count() == 1


def test_a_colleagues_account_cannot_be_named_for_mending(browser: Client, town: Town) -> None:
    other = LinkedAccountFactory(connector="linkedin")
    assert browser.post("/me/accounts/linkedin/start/", {"account": other.pk}).status_code == 404


def test_after_linking_one_comes_back_to_where_one_was(browser: Client, town: Town) -> None:
    assert link(browser, town, "linkedin", next="/stories/7/share/")["Location"] == "/stories/7/share/"


def test_the_way_back_never_leads_outside(browser: Client, town: Town) -> None:
    assert link(browser, town, "linkedin", next="https://evil.example/")["Location"] == "/me/accounts/"


def test_a_server_that_is_none_is_said_in_one_sentence(browser: Client, town: Town) -> None:
    answer = browser.post("/me/accounts/mastodon/start/", {"address": "not an address"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "names no server" in page and "not an address" in page


@pytest.mark.parametrize("address", ["@ada@127.0.0.1", "@ada@10.0.0.8", "@ada@localhost", "@ada@[::1]", "169.254.1.1"])
def test_a_server_inside_our_own_network_is_not_asked(browser: Client, town: Town, address: str) -> None:
    answer = browser.post("/me/accounts/mastodon/start/", {"address": address})
    assert answer.status_code == 422 and not PlatformApp.objects.exists()


def test_one_registration_serves_everybody_on_a_server(browser: Client, town: Town, browser_of: BrowserOf) -> None:
    link(browser, town, "mastodon", name="ada")
    link(browser_of(MemberFactory()), town, "mastodon", name="charles")
    app = PlatformApp.objects.get(connector="mastodon")
    assert app.origin == "https://town.example" and app.client_secret.startswith("v1.")


def test_the_way_back_may_meet_a_process_that_has_not_heard_of_the_registration(browser: Client, town: Town) -> None:
    assert platform_app("mastodon", "https://town.example") is None
    back = decide(town, start_linking(browser, "mastodon"))
    _platform_apps.known = [(time.monotonic() + 60, {})]
    assert browser.get(back).status_code == 302 and LinkedAccount.objects.exists()


def test_after_moving_house_a_server_is_told_the_new_address(browser: Client, town: Town) -> None:
    link(browser, town, "mastodon")
    PlatformApp.objects.update(redirect_uri="http://old.example/back/")
    forget_kept()
    old = PlatformApp.objects.get().client_id
    link(browser, town, "mastodon")
    assert PlatformApp.objects.get().client_id != old


def test_a_platform_that_is_down_says_so(browser: Client, town: Town) -> None:
    back = decide(town, start_linking(browser, "linkedin"))
    town.break_next("linkedin", "token", "500_before")
    page = browser.get(back).content.decode()
    assert "LinkedIn is not connected" in page and not LinkedAccount.objects.exists()


def test_bluesky_takes_an_app_password_in_the_demo(browser: Client, town: Town) -> None:
    typed = {"handle": "ada.town.example", "app_password": "abcd-efgh-ijkl-mnop"}
    assert browser.post("/me/accounts/bluesky/start/", typed).status_code == 302
    account = LinkedAccount.objects.get()
    assert account.origin == "https://town.example" and account.refresh
    assert "abcd-efgh" not in browser.get("/me/accounts/").content.decode()


def test_a_wrong_app_password_is_said_beside_the_form(browser: Client, town: Town) -> None:
    answer = browser.post("/me/accounts/bluesky/start/", {"handle": "ada.town.example", "app_password": "hunter2"})
    assert answer.status_code == 422 and "ada.town.example" in answer.content.decode()
    assert "hunter2" not in answer.content.decode()


def test_outside_the_demo_no_app_password_is_taken(browser: Client, town: Town, settings) -> None:
    settings.SANDBOX = settings.DEMO = False
    page = browser.get("/me/accounts/bluesky/?with=app_password").content.decode()
    assert "Your name there" in page and "app password" not in page.lower()
    # What is typed anyway is taken for the name of somebody who wants to go to the consent page.
    typed = {"handle": "no handle", "app_password": "abcd-efgh-ijkl-mnop"}
    answer = browser.post("/me/accounts/bluesky/start/", typed)
    assert answer.status_code == 422 and "name.bsky.social" in answer.content.decode()
    with pytest.raises(LinkingRefused):
        link_by_app_password(
            actor=User.objects.get(), connector="bluesky", **typed, relinks=None, at=clock.now()
        )  # fmt: skip


def test_a_key_goes_with_the_tokens_and_is_sealed_as_they_are(browser: Client, town: Town, member: User) -> None:
    link(browser, town, "bluesky")
    account = LinkedAccount.objects.get()
    key = credentials_of(account).extra["key"]
    assert '"d"' in key and key not in account.extra
    assert account.origin == "https://town.example" and account.handle == "ada.town.example"
    unlink_account(actor=member, account=account, at=clock.now())
    account.refresh_from_db()
    assert account.extra == ""
    waiting = Revocation.objects.get()
    assert waiting.extra and waiting.extra != account.extra
    revoke_tokens()
    assert not Revocation.objects.exists()


def test_somebody_else_than_said_is_not_connected(browser: Client, town: Town) -> None:
    page = browser.get(decide(town, start_linking(browser, "bluesky"), name="charles")).content.decode()
    assert "somebody else than you told us" in page and not LinkedAccount.objects.exists()


def test_an_answer_of_another_server_is_not_listened_to(browser: Client, town: Town) -> None:
    back = decide(town, start_linking(browser, "bluesky"))
    page = browser.get(back.replace("iss=", "iss=https%3A%2F%2Fevil.example&was=")).content.decode()
    assert "Another server answered" in page and not LinkedAccount.objects.exists()


def test_connecting_again_needs_no_name(browser: Client, town: Town) -> None:
    link(browser, town, "bluesky")
    account = LinkedAccount.objects.get()
    before = credentials_of(account).extra["key"]
    mark_needs_relink(account=account, sentence="Ended over there.", at=clock.now())
    browser.get(decide(town, start_linking(browser, "bluesky", account=account.pk, handle="")))
    account.refresh_from_db()
    assert account.state == "healthy" and credentials_of(account).extra["key"] != before


def test_a_platform_switched_off_is_not_there(browser: Client, town: Town) -> None:
    PlatformApp.objects.create(connector="linkedin", enabled=False)
    assert browser.get("/me/accounts/linkedin/").status_code == 404
    assert browser.get("/me/accounts/nonsense/").status_code == 404


def test_a_real_server_beside_the_stand_ins_is_marked(browser: Client, town: Town, member: User) -> None:
    LinkedAccountFactory(member=member, origin="https://mastodon.social", handle="@ada@mastodon.social")
    LinkedAccountFactory(member=member, handle="@ada@town.example")
    assert browser.get("/me/accounts/").content.decode().count("REAL") == 1


def test_disconnecting_purges_the_tokens_and_keeps_the_row(browser: Client, town: Town, member: User) -> None:
    link(browser, town, "mastodon")
    account = LinkedAccount.objects.get()
    token = credentials_of(account)
    assert browser.get(f"/me/accounts/{account.pk}/disconnect/").status_code == 200
    account.refresh_from_db()
    assert account.state == "healthy"
    browser.post(f"/me/accounts/{account.pk}/disconnect/")
    account.refresh_from_db()
    assert (account.state, account.access, account.refresh, account.scopes) == ("unlinked", "", "", [])
    revoke_tokens()
    assert not Revocation.objects.exists()
    headers = {"Authorization": f"Bearer {token.access}"}
    asked = town.door.request("GET", f"{town.base}/mastodon/api/v1/accounts/verify_credentials", headers=headers)
    assert asked.status == 401


def test_revoking_is_tried_again_while_the_platform_is_down(browser: Client, town: Town) -> None:
    link(browser, town, "mastodon")
    account = LinkedAccount.objects.get()
    town.break_next("mastodon", "revoke", "500_before")
    unlink_account(actor=account.member, account=account, at=clock.now())
    account.refresh_from_db()
    assert account.access == ""
    revoke_tokens()
    waiting = Revocation.objects.get()
    assert waiting.due_at > clock.now()
    clock.advance(700)
    revoke_tokens()
    assert not Revocation.objects.exists()


def test_after_a_day_we_forget_the_token_ourselves(browser: Client, town: Town) -> None:
    link(browser, town, "mastodon")
    account = LinkedAccount.objects.get()
    unlink_account(actor=account.member, account=account, at=clock.now())
    town.control("POST", "/faults", platform="mastodon", op="revoke", kind="500_before", every=1)
    clock.advance(24 * 3600 + 60)
    revoke_tokens()
    assert not Revocation.objects.exists()


def test_somebody_elses_account_cannot_be_disconnected(browser: Client) -> None:
    other = LinkedAccountFactory()
    assert browser.post(f"/me/accounts/{other.pk}/disconnect/").status_code == 403
    other.refresh_from_db()
    assert other.state == "healthy" and other.access


def test_the_listeners_hear_of_an_unlinking_after_commit(django_capture_on_commit_callbacks) -> None:
    from accounts.signals import account_unlinked

    heard: list[LinkedAccount] = []

    def listen(account: LinkedAccount, **_: object) -> None:
        heard.append(account)

    account_unlinked.connect(listen)
    try:
        account = LinkedAccountFactory()
        with django_capture_on_commit_callbacks(execute=True):
            unlink_account(actor=account.member, account=account, at=clock.now())
            assert not heard
        assert [one.pk for one in heard] == [account.pk]
    finally:
        account_unlinked.disconnect(listen)


def test_an_unlinked_account_can_be_linked_again(browser: Client, town: Town, member: User) -> None:
    link(browser, town, "linkedin")
    account = LinkedAccount.objects.get()
    unlink_account(actor=member, account=account, at=clock.now())
    link(browser, town, "linkedin")
    assert LinkedAccount.objects.get().pk == account.pk and LinkedAccount.objects.get().state == "healthy"


def test_rights_that_were_left_out_are_named(town: Town) -> None:
    platform = connectors()["x"]
    left_out = platform.scopes[-1]
    given = frozenset(platform.scopes) - {left_out}
    assert lacking(platform, Grant("token", scopes=given), "") == [left_out]
    assert lacking(platform, Grant("token", scopes=frozenset(platform.scopes)), "") == []
    assert lacking(platform, Grant("token"), "") == []


def test_signed_out_the_way_back_asks_to_sign_in_and_keeps_the_code(town: Town) -> None:
    answer = Client().get("/me/accounts/linkedin/callback/?" + urlencode({"state": "s", "code": "c"}))
    assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/?next=/me/accounts/linkedin/")
