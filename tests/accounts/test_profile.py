import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import LinkedAccount, User
from core import clock
from links.actions import make_link
from notifications.actions import note_bounce, send_mail
from notifications.models import Mail
from tests.factories import LinkedAccountFactory, MemberFactory

pytestmark = pytest.mark.django_db
FILLED = {"name": "Ada King", "language": "en", "country": "GB", "time_zone": "Europe/London", "counts_clicks": "on"}


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(width: int = 900, height: int = 600, kind: str = "JPEG") -> SimpleUploadedFile:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    Image.new("RGB", (width, height), "teal").save(out, kind, exif=exif)
    return SimpleUploadedFile("me.jpg", out.getvalue(), content_type="image/jpeg")


def test_a_member_changes_what_is_said_about_them(browser: Client, member: User) -> None:
    answer = browser.post("/me/", FILLED | {"country": "DE", "time_zone": "Europe/Berlin", "counts_clicks": ""})
    assert answer.status_code == 302
    member.refresh_from_db()
    assert (member.name, member.country, member.time_zone, member.counts_clicks) == (
        "Ada King", "DE", "Europe/Berlin", False,
    )  # fmt: skip


def test_who_switches_click_counting_off_has_no_link_counted_any_more(browser: Client, member: User) -> None:
    link = make_link(target="https://firm.example/a", group="story:1", owner=member, at=clock.now())
    browser.post("/me/", FILLED | {"counts_clicks": ""})
    link.refresh_from_db()
    assert not link.counts
    browser.post("/me/", FILLED)
    link.refresh_from_db()
    assert link.counts


def test_nothing_else_can_be_slipped_in(browser: Client, member: User) -> None:
    browser.post("/me/", FILLED | {"roles": "administrator", "email": "x@evil.example", "is_active": "", "team": "1"})
    member.refresh_from_db()
    assert member.roles == [] and member.email == "ada@firm.example" and member.is_active


@pytest.mark.parametrize(
    "wrong", [{"time_zone": "Mars/Olympus"}, {"country": "XX"}, {"language": "tlh"}, {"name": ""}, {"name": "x" * 200}]
)
def test_what_does_not_exist_is_refused_and_nothing_changes(browser: Client, member: User, wrong: dict) -> None:
    assert browser.post("/me/", FILLED | wrong).status_code == 422
    member.refresh_from_db()
    assert member.name == "Ada Lovelace"


def test_a_picture_is_cut_small_and_loses_what_was_hidden_in_it(browser: Client, member: User) -> None:
    browser.post("/me/", FILLED | {"photo": picture()})
    member.refresh_from_db()
    raw = member.picture.read()
    saved = Image.open(BytesIO(raw))
    assert saved.size == (256, 256) and saved.format == "PNG" and b"secret" not in raw


def test_a_new_picture_replaces_the_old_file(browser: Client, member: User, tmp_path: Any) -> None:
    browser.post("/me/", FILLED | {"photo": picture()})
    browser.post("/me/", FILLED | {"photo": picture(kind="PNG")})
    assert len(list((tmp_path / "members").iterdir())) == 1
    browser.post("/me/", FILLED | {"no_photo": "on"})
    member.refresh_from_db()
    assert not member.picture and not list((tmp_path / "members").iterdir())


@pytest.mark.parametrize("raw", [b"not a picture", b"<svg onload=alert(1)>", b"GIF89a\x00\x00", b"\x89PNG\r\n\x1a\n"])
def test_a_file_that_is_no_picture_says_so(browser: Client, member: User, raw: bytes) -> None:
    answer = browser.post("/me/", FILLED | {"photo": SimpleUploadedFile("me.jpg", raw)})
    assert answer.status_code == 422 and "cannot read this picture" in answer.content.decode()
    member.refresh_from_db()
    assert not member.picture


def test_the_page_speaks_the_members_time_zone(browser: Client, member: User) -> None:
    User.objects.update(time_zone="Asia/Kolkata")
    LinkedAccountFactory(member=member, expires_at=clock.now())
    assert "Asia/Kolkata" in browser.get("/me/hours/").content.decode()
    assert browser.get("/me/accounts/").status_code == 200


def test_a_time_zone_that_went_away_is_no_error(browser: Client) -> None:
    User.objects.update(time_zone="Mars/Olympus", language="tlh")
    assert browser.get("/me/accounts/").status_code == 200


def hours(**changes: str) -> dict[str, str]:
    filled = {}
    for day in range(7):
        filled |= {f"from_{day}": "09:00", f"to_{day}": "17:00"}
        filled |= {f"works_{day}": "on"} if day < 5 else {}
    return filled | changes


def test_hours_are_unknown_until_chosen_and_can_be_taken_back(browser: Client, member: User) -> None:
    assert member.working_hours is None
    browser.post("/me/hours/", hours(from_0="08:30"))
    member.refresh_from_db()
    assert member.working_hours == [[510, 1020]] + [[540, 1020]] * 4 + [None, None]
    browser.post("/me/hours/", {"none": "1"})
    member.refresh_from_db()
    assert member.working_hours is None


@pytest.mark.parametrize("wrong", [{"to_0": "08:00"}, {"from_0": ""}, {"from_0": "late"}])
def test_hours_that_end_before_they_start_are_refused(browser: Client, member: User, wrong: dict) -> None:
    assert browser.post("/me/hours/", hours(**wrong)).status_code == 422
    member.refresh_from_db()
    assert member.working_hours is None


