"""What comes to people where they are, with pictures: the digest by mail, ended with one click; the digest by push; a
story in a team's channel. Run by main.py, in an installation of its own.

The push goes its whole way but for the browser's maker: encrypted and signed, carried by our door to a push service on
this machine, opened with the browser's key, and handed to the service worker of a real browser.
"""

import tests.browser.setting  # noqa: F401 - Django has to be set up first

# isort: split

import json
import os
import sys
import time
import urllib.error
import urllib.request
from base64 import urlsafe_b64encode
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Page

from accounts.models import User
from content.actions.channels import ChannelWords, add_channel
from content.models import Story
from core import clock
from notifications.models import Wishes
from notifications.pushing import allow_browser
from tests.browser.chromium import Complaints, launched
from tests.journeys.firm import address, make_firm
from tests.journeys.patience import until
from tests.journeys.trouble import ALWAYS, PICTURES, live_story
from tests.journeys.way import PHONE, say, signed_in

SANDBOX = os.environ["SANDBOX_URL"]
BROWSER = "/push/adas-phone"
TITLES = ("A crane that lifts itself", "Rye, and how it grows", "What a mill weighs")
WIDTHS = (320, 390, 1280)
LOCKED = """<!doctype html><title>Push</title><body style="margin:0;background:#31424d;font:15px system-ui;color:#111">
<div style="margin:6rem 1rem;padding:1rem;border-radius:1rem;background:#f4f6f7;display:flex;gap:.75rem">
<img src="{icon}" width="40" height="40" alt=""><div><b>{title}</b><br>{body}<br>
<small style="color:#555">opens {url}</small></div></div>"""


def main() -> int:
    began = time.monotonic()
    make_firm()
    PICTURES.mkdir(parents=True, exist_ok=True)
    ada = User.objects.get(email=address("Ada"))
    User.objects.filter(pk=ada.pk).update(working_hours=ALWAYS)
    a_channel()
    stories = [live_story(title) for title in TITLES]
    complaints = Complaints()
    with launched() as browser:
        page = signed_in(browser, complaints, "Ada", PHONE)
        in_a_channel(browser, stories[0])
        digest(ada)
        by_mail(browser, ada)
        by_push(browser, page, ada)
        ended_with_one_click(browser, ada)
    if complaints:
        print("journey: the browser complained:", *complaints, sep="\n  ", file=sys.stderr)
        return 1
    parts = "channel=ok mail=ok push=ok one_click=ok"
    print(f"journey: messages ok {parts} seconds={time.monotonic() - began:.0f}", flush=True)
    return 0


def a_channel() -> None:
    given = ChannelWords("slack", "en", f"{SANDBOX}/hooks/slack/T0/B1/adas-team")
    add_channel(actor=User.objects.get(email=address("Olga")), given=given, at=clock.now())


def in_a_channel(browser: Browser, story: Story) -> None:
    """A story that goes live is told in the channel, once, with where to read and share it."""
    page = browser.new_page(viewport={"width": 720, "height": 700})
    told = page.locator("article", has_text=story.title)

    def is_told() -> bool:
        page.goto(f"{SANDBOX}/channels/")
        return told.count() > 0

    until("the channel is told", is_told, seconds=60)
    assert told.count() == 1 and page.get_by_text(f"/stories/{story.pk}/").count() >= 1
    page.screenshot(path=PICTURES / "journey-channel.png")
    page.close()
    say("a channel was told of the stories")


def digest(ada: User) -> None:
    """By mail and by push, due now."""
    known = ec.generate_private_key(ec.SECP256R1())
    point = known.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    secret = os.urandom(16)
    Keys.private, Keys.secret = known, secret
    endpoint = os.environ["JOURNEY_ORIGIN"] + BROWSER
    allow_browser(
        actor=ada, endpoint=endpoint, p256dh=text(point), auth=text(secret), browser="A phone", at=clock.now()
    )
    due(ada, channels={"digest": ["mail", "push"]}, digest="day")


def due(ada: User, **changes: Any) -> None:
    Wishes.objects.update_or_create(member=ada, defaults={"digest_due_at": clock.now(), **changes})


