import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.actions.sign_in import TRIES, mail_sign_in, use_code
from accounts.models import SignInMail, User
from accounts.views.signing_in import WORDS_TYPED
from core import clock
from notifications.models import Mail
from tests.accounts.conftest import BrowserOf
from tests.factories import PASSWORD, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_cache(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


def signed_in_as(browser: Client) -> str:
    return browser.session.get("_auth_user_id", "")


def ask(browser: Client, login: str = "ada@firm.example", **more: str) -> str:
    """Ask for a mail: the address of the page that waits for its code."""
    answer = browser.post("/accounts/mail/", {"login": login, **more})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def code_of(mail: Mail) -> str:
    return re.search(r"^    (\d{6})$", mail.text, re.M)[1]  # type: ignore[index]


def button_of(mail: Mail) -> str:
    return re.search(r"(/accounts/mail/button/\S+)", mail.text)[1]  # type: ignore[index]


def test_by_password_with_an_address_or_a_sign_in_name(member: User) -> None:
    User.objects.filter(pk=member.pk).update(sign_in_name="4711")
    for login in ("ada@firm.example", "Ada@Firm.example", "4711"):
        browser = Client()
        answer = browser.post("/accounts/login/", {"login": login, "password": PASSWORD, "next": "/shares/"})
        assert answer.status_code == 302 and answer["Location"] == "/shares/"
        assert signed_in_as(browser) == str(member.pk)


def test_a_wrong_password_keeps_the_name_typed_and_says_one_sentence(member: User) -> None:
    answer = Client().post("/accounts/login/", {"login": "ada@firm.example", "password": "wrong wrong"})
    page = answer.content.decode()
    assert answer.status_code == 200 and "ada@firm.example" in page and "wrong wrong" not in page


def test_a_wrong_password_is_said_in_our_words(member: User) -> None:
    for login in ("ada@firm.example", "ada"):
        page = Client().post("/accounts/login/", {"login": login, "password": "wrong wrong"}).content.decode()
        assert "That address or sign-in name and that password do not belong together" in page


def test_too_many_wrong_passwords_are_stopped(member: User) -> None:
    browser = Client()
    for _ in range(6):
        browser.post("/accounts/login/", {"login": "ada@firm.example", "password": "wrong wrong"})
    browser.post("/accounts/login/", {"login": "ada@firm.example", "password": PASSWORD})
    assert not signed_in_as(browser)


def test_nobody_signs_up() -> None:
    assert Client().get("/accounts/signup/").status_code == 302
    Client().post("/accounts/signup/", {"email": "me@evil.example", "password1": PASSWORD})
    assert not User.objects.exists()


def test_a_mail_lets_in_by_its_code(member: User) -> None:
    browser = Client()
    page = ask(browser, next="/impact/")
    answer = browser.post(page, {"code": code_of(Mail.objects.get())})
    assert answer.status_code == 302 and answer["Location"] == "/impact/"
    assert signed_in_as(browser) == str(member.pk)


def test_whoever_has_words_waiting_here_is_told_to_use_the_code_here(member: User) -> None:
    browser, sentence = Client(), "Type the code here: the words you wrote are kept in this browser."
    page = ask(browser, next="/stories/1/share/")
    hidden = f'data-words-wait="/stories/1/share/" hidden>{sentence}'
    assert hidden in browser.get(page).content.decode()  # a script shows it where the browser kept some
    session = browser.session
    session[WORDS_TYPED] = {"1": "Half a thought"}
    session.save()
    shown = browser.get(page).content.decode()
    assert sentence in shown and hidden not in shown
    assert hidden in Client().get(page).content.decode()


def test_mails_that_sign_in_have_colours_for_dark(member: User) -> None:
    ask(Client())
    html = Mail.objects.get().html
    assert '<meta name="color-scheme" content="light dark">' in html and "prefers-color-scheme: dark" in html
    assert html.count('class="go"') == 1 and 'class="paper"' in html


def test_the_code_works_in_another_browser_and_the_page_can_be_reopened(member: User) -> None:
    page = ask(Client())
    phone = Client()
    assert phone.get(page).status_code == 200 and phone.head(page).status_code == 200
    phone.post(page, {"code": code_of(Mail.objects.get())})
    assert signed_in_as(phone) == str(member.pk)


def test_the_button_works_in_another_browser_and_opening_it_uses_nothing_up(member: User) -> None:
    ask(Client(), next="/impact/")
    button = button_of(Mail.objects.get())
    scanner = Client()
    for _ in range(3):
        assert scanner.head(button).status_code == 200
        assert "Sign in as Ada Lovelace" in scanner.get(button).content.decode()
    assert not signed_in_as(scanner)
    phone = Client()
    assert phone.post(button)["Location"] == "/impact/"
    assert signed_in_as(phone) == str(member.pk)


def test_a_mail_lets_in_once(member: User) -> None:
    page = ask(Client())
    mail = Mail.objects.get()
    Client().post(button_of(mail))
    second = Client()
    assert second.post(button_of(mail)).status_code == 410
    second.post(page, {"code": code_of(mail)})
    assert not signed_in_as(second)
    assert "has been used" in second.get(page).content.decode()


def test_a_mail_runs_out_after_fifteen_minutes(member: User, own_clock: None) -> None:
    page = ask(Client())
    mail = Mail.objects.get()
    clock.advance(15 * 60 + 1)
    browser = Client()
    assert browser.post(button_of(mail)).status_code == 410
    browser.post(page, {"code": code_of(mail)})
    assert not signed_in_as(browser)


def test_five_wrong_codes_are_enough(member: User) -> None:
    row = mail_sign_in(typed="ada@firm.example", return_to="", at=clock.now())
    code = code_of(Mail.objects.get())
    for _ in range(TRIES):
        assert use_code(row=row, typed="000000" if code != "000000" else "111111", at=clock.now()) is None
    assert use_code(row=row, typed=code, at=clock.now()) is None


def test_codes_are_kept_as_hashes_only(member: User) -> None:
    ask(Client())
    row, mail = SignInMail.objects.get(), Mail.objects.get()
    assert code_of(mail) not in (row.code_hash, row.token_hash)
    assert button_of(mail).rstrip("/").rpartition("/")[2] not in row.token_hash


def test_nobody_learns_who_is_a_member(member: User) -> None:
    browser = Client()
    known = browser.get(ask(browser)).content.decode()
    unknown = browser.get(ask(browser, "nobody@firm.example")).content.decode()
    strip = lambda page: re.sub(r'value="[^"]{32,}"|[0-9a-f-]{36}|"X-CSRFToken": "[^"]+"|content="20[^"]+"', "", page)  # noqa: E731
    assert strip(known) == strip(unknown)
    assert Mail.objects.count() == 1


def test_who_is_no_longer_active_gets_no_mail(member: User) -> None:
    User.objects.update(is_active=False)
    ask(Client())
    assert not Mail.objects.exists()


def test_mails_to_one_address_are_limited(member: User) -> None:
    User.objects.update(sign_in_name="4711")
    browser = Client()
    for login in ("ada@firm.example", "ADA@firm.example", "4711", "ada@firm.example ", "ada@firm.example"):
        ask(browser, login)
    assert browser.post("/accounts/mail/", {"login": "ADA@firm.example"}).status_code == 429
    assert Mail.objects.count() == 5


def test_a_cache_that_is_down_lets_people_in(member: User, settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "core.cache.ForgivingCache",
            "LOCATION": "unix:///nowhere/redis.sock",
        }
    }
    assert ask(Client()).startswith("/accounts/mail/")
    browser = Client()
    browser.post("/accounts/login/", {"login": "ada@firm.example", "password": PASSWORD})
    assert signed_in_as(browser) == str(member.pk)


