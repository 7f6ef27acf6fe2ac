"""How today's stories are picked: sums that anybody can redo with the table below. No model; of what colleagues did,
two sums a story and nothing by person.

what                                                            points
--------------------------------------------------------------  ------------------------------------------------------
a curator marked it urgent, until a time                         100
a curator put it first, until a time                              60
I worked on what it tells                                         50
I follow its topic                                                30
it is new                                                         24, half of it every two days
it is in my language                                              20
I told something of its topic before                               5 each, 15 at most
colleagues' posts of it are opened often                          15 at ten visits a colleague, in proportion below;
                                                                  asked only where five have told it
few have told it: fewer than three, a day after it came           12
it was in front of me on more than two days                       -6 a day, -30 at most
I said "not now" in the last week                                -50
I have told it already                                          -400
another story of its topic stands before it                       -8 each

Ties go to the newer one. What weighs most is said on the card, and where nothing weighs much the most
that still holds.
"""

from collections.abc import Sequence
from typing import NamedTuple

URGENT, PINNED = 100.0, 60.0
MADE, FOLLOWED = 50.0, 30.0
NEW, NEW_HALVES_AFTER = 24.0, 48.0  # hours
LANGUAGE = 20.0
USUAL_EACH, USUAL_MOST = 5.0, 15.0
GOING_WELL, PLENTY, ENOUGH_VOICES = 15.0, 10.0, 5
FEW_VOICES, FEW, FEW_AFTER = 12.0, 3, 24.0  # hours
SEEN_EACH, SEEN_FREE, SEEN_MOST = 6.0, 2, 30.0
SKIPPED = 50.0
TOLD = 400.0
SAME_TOPIC = 8.0
# So little of being new explains no place on the page, where anything else does.
WORTH_SAYING = 10.0
# Of what fades, or is counted in proportion, how much is left while its words are still true: a week of being new, and
# half as many visits as are plenty. All else holds however little it weighs.
HOLDS = {"new": NEW * 0.5 ** (7 * 24.0 / NEW_HALVES_AFTER), "going_well": GOING_WELL / 2}


class Facts(NamedTuple):
    """What is known of one story for one member."""

    hours_live: float
    urgent: bool = False
    pinned: bool = False
    made: bool = False
    followed: bool = False
    in_my_language: bool = False
    told_of_topic: int = 0
    voices: int | None = None  # None: not counted yet
    visits: int = 0
    days_seen: int = 0
    skipped: bool = False
    told: bool = False


class Candidate(NamedTuple):
    story: int
    topic: int | None
    facts: Facts


Row = tuple[float, float, int, Candidate]  # score, the newer the greater, number


def points(facts: Facts) -> dict[str, float]:
    """What speaks for the story and against it, by name; what says nothing is left out."""
    return {name: number for name, number in table(facts).items() if number}


def table(facts: Facts) -> dict[str, float]:
    hours = max(facts.hours_live, 0.0)
    voices = facts.voices
    often_opened = facts.visits / voices / PLENTY if voices and voices >= ENOUGH_VOICES else 0.0
    return {
        "urgent": URGENT * facts.urgent,
        "pinned": PINNED * facts.pinned,
        "made": MADE * facts.made,
        "followed": FOLLOWED * facts.followed,
        "new": NEW * 0.5 ** (hours / NEW_HALVES_AFTER),
        "language": LANGUAGE * facts.in_my_language,
        "usual": min(USUAL_EACH * facts.told_of_topic, USUAL_MOST),
        "going_well": GOING_WELL * min(often_opened, 1.0),
        "few_voices": FEW_VOICES * (voices is not None and voices < FEW and hours >= FEW_AFTER),
        "seen": -min(SEEN_EACH * max(facts.days_seen - SEEN_FREE, 0), SEEN_MOST),
        "skipped": -SKIPPED * facts.skipped,
        "told": -TOLD * facts.told,
    }


def score(facts: Facts) -> float:
    return sum(table(facts).values())


def reason(facts: Facts, *, language_is_rare: bool = False) -> str:
    """The name of what weighs most; where nothing weighs much, of the most that still holds; else "current". A language
    that nearly all have explains nothing."""
    if facts.told:
        return "told"
    said = {name: number for name, number in points(facts).items() if number >= HOLDS.get(name, 0)}
    if not language_is_rare:
        said.pop("language", None)
    most = {name: number for name, number in said.items() if number >= WORTH_SAYING} or said
    return max((name for name in most if most[name] > 0), key=lambda name: most[name], default="current")


def pick(candidates: Sequence[Candidate], limit: int) -> list[Candidate]:
    """The best, one after the other; a further story of a topic that is already there has to be so much better."""
    rows = [(score(one.facts), -one.facts.hours_live, one.story, one) for one in candidates]
    # Within a topic the order never changes, so that no more of one than fit on the page have to be compared.
    by_topic: dict[int | None, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row[:3], reverse=True):
        stack = by_topic.setdefault(row[3].topic, [])
        if len(stack) < limit:
            stack.append(row)
    stacks = [stack[::-1] for stack in by_topic.values()]  # the best of each is the last
    chosen: list[Candidate] = []
    shown = dict.fromkeys(by_topic, 0)
    while stacks and len(chosen) < limit:
        best = max(stacks, key=lambda stack: (stack[-1][0] - SAME_TOPIC * shown[stack[-1][3].topic], *stack[-1][1:3]))
        chosen.append(best.pop()[3])
        if chosen[-1].topic is not None:
            shown[chosen[-1].topic] += 1
        if not best:
            stacks.remove(best)
    return chosen
