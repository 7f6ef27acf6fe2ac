"""One good example for each kind of number and code in an address, from the demo organisation's tables."""

import re
from functools import cache

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from accounts.actions.addresses import ask_to_confirm
from accounts.actions.invitations import invite
from accounts.actions.sign_in import mail_sign_in
from accounts.models import LinkedAccount, User
from advocacy.tour import ROLES
from audiences.models import Audience, MemberList
from content.actions import begin_launch, check_import, make_poster_link, stop_launch
from content.models import Campaign, Channel, DisclosureRule, Feed, Maker, Phrase, Story
from core import clock
from guidelines.models import Due, Guideline, Pack, Question, Receipt, Version
from learning.models import Certificate, WrittenLesson
from links.actions import make_link
from notifications import stopping
from notifications.models import Mail
from shares import opening
from shares.models import Mishap, SavedDraft, Share


@cache
def person(role: str) -> User:
    return User.objects.get(email=ROLES[role])


@cache
def colleague() -> int:
    """Somebody without a role, so that HR may do everything."""
    known = User.objects.filter(is_active=True, roles=[], email__isnull=False).exclude(email__in=ROLES.values())
    return known.order_by("pk").values_list("pk", flat=True)[0]


def stop_token() -> str:
    """Of a mail to Mina: whoever holds it may end such mails."""
    return stopping.address(person("member"), "accounts").rstrip("/").rpartition("/")[2]


def opening_token() -> str:
    """Of a story in a mail to Mina."""
    chosen = Story.objects.get(pk=story("live"))
    return opening.address(chosen, person("member"), clock.now()).rstrip("/").rpartition("/")[2]


@cache
def story_that_ended() -> int:
    """While Mina was writing."""
    ended = Story.objects.filter(state__in=["withdrawn", "expired"], live_at__isnull=False, audience=None).earliest(
        "pk"
    )
    content = {"words": "I drew the steering on this one, so I held my breath when the hill came."}
    SavedDraft.objects.get_or_create(
        member=person("member"), story=ended, defaults={"content": content, "saved_at": clock.now()}
    )
    return int(ended.pk)


@cache
def story(state: str) -> int:
    # Nobody approves what they sent themselves, so the curator looks at somebody else's.
    # A page on the web, as most are; other kinds are asked for by their own names.
    found = (
        Story.objects.filter(state=state, kind="web", audience=None)
        .exclude(submitted_by=person("curator"), state="in_review")
        .order_by("-pk")
    )
    # Mina has shared some already; the composer is looked at with a story that is new to her.
    return found.exclude(shares__member=person("member")).values_list("pk", flat=True)[0]


@cache
def looked_at_file() -> int:
    table = b"title;address;words 1\nWhat the rain taught us;https://blog.example/rain;It rained, and we learnt.\n"
    return check_import(actor=person("curator"), content=table, name="november.csv", at=clock.now()).pk


@cache
def story_of(kind: str) -> int:
    return Story.objects.filter(state="live", kind=kind).values_list("pk", flat=True)[0]


@cache
def story_with_poster() -> int:
    chosen = Story.objects.filter(state="live").order_by("pk")[0]
    make_poster_link(actor=person("curator"), story=chosen, at=clock.now())
    return chosen.pk


@cache
def link_that_is_over() -> str:
    at = clock.now()
    return make_link(target="https://example.org/", group="story:0", owner=None, at=at, ends_at=at).code


@cache
def pictured(state: str) -> int:
    """A story whose posts hold pictures."""
    return Story.objects.filter(state=state, attachments__isnull=False).values_list("pk", flat=True)[0]


@cache
def share(state: str) -> int:
    mine = Share.objects.filter(member=person("member"), state=state)
    return mine.order_by("-due_at").values_list("pk", flat=True)[0]


@cache
def linked_account() -> int:
    mine = LinkedAccount.objects.filter(member=person("member")).exclude(state="unlinked")
    return mine.order_by("pk").values_list("pk", flat=True)[0]


@cache
def feed() -> int:
    return Feed.objects.order_by("pk").values_list("pk", flat=True)[0]


@cache
def article() -> str:
    address = Story.objects.filter(url__contains="/demo/stories/").values_list("url", flat=True)[0]
    return address.rstrip("/").rpartition("/")[2]


