from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.actions.setup import code_file, setup_code
from accounts.models import Invitation, Organisation, PlatformApp, User
from accounts.queries import app_for, forget_kept
from tests.factories import PASSWORD, MemberFactory

pytestmark = pytest.mark.django_db
FILLED = {
    "name": "Bracken & Co", "accent": "#0a5c68", "languages": ["en", "de"], "country": "DE", "admin_name": "Tom",
    "admin_email": "tom@bracken.example", "admin_password": PASSWORD, "platform": "linkedin",
    "client_id": "client-1", "client_secret": "hush-hush", "invite_1": "ruth@bracken.example",
}  # fmt: skip


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = settings.MEDIA_ROOT = tmp_path
    settings.DEMO = False


@pytest.fixture
def inside() -> Client:
    browser = Client()
    browser.post("/setup/", {"code": setup_code()})
    return browser


def test_without_the_code_nothing_is_shown() -> None:
    setup_code()
    browser = Client()
    assert "admin_password" not in browser.get("/setup/").content.decode()
    answer = browser.post("/setup/", FILLED | {"code": "AAAA-BBBB-CCCC-DDDD"})
    assert answer.status_code == 422 and "not the code" in answer.content.decode()
    assert not User.objects.exists()


def test_the_code_is_for_the_owner_of_the_folder_only() -> None:
    assert setup_code() == setup_code() and len(setup_code()) == 19
    assert code_file().stat().st_mode & 0o077 == 0


def test_a_firm_is_set_up_in_one_go(inside: Client) -> None:
    out = BytesIO()
    Image.new("RGB", (900, 300), "navy").save(out, "PNG")
    answer = inside.post("/setup/", FILLED | {"logo": SimpleUploadedFile("logo.png", out.getvalue())})
    assert answer.status_code == 302
    firm, boss = Organisation.objects.get(), User.objects.get()
    assert (firm.name, firm.country, firm.time_zone, firm.languages) == (
        "Bracken & Co", "DE", "Europe/Berlin", ["en", "de"],
    )  # fmt: skip
    assert Image.open(firm.logo).size == (480, 160) and not firm.boards_on
    assert "administrator" in boss.roles and inside.session["_auth_user_id"] == str(boss.pk)
    forget_kept()
    assert app_for("linkedin").client_secret == "hush-hush"
    assert "hush" not in PlatformApp.objects.get().client_secret
    assert Invitation.objects.get().email == "ruth@bracken.example"
    assert not code_file().exists()


def test_afterwards_the_page_is_gone(inside: Client) -> None:
    inside.post("/setup/", FILLED)
    for browser in (inside, Client()):
        assert browser.get("/setup/").status_code == 404
        assert browser.post("/setup/", FILLED | {"admin_email": "eve@evil.example"}).status_code == 404
    assert User.objects.count() == 1


def test_where_there_is_an_administrator_there_is_no_set_up() -> None:
    MemberFactory(roles=["administrator"])
    assert Client().get("/setup/").status_code == 404


def test_a_faint_colour_is_refused_with_the_nearest_that_works(inside: Client) -> None:
    answer = inside.post("/setup/", FILLED | {"accent": "#ffee88"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "is the nearest that works" in page and "Bracken &amp; Co" in page
    assert not User.objects.exists() and not Organisation.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"accent": "red"}, {"country": "XX"}, {"admin_password": "short"}, {"client_secret": ""}, {"invite_2": "nobody"},
     {"languages": []}, {"admin_email": ""}, {"logo": SimpleUploadedFile("logo.png", b"no")}],
)  # fmt: skip
def test_anything_wrong_sets_up_nothing(inside: Client, wrong: dict[str, Any]) -> None:
    assert inside.post("/setup/", FILLED | wrong).status_code == 422
    assert not User.objects.exists() and not PlatformApp.objects.exists()


def test_a_test_message_says_what_is_missing(inside: Client, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    page = inside.post("/setup/", FILLED | {"test_mail": "1"}).content.decode()
    assert "No mail server is set" in page and "Bracken &amp; Co" in page and not User.objects.exists()


def test_without_mail_nobody_is_told_that_invitations_leave(inside: Client, settings: Any) -> None:
    settings.EMAIL_HOST, settings.SANDBOX = "", False
    page = inside.post("/setup/", FILLED, follow=True).content.decode()
    assert "is set up" in page and "on their way" not in page
    assert "Mail is not set up yet" in page and "EMAIL_HOST" in page and "slips of paper" in page


def test_with_mail_they_leave_if_there_are_any(inside: Client, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    page = inside.post("/setup/", FILLED | {"invite_1": ""}, follow=True).content.decode()
    assert "is set up" in page and "on their way" not in page and "Mail is not set up" not in page


def test_a_platform_that_cannot_be_connected_says_why(inside: Client, settings: Any) -> None:
    settings.SANDBOX, settings.BASE_URL = False, "http://advocacy.firm.example"
    page = inside.get("/setup/").content.decode()
    assert "Bluesky reads who we are at our https address" in page and "BASE_URL" in page
    assert "/me/accounts/linkedin/callback/" in page


def test_a_test_message_is_answered_also_beside_a_wrong_field(inside: Client, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    page = inside.post("/setup/", FILLED | {"test_mail": "1", "accent": "red", "name": ""}).content.decode()
    said = page.partition('id="mail"')[2]
    assert "data-focus" in said.partition("No mail server is set")[0]
    assert page.count("data-focus") == 1


def test_a_test_message_says_what_the_server_said(inside: Client, settings: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    page = inside.post("/setup/", FILLED | {"test_mail": "1"}).content.decode()
    assert "The mail server said" in page