def link_of(mail: Mail) -> str:
    return re.search(r"(/accounts/address/\S+)", mail.text)[1]  # type: ignore[index]


def test_an_address_changes_once_the_new_one_is_confirmed_and_the_old_one_is_told(
    browser: Client, member: User
) -> None:
    browser.post("/me/address/", {"email": "Ada@New.example"})
    member.refresh_from_db()
    assert member.email == "ada@firm.example"
    link = link_of(Mail.objects.get(to="ada@new.example"))
    assert browser.get(link).status_code == 200 and browser.head(link).status_code == 200
    browser.post(link)
    member.refresh_from_db()
    assert member.email == "ada@new.example"
    assert "ada@new.example" in Mail.objects.get(to="ada@firm.example").text
    assert browser.post(link).status_code == 410


def test_a_link_for_an_address_runs_out_and_cannot_be_made_up(browser: Client, own_clock: None) -> None:
    browser.post("/me/address/", {"email": "ada@new.example"})
    link = link_of(Mail.objects.get())
    assert browser.post(link.replace("address/", "address/x")).status_code == 410
    clock.advance(3 * 24 * 3600 + 1)
    assert browser.post(link).status_code == 410


def test_a_colleagues_address_is_not_taken_over(browser: Client, member: User) -> None:
    MemberFactory(email="grace@firm.example")
    browser.post("/me/address/", {"email": "grace@firm.example"})
    answer = Client().post(link_of(Mail.objects.get()))
    assert answer.status_code == 410 and "Another member" in answer.content.decode()
    member.refresh_from_db()
    assert member.email == "ada@firm.example"


def test_a_sign_in_name_is_ones_own(browser: Client, member: User) -> None:
    MemberFactory(sign_in_name="4711")
    assert browser.post("/me/sign-in-name/", {"sign_in_name": "4711"}).status_code == 422
    browser.post("/me/sign-in-name/", {"sign_in_name": "Ada.L"})
    member.refresh_from_db()
    assert member.sign_in_name == "ada.l"
    browser.post("/me/sign-in-name/", {"sign_in_name": ""})
    member.refresh_from_db()
    assert member.sign_in_name is None


def test_mail_that_comes_back_is_said_on_the_profile(browser: Client, member: User) -> None:
    mail = send_mail(to="ada@firm.example", subject="Hello", text="Hello", at=clock.now())
    Mail.objects.update(state="sent")
    mail.refresh_from_db()
    assert "came back" not in browser.get("/me/").content.decode()
    note_bounce(mail=mail, reason="550 no such user", at=clock.now())
    assert "came back" in browser.get("/me/").content.decode()


def test_a_member_leaves_by_their_own_wish(browser: Client, member: User) -> None:
    account = LinkedAccountFactory(member=member)
    assert browser.get("/me/leave/").status_code == 200
    member.refresh_from_db()
    assert member.is_active
    assert "You have left" in browser.post("/me/leave/").content.decode()
    member.refresh_from_db()
    assert not member.is_active and LinkedAccount.objects.get(pk=account.pk).state == "unlinked"
    assert browser.get("/me/").status_code == 302


@pytest.mark.parametrize("page", ["/me/", "/me/hours/", "/me/address/", "/me/sign-in-name/", "/me/leave/"])
def test_a_profile_wants_a_member(page: str) -> None:
    assert Client().get(page)["Location"] == f"/accounts/login/?next={page}"


@pytest.mark.parametrize(
    "page",
    [
        "/accounts/passkeys/", "/accounts/passkeys/add/", "/accounts/password/change/", "/accounts/passkeys/again/",
        "/accounts/again/", "/accounts/logout/",
    ],
)  # fmt: skip
def test_pages_of_ones_own_way_in_are_drawn_by_us(browser: Client, page: str) -> None:
    text = browser.get(page, follow=True).content.decode()
    assert 'class="page ' in text and "<script data-allauth" not in text


@pytest.mark.parametrize(
    "page",
    ["/accounts/login/", "/accounts/mail/", "/accounts/help/", "/accounts/password/reset/", "/join/",
     "/accounts/password/reset/done/", "/accounts/inactive/", "/accounts/password/reset/key/1-abc/"],
)  # fmt: skip
def test_pages_before_signing_in_are_drawn_by_us(db: None, page: str) -> None:
    answer = Client().get(page, follow=True)
    assert answer.status_code == 200 and 'class="page ' in answer.content.decode()


def test_a_new_password_by_mail(member: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "notifications.backend.RowBackend"
    Client().post("/accounts/password/reset/", {"email": "ada@firm.example"})
    mail = Mail.objects.get(to="ada@firm.example")
    link = re.search(r"(/accounts/password/reset/key/\S+)", mail.text)[1]  # type: ignore[index]
    browser = Client()
    page = browser.get(link)["Location"]
    browser.post(page, {"password1": "brand new words", "password2": "brand new words"})
    member.refresh_from_db()
    assert member.check_password("brand new words")


@pytest.mark.parametrize("day", ["2090-01-01", "9999-12-31"])
def test_nobody_says_they_are_away_for_longer_than_a_year_ahead(browser: Client, member: User, day: str) -> None:
    refused = browser.post("/me/", FILLED | {"away_until": day})
    assert refused.status_code == 422 and "within a year from now" in refused.content.decode()
    member.refresh_from_db()
    assert member.away_until is None
