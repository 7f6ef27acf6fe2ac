"""Two hundred colleagues share one story with five suggestions on X: five get one, all others are led to their own
words, and what stands on the platform in the end is never said twice. Run by main.py, in an installation of its own.

Each opens the composer's page and sends its form, eight at a time, so that they meet at the same suggestions. Every
tenth of those who got none pastes what a colleague has posted first, with a flourish, and is told what to do instead.
"""

import tests.browser.setting  # noqa: F401 - Django has to be set up first

# isort: split

import re
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from itertools import combinations

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import LinkedAccount, Team
from connectors.alike import print_of
from content.models import Caption, Story
from core import clock
from shares.models import Share
from tests import staging
from tests.control import control
from tests.journeys.patience import until

MEMBERS, AT_ONCE = 200, 8
WORDS_IN = re.compile(r'<textarea name="words"[^>]*>\n(.*?)</textarea>', re.S)
KEY_IN = re.compile(r'name="key" value="([^"]+)"')
SUGGESTED = (
    "Forty farms, one steep valley and a terrier in the box: Dr Hallam does her rounds on a bike now.",
    "The farmers laughed for about a week. Then the snow came, and her pick-up stayed at home.",
    "What fits beside a calving kit? Biscuit the terrier, it turns out, and a flask of tea.",
    "I could read about a vet on two wheels all day, hills and mud and all.",
    "Todmorden to the top farm in nineteen minutes. Her legs did it, and the motor helped a little.",
)
# Seventeen ways to fill each of four places, chosen so that no two members say more than one of them alike.
DID = (
    "I drew the hinge of this box",
    "I answered the first call about it",
    "I packed the parts on a Friday night",
    "I translated the booklet",
    "I rode behind her with a camera",
    "I wired the lamp",
    "I did the sums three times",
    "I painted the frame green",
    "I found the brake we needed",
    "I held the ladder",
    "I wrote the letter to the council",
    "I tested the lock in the rain",
    "I sewed the cover",
    "I counted spokes",
    "I fetched the old one back",
    "I argued for wider tyres",
    "I took the photographs",
)
WHEN = (
    "in my second week here",
    "while the office was being painted",
    "between two fairs",
    "on the coldest day of March",
    "with a borrowed spanner",
    "long before there was a name for it",
    "at the kitchen table",
    "during the strike of the trains",
    "after everybody had gone home",
    "with my daughter on my knee",
    "for the third time",
    "as a favour to Sam",
    "without any plan at all",
    "by the light of a phone",
    "on a wet Tuesday",
    "just before the holidays",
    "together with two apprentices",
)
FELT = (
    "and never thought a vet would need it",
    "so the snow in these pictures makes me grin",
    "and my hands still smell of it",
    "which my neighbour will not believe",
    "and I am quietly pleased",
    "so I read every line twice",
    "and would do it the same way again",
    "which cost me a good coat",
    "and learnt more than at school",
    "so the terrier is my favourite part",
    "and nobody noticed until now",
    "which is why I know that hill",
    "and it was worth the blisters",
    "so today is a good day",
    "and I kept the first sketch",
    "which makes me miss the valley",
    "and the tea went cold",
)
ENDS = (
    "Ask me how.",
    "My mother keeps cows, she will want one.",
    "Next time I ride along.",
    "The farms look steeper from below.",
    "Somebody should tell the postman.",
    "I have walked there, never again.",
    "Bring gloves.",
    "There is more of this to come.",
    "Whoever doubts it may borrow mine.",
    "It squeaks a bit, that is me.",
    "My old boss was wrong.",
    "Mud washes off.",
    "The flask was my idea.",
    "Two hills to go.",
    "She waved at us.",
    "I would not swap it for a van.",
    "Biscuit agrees.",
)
SIDE = len(DID)


def own_words(number: int) -> str:
    first, second = divmod(number, SIDE)
    parts = (DID[first], WHEN[second], FELT[(first + second) % SIDE], ENDS[(first + 2 * second) % SIDE])
    return f"{parts[0]} {parts[1]}, {parts[2]}. {parts[3]}"


