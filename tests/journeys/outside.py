"""What happens outside: readers of the platforms, strangers who follow a link, and figures that come back."""

import os
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Page

from links.models import ShortLink
from links.queries import address, visits
from reach.models import Reading, ReadingPlan
from recognition.models import LedgerRow
from tests.control import control
from tests.journeys.patience import until

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
# Ranges set aside for documentation: nobody real lives there. Neighbours in one network count as one visitor.
HOMES = ("192.0.2.11", "198.51.100.12", "203.0.113.13", "2001:db8:14::1")
AN_HOUR_AND_A_MINUTE = 3660


def reads(page: Page, post: str, words: str) -> None:
    page.goto(post)
    page.get_by_text(words).first.wait_for()
    page.close()


def ledger() -> list[dict[str, Any]]:
    """What the platforms really published."""
    return list(control("GET", "/ledger")["posts"])


def strangers_click() -> int:
    """One visit through each short link that stands in a post; counted where the product counts."""
    links = {link.code: link for link in ShortLink.objects.all()}
    posted = [links[post["marker"]] for post in ledger()]
    for link, home in zip(posted, HOMES, strict=True):
        headers = {"User-Agent": BROWSER, "X-Forwarded-For": home, "Accept": "text/html"}
        answer = requests.get(address(link), headers=headers, allow_redirects=False, timeout=10)
        assert answer.status_code in (301, 302, 303, 307), answer.status_code
        assert answer.headers["Location"] == link.target
        assert "Set-Cookie" not in answer.headers
    counted = [link.pk for link in posted]
    until("the visits are counted", lambda: sum(visits(counted).values()) == len(posted))
    return len(posted)


def figures_come_back() -> int:
    """People like the posts, an hour passes, and the product reads it where a platform tells it."""
    told = [post for post in ledger() if post["platform"] != "linkedin"]  # self-serve LinkedIn tells no figures
    for post in told:
        control("POST", "/figures", platform=post["platform"], post_id=post["post_id"], likes=7)
    # A post first seen after its first hour would be read at its second moment only, tomorrow.
    until("the readings are planned", lambda: ReadingPlan.objects.count() >= len(told))
    Path(os.environ["CLOCK_FILE"]).write_text(str(AN_HOUR_AND_A_MINUTE))
    until("the figures are read", lambda: posts_read() == len(told))
    return posts_read()


def posts_read() -> int:
    return Reading.objects.filter(likes=7).values("share").distinct().count()


def visits_earned_points() -> bool:
    return LedgerRow.objects.filter(rule="visits").exists()
