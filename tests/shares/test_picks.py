"""What is picked for many at once is what each would find on their own page of today."""

import sys
from datetime import timedelta
from random import Random

import pytest
from django.utils.translation import override

from audiences import terms
from audiences.models import Audience, Listed, MemberList
from audiences.queries import reached, reaching
from content.models import Following, Maker, Story, Topic
from core import clock
from shares import queries
from shares.models import Mark, Tally
from shares.queries import picks
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory

pytestmark = pytest.mark.django_db
PLACES, ROLES, COUNTRIES = ["Hull", "Lyon", "Oslo"], ["curator", "hr"], ["GB", "FR"]


def some(random: Random, values: list[str]) -> list[str]:
    return random.sample(values, random.randint(1, len(values)))


def any_terms(random: Random, lists: list[MemberList]) -> terms.Terms:
    kinds = {"place": PLACES, "role": ROLES, "country": COUNTRIES, "language": ["en", "de"],
             "list": [str(one.pk) for one in lists]}  # fmt: skip
    chosen = {
        clause: [{"kind": kind, "values": some(random, kinds[kind])} for kind in random.sample(sorted(kinds), most)]
        for clause, most in (
            ("in", random.randint(0, 2)),
            ("who", random.randint(0, 1)),
            ("except", random.randint(0, 1)),
        )
    }
    return terms.cleaned(chosen)


@pytest.fixture(params=range(6))
def firm(request, monkeypatch):
    """A firm by lot: some stories closed, some urgent or first, some told, put away, seen and skipped."""
    random, at = Random(request.param), clock.now()
    for module in (sys.modules["shares.queries.feed"], picks):  # the package has a function of that name
        monkeypatch.setattr(module, "NEWEST", 8)
        monkeypatch.setattr(module, "OF_TOPICS", 4)
    lists = [MemberList.objects.create(name=f"List {place}", made_at=at) for place in range(2)]
    topics = [Topic.objects.create(name=f"Topic {place}") for place in range(3)]
    audiences = [Audience.objects.create(terms=any_terms(random, lists), made_at=at) for _ in range(5)]
    stories = [
        StoryFactory(
            title=f"Story {place}", created_by=None, topic=random.choice([None, *topics]),
            live_at=at - timedelta(hours=7 * place + 1), language=random.choice(["en", "de"]),
            kind=random.choice([Story.WEB, Story.WEB, Story.INTERNAL]), audience=random.choice([None, *audiences]),
            urgent_until=random.choice([None] * 6 + [at + timedelta(hours=1)]),
            pinned_until=random.choice([None] * 6 + [at - timedelta(hours=1), at + timedelta(hours=1)]),
        )
        for place in range(30)
    ]  # fmt: skip
    for story in random.sample(stories, 15):
        Tally.objects.create(story=story, voices=random.randint(0, 9), visits=random.randint(0, 90), counted_at=at)
    members = [
        MemberFactory(
            place=random.choice(PLACES), country=random.choice(COUNTRIES), language=random.choice(["en", "de"]),
            roles=random.choice([[], ROLES[:1], ROLES]),
        )
        for _ in range(4)
    ]  # fmt: skip
    for member in members:
        account = LinkedAccountFactory(member=member)
        for one in random.sample(lists, 1):
            Listed.objects.create(list=one, member=member)
        for topic in random.sample(topics, 2):
            Following.objects.create(member=member, topic=topic, since=at)
        for story in random.sample(stories, 3):
            Maker.objects.create(story=story, member=member, state=random.choice(["asked", "willing", "rather_not"]),
                                 state_at=at)  # fmt: skip
        for story in random.sample(stories, 4):
            ShareFactory(member=member, account=account, story=story, state=random.choice(["published", "failed"]))
        for story in random.sample(stories, 12):
            Mark.objects.create(
                member=member, story=story, days_seen=random.randint(0, 6), seen_at=at,
                skipped_at=random.choice([None, None, at - timedelta(days=1), at - timedelta(days=9)]),
                not_for_me_at=random.choice([None, None, at]),
            )  # fmt: skip
    return members, audiences, at


def test_many_at_once_find_what_each_finds_alone(firm) -> None:
    members, _audiences, at = firm
    together = queries.today_of_each(members, at=at, limit=7)
    for member in members:
        with override(member.language):
            alone = queries.today(member, at=at, limit=7)
        assert alone and [(one.story.pk, one.why) for one in together[member.pk]] == [
            (one.story.pk, one.why) for one in alone
        ]


def test_audiences_reach_many_at_once_as_they_reach_each(firm) -> None:
    members, audiences, _at = firm
    together = reached(members, [one.pk for one in audiences])
    for member in members:
        assert together[member.pk] == set(reaching(member).values_list("pk", flat=True))


def test_it_asks_as_much_for_twenty_as_for_one(django_assert_max_num_queries, firm) -> None:
    members, _audiences, at = firm
    with django_assert_max_num_queries(8):
        queries.today_of_each(members, at=at, limit=7)
