"""What a pack says of a day is what was so at the end of that day, whatever happened since: against what was written
down on the day itself."""

import os
import random
from datetime import timedelta

import pytest

from audiences.models import Audience
from audiences.terms import cleaned
from guidelines import actions, queries
from guidelines.models import OWED, Due, Guideline, Publication, Receipt
from guidelines.queries import packed
from guidelines.queries.packed.tables import Scope
from tests.factories import MemberFactory, TeamFactory
from tests.guidelines.conftest import AT, begun, next_one, put_out, settled

pytestmark = pytest.mark.django_db
DAYS, ACTS = 5, 5
TABLES = {table.name: table for table in packed.TABLES}


def act(rng, hana, ines, people, teams, at) -> None:
    """Something that happens at a firm; what cannot be is refused, as on a page."""
    one = rng.choice(people)
    one.refresh_from_db()
    owed = list(queries.owed(one))
    kind = rng.choice(["open", "sign", "sign", "decline", "move", "leave", "next", "withdraw"])
    try:
        if kind == "open" and owed:
            actions.open_due(actor=one, due=owed[0], at=at)
        elif kind == "sign" and owed:
            due = rng.choice(owed)
            actions.open_due(actor=one, due=due, at=at - timedelta(minutes=1))
            actions.sign_due(
                actor=one, due=due, fingerprint=due.publication.fingerprint, language="en", typed_name=one.name, at=at
            )
        elif kind == "decline" and owed:
            actions.decline_due(actor=one, due=rng.choice(owed), reason="Not yet.", at=at)
        elif kind == "move":
            one.team = rng.choice(teams)
            one.save(update_fields=["team"])
        elif kind == "leave":
            one.is_active = not one.is_active
            one.save(update_fields=["is_active"])
        elif kind == "next":
            guideline = rng.choice(list(Guideline.objects.all()))
            change = rng.choice(["material", "editorial"])
            next_one(hana, ines, guideline, at=at, body=f"Words of {at}.", change=change)
        elif kind == "withdraw" and rng.random() < 0.2:
            published = Publication.objects.filter(version__state="published").first()
            if published:
                actions.withdraw_version(actor=hana, version=published.version, at=at)
    except actions.CannotDo:
        pass


def told(until, **more):
    """What a pack says: receipts, who is asked still, which versions and how they stand."""
    scope = Scope(until, **more)
    lines = {name: list(table.rows(scope).order_by("pk")) for name, table in TABLES.items()}
    versions, state = TABLES["publications"], TABLES["publications"].header.index("state")
    cells = zip(lines["publications"], versions.cells(lines["publications"], scope), strict=True)
    asked = [(line[0], line[5], line[10] == "yes") for line in TABLES["open"].cells(lines["open"], scope)]
    return {
        "receipts": {row.pk for row in lines["receipts"]},
        "open": {line[:2] for line in asked},
        "states": {row.pk: line[state] for row, line in cells},
    }, asked


def seen(member=None, guideline=None):
    """The same, of now, by the plainest questions."""
    own = ({"member": member} if member else {}) | ({"publication__guideline": guideline} if guideline else {})
    states = {"published": "out"}
    versions = Publication.objects.select_related("version").filter(**({"guideline": guideline} if guideline else {}))
    if member:
        asked = Due.objects.filter(member=member, state__in=OWED).values_list("publication", flat=True)
        known = Receipt.objects.filter(member=member).values_list("publication", flat=True)
        versions = versions.filter(pk__in={*asked, *known})
    return {
        "receipts": set(Receipt.objects.filter(**own).values_list("pk", flat=True)),
        "open": set(Due.objects.filter(state__in=OWED, **own).values_list("member", "publication")),
        "states": {one.pk: states.get(one.version.state, one.version.state) for one in versions},
    }


@pytest.mark.parametrize("seed", range(int(os.environ.get("SEEDS", "2"))))
def test_a_day_is_as_it_was_written_down_on_that_day(hana, ines, seed):
    rng = random.Random(seed)
    teams = [TeamFactory(), TeamFactory()]
    people = [MemberFactory(name=f"Mina Okafor {number}", team=teams[number % 2]) for number in range(5)]
    terms = cleaned({"in": [{"kind": "team", "values": [teams[0].pk]}]})
    audience = Audience.objects.create(name="Those", terms=terms, made_at=AT)
    put_out(hana, ines, begun(hana, name="For all"))
    put_out(hana, ines, begun(hana, name="For some", audience=audience))
    settled()
    written = {}
    first = Guideline.objects.get(name="For some").pk
    for day in range(DAYS):
        for number in range(ACTS):
            at = AT + timedelta(days=day, hours=1 + number)
            act(rng, hana, ines, people, teams, at)
            settled(at)
        opened = set(Due.objects.filter(state__in=OWED, opened_at__isnull=False).values_list("member", "publication"))
        written[AT + timedelta(days=day, hours=12)] = (
            seen(), seen(member=people[0].pk), seen(guideline=first), seen(people[1].pk, first), opened
        )  # fmt: skip
    for until, (everything, of_one, of_guideline, of_both, opened) in written.items():
        found, asked = told(until)
        assert found == everything
        assert len(asked) == len(found["open"]), "nobody stands there twice"
        assert {line[:2] for line in asked if line[2]} <= opened
        assert told(until, member=people[0].pk)[0] == of_one
        assert told(until, guideline=first)[0] == of_guideline
        assert told(until, member=people[1].pk, guideline=first)[0] == of_both


def test_counts_of_the_first_sheet_are_those_of_the_tables(hana, ines):
    people = [MemberFactory(name=f"Mina Okafor {number}") for number in range(4)]
    published = put_out(hana, ines, begun(hana))
    settled()
    for one in people[:2]:
        due = queries.owed(one).get()
        actions.open_due(actor=one, due=due, at=AT)
        actions.sign_due(actor=one, due=due, fingerprint=published.fingerprint, language="en", typed_name=one.name,
                         at=AT + timedelta(minutes=1))  # fmt: skip
    actions.decline_due(actor=people[2], due=queries.owed(people[2]).get(), reason="", at=AT)
    people[3].is_active = False
    people[3].save()
    settled()
    (row,) = packed.counted(Scope(AT + timedelta(hours=1)))
    assert (row.signed, row.declined, row.never_opened, row.opened, row.asked) == (2, 1, 1, 0, 3)