class Keys:
    """What only Ada's browser knows."""

    private: ec.EllipticCurvePrivateKey
    secret: bytes


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def by_mail(browser: Browser, ada: User) -> None:
    mail = until("the digest has come", lambda: digest_in_the_post(ada), seconds=60)
    plain, html = (part_of(mail, kind) for kind in ("plain", "html"))
    assert all(title in plain and escape(title) in html for title in TITLES), plain
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page.set_content(html)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{wide} px at {width}"
            page.screenshot(path=PICTURES / f"journey-digest-{scheme}-{width}.png", full_page=True)
            page.close()
    say("the digest fits 320 px, light and dark")


def digest_in_the_post(ada: User) -> EmailMessage | None:
    mail = message_from_bytes(came(f"/mail/{ada.email}"), policy=policy.default)
    return mail if "picked for you" in (mail["Subject"] or "") else None


def part_of(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def by_push(browser: Browser, page: Page, ada: User) -> None:
    """What the push service was given is for Ada's browser alone, and says nothing private."""
    until("the push is sent", lambda: came(BROWSER), seconds=60)
    opened = http_ece.decrypt(came(BROWSER), private_key=Keys.private, auth_secret=Keys.secret, version="aes128gcm")
    payload = json.loads(opened)
    assert payload["body"] in TITLES and ada.name not in opened.decode()
    page.context.grant_permissions(["notifications"])
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    hand_over(page, opened.decode())
    page.wait_for_function("async () => (await (await navigator.serviceWorker.ready).getNotifications()).length > 0")
    shown = page.evaluate(
        """async () => (await (await navigator.serviceWorker.ready).getNotifications())
        .map(one => ({title: one.title, body: one.body, icon: one.icon, url: one.data.url}))"""
    )
    assert len(shown) == 1 and shown[0]["url"].startswith("/stories/"), shown
    shown[0]["icon"] = page.evaluate("icon => new URL(icon, location.href).href", shown[0]["icon"])
    locked = browser.new_page(viewport={"width": PHONE[0], "height": 400})
    locked.set_content(LOCKED.format(**{name: escape(str(value)) for name, value in shown[0].items()}))
    locked.wait_for_load_state("networkidle")
    locked.screenshot(path=PICTURES / f"journey-push-{PHONE[0]}.png")
    locked.close()
    page.goto(shown[0]["url"])
    page.get_by_label("Your words").wait_for()
    page.screenshot(path=PICTURES / f"journey-push-opened-{PHONE[0]}.png")
    say("the push came to the service worker, and opened the composer")


def came(where: str) -> bytes:
    """What came there last, or nothing."""
    try:
        with urllib.request.urlopen(os.environ["JOURNEY_ORIGIN"] + where, timeout=5) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError:
        return b""


def hand_over(page: Page, payload: str) -> None:
    """As the browser does when its maker's push service rings."""
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: found.extend(one["registrationId"] for one in said["registrations"] if not one["isDeleted"]),
    )
    session.send("ServiceWorker.enable")
    until("the browser names its service worker", lambda: page.evaluate("1") and bool(found))
    wanted = {"origin": os.environ["BASE_URL"], "registrationId": found[0], "data": payload}
    session.send("ServiceWorker.deliverPushMessage", wanted)


def ended_with_one_click(browser: Browser, ada: User) -> None:
    """As a mail program does it: no session, no page, one POST. A look alone changes nothing."""
    mail = digest_in_the_post(ada)
    assert mail and mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = mail["List-Unsubscribe"].strip(" <>")
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.goto(stop)
    page.screenshot(path=PICTURES / f"journey-stop-{PHONE[0]}.png")
    page.close()
    assert Wishes.objects.get(member=ada).digest == "day"
    with urllib.request.urlopen(stop, data=b"List-Unsubscribe=One-Click", timeout=10) as answer:
        assert answer.status == 200
    wishes = Wishes.objects.get(member=ada)
    assert wishes.digest == "" and wishes.digest_due_at is None
    say("one click ended the mails")


if __name__ == "__main__":
    sys.exit(main())
