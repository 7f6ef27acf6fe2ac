"""Pages inside other apps: who is told, and of which app."""

import pytest
from django.test import Client

from core.shell.embedded import CLOSED, app_around
from tests.links.test_robots import PEOPLE

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"


@pytest.mark.parametrize(
    ("agent", "app"),
    [
        (f"{IPHONE} [LinkedInApp]/9.31.1", "LinkedIn"),
        (f"{IPHONE} [FBAN/FBIOS;FBAV/470.0;FBDV/iPhone15,2]", "Facebook"),
        (f"{IPHONE} [FBAN/MessengerForiOS;FBAV/87.0.0.24.69]", "Messenger"),
        (f"{ANDROID} Chrome/125.0 Mobile Safari/537.36 Instagram 332.0 Android", "Instagram"),
        (f"{ANDROID} Chrome/139.0 Mobile Safari/537.36 WA4A/2.26.30.97", "WhatsApp"),
        (f"{IPHONE} Outlook-iOS/745.0.prod.iphone (3.51.0)", "Outlook"),
        (f"{IPHONE} TeamsMobile-iOS", "Teams"),
        (f"{ANDROID} Chrome/125.0 Mobile Safari/537.36", "?"),
    ],
)
def test_an_app_is_known_by_what_it_says(agent: str, app: str) -> None:
    assert app_around(agent) == app


@pytest.mark.parametrize("agent", [one for one in PEOPLE[:6] if "Mobile/15E148 [" not in one])
def test_browsers_of_their_own_are_inside_nothing(agent: str) -> None:
    assert app_around(agent) == ""


@pytest.mark.django_db
def test_one_line_says_where_one_is_until_it_is_closed() -> None:
    inside = Client(headers={"user-agent": f"{IPHONE} [LinkedInApp]/9.31.1"})
    page = inside.get("/accounts/login/").content.decode()
    assert "You are reading this inside LinkedIn." in page and "put on the home screen" in page
    assert f'data-closes="{CLOSED}"' in page
    inside.cookies[CLOSED] = "1"
    assert "You are reading this inside" not in inside.get("/accounts/login/").content.decode()
    assert "You are reading this inside" not in Client().get("/accounts/login/").content.decode()


@pytest.mark.django_db
def test_on_android_nothing_is_said_of_a_home_screen() -> None:
    inside = Client(headers={"user-agent": f"{ANDROID} Chrome/125.0 Mobile Safari/537.36"})
    page = inside.get("/accounts/login/").content.decode()
    assert "You are reading this inside another app." in page and "home screen" not in page