def main() -> int:
    began = time.monotonic()
    staging.pay()
    story, accounts = a_story(), colleagues()
    with ThreadPoolExecutor(AT_ONCE) as eight:
        told = Counter(
            word for words in eight.map(lambda pair: shares(story, *pair), enumerate(accounts)) for word in words
        )
    staging.make_due()
    out = Share.objects.filter(story=story, state="published")
    until("two hundred posts are out", lambda: out.count() == MEMBERS, seconds=180)
    ours = twice_said(story)
    theirs = control("GET", "/alike?platform=x")["alike"]
    posts = len(control("GET", "/ledger?platform=x")["posts"])
    counts = f"offered={told['offered']} own={told['own']} blocked={told['blocked']}"
    said = f"posts={posts} alike={ours} alike_there={len(theirs)} seconds={time.monotonic() - began:.0f}"
    well = (told["offered"], told["own"], posts, ours, theirs) == (
        len(SUGGESTED),
        MEMBERS - len(SUGGESTED),
        MEMBERS,
        0,
        [],
    )
    print(f"journey: captions {'ok' if well and told['blocked'] else 'FAILED'} {counts} {said}", flush=True)
    return 0 if well and told["blocked"] else 1


def a_story() -> Story:
    at = clock.now()
    story = Story.objects.create(
        title="A vet in Todmorden does her rounds by bike", url="https://blog.example/vet", state="live", state_at=at,
        live_at=at, created_at=at,
    )  # fmt: skip
    Caption.objects.bulk_create(Caption(story=story, text=text) for text in SUGGESTED)
    return story


def colleagues() -> list[LinkedAccount]:
    people = control("POST", "/accounts", platform="x", name="vet", count=MEMBERS, bound=True)["accounts"]
    team = Team.objects.create(name="Everybody")
    return [staging.link(person, "x", team, place) for place, person in enumerate(people)]


def shares(story: Story, number: int, account: LinkedAccount) -> list[str]:
    """One member, from the open composer to the plan: what they were given, and whether they were held up."""
    try:
        composer = Composer(story, account)
        opened_with, left = composer.open()
        if opened_with in SUGGESTED:
            assert "Suggested words, kept for you" in left and "suggestion" in left, left
            assert not composer.send(opened_with), "it is kept for them"
            return ["offered"]
        assert opened_with == "" and "All suggestions are out or in use" in left, (opened_with, left)
        blocked = is_blocked(story, composer) if number % 10 == 0 else []
        assert not composer.send(own_words(number)), "own words go out"
        return ["own", *blocked]
    finally:
        connection.close()


class Composer:
    """The page as a browser has it."""

    def __init__(self, story: Story, account: LinkedAccount) -> None:
        self.url, self.account = reverse("shares:compose", args=[story.pk]), account
        self.browser = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
        self.browser.force_login(account.member, backend=settings.AUTHENTICATION_BACKENDS[0])

    def open(self) -> tuple[str, str]:
        """The words it opens with, and the whole page."""
        self.page = self.browser.get(self.url).content.decode()
        return unescape(WORDS_IN.search(self.page)[1]), self.page

    def send(self, words: str) -> str:
        """Share now. The page that comes back; nothing where it was planned."""
        key = KEY_IN.search(self.page)[1]
        form = {"words": words, "accounts": self.account.pk, "when": "now", "key": key}
        answer = self.browser.post(self.url, form)
        return "" if answer.status_code == 302 else answer.content.decode()


def is_blocked(story: Story, composer: Composer) -> list[str]:
    """Pastes what a colleague has used."""
    until("a suggestion is used", lambda: Share.objects.filter(story=story, words__in=SUGGESTED).exists())
    used = Share.objects.filter(story=story, words__in=SUGGESTED).order_by("pk").values_list("words", flat=True)[0]
    page = composer.send(f"So good! {used} #cargobike")
    assert "say in a sentence or two what you think or did yourself" in page, (
        f"Words of a colleague went through: {used}"
    )
    assert used in unescape(WORDS_IN.search(page)[1]), "what was typed is still there"
    assert not Share.objects.filter(member=composer.account.member).exists()
    return ["blocked"]


def twice_said(story: Story) -> int:
    """Pairs that are alike by our measure, each against each: not by the index that kept them apart."""
    prints = [print_of(words) for words in Share.objects.filter(story=story).values_list("words", flat=True)]
    return sum(one.alike(other) for one, other in combinations(prints, 2))


if __name__ == "__main__":
    sys.exit(main())
