"""Whatever is typed, pasted or sent by a machine: an answer with a sentence, and nothing half done."""

import random
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from connectors import assisted
from core import clock
from notifications.actions import tell
from notifications.models import Notice
from shares.models import SavedDraft
from tests.factories import MemberFactory, StoryFactory

pytestmark = pytest.mark.django_db
NASTY = [
    "\0",
    "a\0b",
    "²",
    "١",
    "9" * 40,
    "9" * 5000,
    "-1",
    "1e9",
    "\ud800",
    "a\udfffb",
    "%00",
    "\u202e",
    "{}",
    "x" * 70_000,
]
TARGET = next(iter(assisted.TARGETS))


@pytest.fixture
def browser(settings: Any) -> Client:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    client = Client()
    client.force_login(MemberFactory(roles=["administrator", "curator", "hr"]))
    session = client.session
    session["proved_at"] = clock.now().timestamp()
    session.save()
    return client


def places(story: int) -> list[tuple[str, str, str]]:
    """Method, address and the field that is read there."""
    return [
        ("get", "/people/", "team"),
        ("get", "/people/", "q"),
        ("get", "/people/", "page"),
        ("get", "/me/accounts/mastodon/", "account"),
        ("get", "/me/accounts/mastodon/", "next"),
        ("get", "/me/accounts/mastodon/callback/", "state"),
        ("get", "/accounts/again/", "next"),
        ("get", "/curate/", "lane"),
        ("get", "/curate/", "q"),
        ("get", "/impact/", "by"),
        ("get", "/teams/", "period"),
        ("get", "/", "page"),
        ("post", "/join/", "code"),
        ("post", "/accounts/login/", "login"),
        ("post", "/accounts/mail/", "next"),
        ("post", "/accounts/mail/", "login"),
        ("post", "/me/notices/read/", "notice"),
        ("post", "/me/accounts/mastodon/start/", "address"),
        ("post", "/people/invite/", "email"),
        ("post", "/people/teams/", "name"),
        ("post", "/channels/", "address"),
        ("post", "/me/", "name"),
        ("post", reverse("shares:draft", args=[story]), "words"),
        ("post", reverse("shares:draft", args=[story]), "use"),
        ("post", reverse("shares:compose", args=[story]), "words"),
        ("post", reverse("shares:draft", args=[story]), "warning"),
        ("post", "/curate/stories/new/", "attachment_kept"),
        ("post", reverse("shares:by_hand", args=[story]), "words"),
    ]


def test_no_field_of_any_page_breaks_it(browser: Client) -> None:
    """Any order and any companions; the seed is fixed so that a failure comes again."""
    dice, story = random.Random(7), StoryFactory().pk
    for method, address, field in places(story):
        for value in dice.sample(NASTY, 6) + ["\0"]:
            fields = {
                field: value,
                dice.choice(["csrf", "code", "do", "x\0" if value == "\0" else "x"]): dice.choice("1²a"),
            }
            if address.endswith("/by-hand/"):
                fields["target"] = TARGET
            try:
                answer = getattr(browser, method)(address, fields)
            except UnicodeEncodeError:
                continue  # the browser of the tests cannot send this; see below for what can
            assert answer.status_code < 500, (method, address, fields)
            assert answer.status_code == 400 or "\0" not in value, (method, address, fields)


@pytest.mark.parametrize(
    "address", ["/join/%00/", "/media/%00", "/admin/%00/", "/go/%00abcdef", "/people/%00", "/handed-out/%00"]
)
def test_no_address_holds_such_a_character(browser: Client, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 404 and "<h1" in answer.content.decode()


def test_the_answer_is_a_page_with_a_sentence_and_nothing_is_changed(browser: Client) -> None:
    story = StoryFactory()
    answer = browser.post(reverse("shares:draft", args=[story.pk]), {"words": "a\0b"})
    assert answer.status_code == 400 and "Go back" in answer.content.decode()
    assert answer["X-Request-ID"] and "default-src" in answer["Content-Security-Policy"]
    assert not SavedDraft.objects.exists()


def test_a_field_of_an_upload_is_read_too_and_the_file_is_left_alone(browser: Client) -> None:
    file = SimpleUploadedFile("a.png", b"\x89PNG\0\0\0", content_type="image/png")
    assert browser.post("/me/", {"name": "a\0b", "photo": file}).status_code == 400
    file.seek(0)
    assert browser.post("/me/", {"name": "Ada", "photo": file}).status_code == 422


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "base64", "idna", "no-such"])
@pytest.mark.parametrize("text", [rb"\ud800", b"+2AA-", "ü".encode()])
def test_no_charset_makes_unkeepable_text_of_a_form(browser: Client, charset: str, text: bytes) -> None:
    address = reverse("shares:draft", args=[StoryFactory().pk])
    body = b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n' + text + b"\r\n--x--\r\n"
    for kind, sent in (
        ("multipart/form-data; boundary=x", body),
        ("application/x-www-form-urlencoded", b"words=" + text),
    ):
        assert browser.generic("POST", address, sent, content_type=f"{kind}; charset={charset}").status_code < 500


@pytest.mark.parametrize(("charset", "text"), [("unicode_escape", "%5Cud800"), ("utf-7", "%2B2AA-")])
def test_nor_of_a_query(browser: Client, charset: str, text: str) -> None:
    kind = f"text/plain; charset={charset}"
    assert browser.get("/people/", QUERY_STRING=f"q={text}", CONTENT_TYPE=kind).status_code == 400


def test_a_cookie_nobody_of_ours_has_set_locks_nobody_out(browser: Client) -> None:
    browser.cookies["other"] = "a\0b"
    assert browser.get("/people/").status_code == 200
    browser.cookies[settings.SESSION_COOKIE_NAME] = "abcdefgh\0"
    assert browser.get("/people/").status_code == 302


def test_a_notice_nobody_can_name_marks_none_as_read(browser: Client) -> None:
    member = MemberFactory()
    browser.force_login(member)
    tell(member=member, kind="a", text="For me", at=clock.now())
    for number in ("²", "", "9" * 5000):
        browser.post("/me/notices/read/", {"notice": number})
    assert Notice.objects.filter(read_at=None).count() == 1


def test_json_is_left_to_the_view_that_reads_it(browser: Client) -> None:
    answer = browser.post("/me/notices/read/", '{"a": "\\u0000"}', content_type="application/json")
    assert answer.status_code == 302