@cache
def invitation() -> str:
    return invite(actor=person("hr"), name="Wanda Example", at=clock.now())[1]


@cache
def mail_key() -> str:
    return str(mail_sign_in(typed=ROLES["member"], return_to="", at=clock.now()).key)


def newest_link(to: str, pattern: str) -> str:
    text = Mail.objects.filter(to=to).order_by("-pk").values_list("text", flat=True)[0]
    found = re.search(pattern, text)
    assert found, f"The mail to {to} holds no link like {pattern}"
    return found[1]


@cache
def mail_token() -> str:
    mail_key()
    stem = reverse("accounts:mail_button", args=["T"]).partition("T")[0]
    return newest_link(ROLES["member"], re.escape(stem) + r"([\w-]+)")


@cache
def address_key() -> str:
    ask_to_confirm(member=person("member"), email="mina@home.example", at=clock.now())
    return newest_link("mina@home.example", r"/accounts/address/([^\s/]+)/")


@cache
def mail() -> int:
    mail_key()
    return Mail.objects.order_by("-pk").values_list("pk", flat=True)[0]


def lent() -> Share:
    found = Share.objects.filter(state="published", story__makers__lends_post=True).exclude(post_url="")
    return found.filter(story__makers__member=F("member")).order_by("pk")[0]


@cache
def lent_story() -> int:
    return lent().story_id


@cache
def lent_post() -> int:
    return lent().pk


@cache
def maker() -> int:
    return Maker.objects.filter(member=person("member")).order_by("pk").values_list("pk", flat=True)[0]


@cache
def guideline() -> int:
    return int(Guideline.objects.get(name="Speaking about us online").pk)


def version(state: str) -> int:
    return Version.objects.filter(state=state).order_by("-pk").values_list("pk", flat=True)[0]


def question(state: str) -> int:
    return Question.objects.filter(state=state).order_by("pk").values_list("pk", flat=True)[0]


def due() -> int:
    """Of somebody who has no device, say."""
    return Due.objects.filter(state="open").exclude(member=person("member")).values_list("pk", flat=True)[0]


@cache
def mishap() -> int:
    """Of the curator, since the member's own page shows the form; HR helps."""
    curator = person("curator")
    found = Mishap.objects.create(
        member=curator, helper=person("hr"), began_at=clock.now(), words="I named a customer."
    )
    found.shares.set(Share.objects.filter(member=curator, account__isnull=False).order_by("-pk")[:2])
    return found.pk


def receipt() -> int:
    return Receipt.objects.filter(member=person("member"), kind="signed").values_list("pk", flat=True)[0]


def lesson(state: str) -> int:
    """One that curators have written."""
    return WrittenLesson.objects.filter(state=state).order_by("pk").values_list("pk", flat=True)[0]


def certificate() -> str:
    return str(Certificate.objects.filter(member=person("member")).values_list("number", flat=True)[0])


def pack() -> int:
    return Pack.objects.order_by("pk").values_list("pk", flat=True)[0]


@cache
def phrase() -> int:
    return Phrase.objects.order_by("pk").values_list("pk", flat=True)[0]


def closed_story() -> int:
    return Story.objects.filter(audience__isnull=False, state="live").values_list("pk", flat=True)[0]


def audience() -> int:
    return Audience.objects.exclude(name="").order_by("pk").values_list("pk", flat=True)[0]


def member_list() -> int:
    return MemberList.objects.values_list("pk", flat=True)[0]


def campaign() -> int:
    return Campaign.objects.get(has_prizes=True).pk


@cache
def launch() -> int:
    """Of the other campaign, stopped before anybody was told."""
    other = Campaign.objects.filter(has_prizes=False, state="open").order_by("pk")[0]
    with transaction.atomic():  # the worker hears of it when it has stopped
        begun = begin_launch(actor=person("curator"), campaign=other, shown=10_000, at=clock.now())
        return stop_launch(actor=person("curator"), launch=begun, at=clock.now()).pk


def disclosure() -> int:
    return DisclosureRule.objects.get(country="DE", language="").pk


def channel() -> int:
    return Channel.objects.filter(hook__state="open").order_by("pk").values_list("pk", flat=True)[0]


def broken_channel() -> int:
    return Channel.objects.get(hook__state="broken").pk