def test_last_login_is_not_kept() -> None:
    assert "last_login" not in [field.name for field in User._meta.get_fields()]


def test_a_session_is_renewed_by_use_at_most_daily(browser: Client, own_clock: None) -> None:
    browser.get("/me/")
    first = browser.session["renewed_at"]
    clock.advance(3600)
    assert "session" not in str(browser.get("/me/").cookies).lower()
    assert browser.session["renewed_at"] == first
    clock.advance(24 * 3600)
    assert browser.get("/me/").cookies
    assert browser.session["renewed_at"] > first


def test_the_rights_of_a_role_ask_again_after_twelve_hours(browser_of: BrowserOf, own_clock: None) -> None:
    hr = MemberFactory(roles=["hr"])
    browser = browser_of(hr)
    assert browser.get("/people/").status_code == 200
    clock.advance(12 * 3600 + 1)
    answer = browser.get("/people/?q=ada")
    assert answer["Location"] == "/accounts/again/?next=%2Fpeople%2F%3Fq%3Dada"
    assert browser.get("/me/").status_code == 200
    wrong = browser.post("/accounts/again/", {"password": "no no no no", "next": "/people/?q=ada"})
    assert "That is not your password" in wrong.content.decode()
    right = browser.post("/accounts/again/", {"password": PASSWORD, "next": "/people/?q=ada"})
    assert right["Location"] == "/people/?q=ada"
    assert browser.get("/people/").status_code == 200


def test_who_has_no_password_shows_it_again_by_mail(browser_of: BrowserOf, own_clock: None) -> None:
    hr = MemberFactory(roles=["hr"], password=None)
    browser = browser_of(hr)
    clock.advance(13 * 3600)
    page = browser.post("/accounts/again/", {"by_mail": "1", "next": "/people/"})["Location"]
    assert browser.post(page, {"code": code_of(Mail.objects.get())})["Location"] == "/people/"
    assert browser.get("/people/").status_code == 200


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page() -> None:
    answer = Client().post("/me/hours/", {}, headers={"Referer": "http://testserver/me/hours/"})
    assert answer["Location"] == "/accounts/login/?next=/me/hours/"


def test_a_part_asked_for_by_htmx_after_the_session_ended_moves_the_whole_page() -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/me/accounts/"}
    answer = Client().get("/me/accounts/", headers=headers)
    assert answer.status_code == 204 and answer["HX-Redirect"] == "/accounts/login/?next=/me/accounts/"


def test_signing_out_everywhere_else_keeps_this_session(member: User, browser_of: BrowserOf) -> None:
    here, there = browser_of(member), browser_of(member)
    here.post("/me/sign-out-elsewhere/")
    assert here.get("/me/").status_code == 200
    assert there.get("/me/").status_code == 302


def test_old_mails_are_forgotten(member: User) -> None:
    from accounts.tasks import tidy_sign_in

    ask(Client())
    SignInMail.objects.update(expires_at=clock.now() - timedelta(days=2))
    tidy_sign_in()
    assert not SignInMail.objects.exists()
