"""No page says a word of ours past the catalogue. In a made-up language every string that went through it stands in
brackets; what is left outside of them, and is not data, would be English on a German page."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import Organisation
from core import clock
from core.templatetags.times import forget_written
from guidelines.rehearsing import scenes
from guidelines.starting import starters
from learning.shipped import lessons, paths
from tests.browser.pages import VISITS
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory

pytestmark = pytest.mark.django_db
PEOPLE = {
    "stranger": None, "member": [], "curator": ["curator"], "hr": ["hr"], "administrator": ["administrator"],
}  # fmt: skip
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[A-Za-z]{3,}")
SAID = ("alt", "aria-label", "placeholder", "title", "data-label")
UNSAID = {"script", "style", "code", "svg", "option", "time", "textarea"}
# Names, and words that are the same everywhere.
NAMES = """Advocacy Example Ines Okafor Story Team LinkedIn Mastodon Bluesky Threads Facebook Instagram WhatsApp Reddit
    USD Telegram Xing Deutsch English GMT UTC QR PDF CSV JPEG PNG RSS Atom Passkeys Slack Microsoft Teams"""
LEFT_OUT = {"tour", "styleguide", "article"}  # the invented firm, and the drawings of components


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in ("input", "img", "meta", "link", "br", "hr", "wbr", "source", "path", "circle", "use"):
            self.within.append("code" if "translate" in given else tag)
        self.found += [value for name in SAID if (value := given.get(name))]

    def handle_endtag(self, tag: str) -> None:
        if self.within:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        if not UNSAID & set(self.within):
            self.found.append(data)


def unmarked(text: str) -> str:
    while MARKED.search(text):
        text = MARKED.sub(" ", text)
    return text


def leftovers(page: str, known: set[str]) -> Iterator[str]:
    words = Words()
    words.feed(unmarked(page))
    for text in words.found:
        outside = re.sub(r"\S+[@/]\S+", " ", text)
        if rest := [word for word in WORD.findall(outside) if word not in known]:
            yield f"{' '.join(rest)!s:.60} in {' '.join(text.split()):.120}"


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every translation in brackets; formats of dates are no words."""
    forget_written()
    monkeypatch.setattr("accounts.sentences.get_language", lambda: "xx")
    whole = translation._trans
    plain, plural = whole.gettext, whole.ngettext
    monkeypatch.setattr(whole, "gettext", lambda message: f"⟦{plain(message)}⟧" if message else "")
    monkeypatch.setattr(whole, "ngettext", lambda one, many, number: f"⟦{plural(one, many, number)}⟧")
    monkeypatch.setattr(whole, "pgettext", lambda context, message: message if "format" in context else f"⟦{message}⟧")


def visits() -> Iterator[tuple[str, str, str]]:
    for visit in VISITS:
        if not visit.arguments and visit.route not in LEFT_OUT and visit.status == 200:
            yield visit.name, visit.who, visit.address
    for route in ("shares:story", "shares:compose"):
        yield route, "member", route


def test_no_page_says_anything_past_the_catalogue(marked: None) -> None:
    Organisation.objects.update(name="Example", boards_on=True)
    browsers: dict[str, Client] = {}
    for who, roles in PEOPLE.items():
        browsers[who] = Client()
        if roles is not None:
            member = MemberFactory(roles=roles)
            account = LinkedAccountFactory(member=member)
            browsers[who].force_login(member)
    story = StoryFactory(state="live", live_at=clock.now())
    ShareFactory(member=account.member, account=account, story=story)
    # The post itself, and how a device that reads aloud says the address in it.
    data = f"{story.title} {story.summary} I work at, is my employer, and this is our news. link dot slash xxxxxxxx"
    # Guidelines to begin with, and scenes to practise, are texts of their own, in English, and marked so.
    data += " " + " ".join(text.words for text in starters().values())
    # So are lessons, and the titles of paths.
    data += " " + " ".join(one.original.words for one in lessons().values())
    data += " " + " ".join(" ".join(path.shown_in("en")[:2]) for path in paths().values())
    data += " " + " ".join(f"{one['en'].title} {one['en'].place}" for one in scenes().values())
    known, found = {*NAMES.split(), *WORD.findall(data)}, set()
    for name, who, address in visits():
        if address.startswith("shares:"):
            address = reverse(address, args=[story.pk])
        answer = browsers[who].get(address, follow=True)
        if answer.get("Content-Type", "").startswith("text/html"):
            found |= {f"{name}: {line}" for line in leftovers(answer.content.decode(), known)}
    assert not found, "\n" + "\n".join(sorted(found))


def test_a_word_past_the_catalogue_would_be_seen() -> None:
    page = (
        '<p title="Look here">⟦Saved ⟦by⟧ %(name)s⟧ and gone</p><input placeholder="⟦Your words⟧"><code>left out</code>'
    )
    assert list(leftovers(page, set())) == ["Look here in Look here", "and gone in and gone"]
