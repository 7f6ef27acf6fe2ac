"""What keeps certain words from going out: a blank, fixed words that were changed, or a colleague who said it first.

Each answers with one sentence, or with nothing. The gates ask the same at planning and at sending.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from accounts import queries as accounts
from accounts.models import User
from connectors.alike import Print, print_of
from connectors.base import Connector
from content import queries as content
from content.models import Caption, Story
from shares.models import Reservation, Share

COUNTED_FOR = timedelta(days=30)
# What is planned or out. Taken back, failed or deleted, a post keeps nobody from saying the same.
COUNTED = [
    "scheduled", "retrying", "sending", "held", "uncertain", "asked", "published", "deleting", "handed_over",
    "said_posted",
]  # fmt: skip
# Texts measured for each band. One that more share holds a common saying, or suggested words that hundreds posted: the
# others tell what else is alike, and of those hundreds any is enough.
MEASURED = 25
FIRST = 2  # bands


@lru_cache(maxsize=2000)
def known_print(text: str, aside: str = "") -> Print:
    return print_of(text, aside=(aside,) if aside else ())


def blank_sentence(story: Story, words: str) -> str:
    """Of words that still ask for something."""
    known = content.prompts_of(one.text for one in story.captions.all())
    for prompt in content.open_blanks(words, known):
        return _("One blank is still open: “%(prompt)s”. Fill it in, or take it out.") % {"prompt": prompt}
    return ""


def lock_sentence(story: Story, words: str) -> str:
    """Of words that are not as they were approved."""
    captions = list(story.captions.all())
    locked = [one.text for one in captions if one.locked]
    if not locked or content.as_one_line(words) in map(content.as_one_line, locked):
        return ""
    if content.takes_only_locked(captions):
        return _("This story goes out in approved words only. Choose one of the suggestions and leave it as it stands.")
    said = known_print(words)
    if any(said.alike(known_print(text)) for text in locked):
        return _("These suggested words may not be changed. Use them as they stand, or write something of your own.")
    return ""


ALIKE = f"""
SELECT DISTINCT asked.place, theirs.pairs
FROM unnest(%(places)s::integer[], %(connectors)s::text[], %(bands)s::integer[]) AS asked (place, connector, band)
CROSS JOIN LATERAL (
    SELECT found.pairs FROM shares_fingerprint AS found JOIN shares_share ON shares_share.id = found.share_id
    WHERE found.bands @> ARRAY[asked.band] AND found.connector = asked.connector AND found.member_id <> %(member)s
    AND found.until > %(at)s AND shares_share.state = ANY(%(states)s) LIMIT {MEASURED}
) AS theirs
"""


def is_said(said: Print, *, member: User, connector: str, at: datetime) -> bool:
    """Whether a colleague has planned or posted nearly this there."""
    return bool(said_among([(said, connector)], member=member, at=at))


def said_among(asked: Sequence[tuple[Print, str]], *, member: User | None, at: datetime) -> set[int]:
    """The places of those texts that a colleague of this member, or anybody, has planned or posted nearly so on that
    platform. Two queries at most:
    what thousands posted is found by the first bands already, and to go through all of its bands would take long."""
    found: set[int] = set()
    for part in (slice(FIRST), slice(FIRST, None)):
        left = {place: one for place, one in enumerate(asked) if place not in found}
        given = alike_given(left, part, member=member, at=at)
        if given["bands"]:
            with connection.cursor() as cursor:
                cursor.execute(ALIKE, given)
                rows = cursor.fetchall()
            found |= {place for place, pairs in rows if asked[place][0].alike(Print(frozenset(pairs)))}
    return found


def alike_given(
    asked: Mapping[int, tuple[Print, str]], part: slice, *, member: User | None, at: datetime
) -> dict[str, Any]:
    """What ALIKE is asked with: a row for each band of that part of the bands, of each text."""
    rows = [(place, on, band) for place, (said, on) in asked.items() for band in said.bands_on(on)[part]]
    places, connectors, bands = ([row[column] for row in rows] for column in range(3))
    given = {"places": places, "connectors": connectors, "bands": bands}
    return {**given, "member": member.pk if member else 0, "at": at, "states": COUNTED}


SAID_FIRST = f"""
SELECT DISTINCT mine.share_id, mine.pairs, theirs.pairs
FROM shares_fingerprint AS mine CROSS JOIN LATERAL unnest(mine.bands) AS asked (band)
CROSS JOIN LATERAL (
    SELECT found.pairs FROM shares_fingerprint AS found JOIN shares_share ON shares_share.id = found.share_id
    WHERE found.bands @> ARRAY[asked.band] AND found.connector = mine.connector AND found.member_id <> mine.member_id
    AND found.until > %s AND (found.at, found.share_id) < (mine.at, mine.share_id) AND shares_share.state = ANY(%s)
    LIMIT {MEASURED}
) AS theirs
WHERE mine.share_id = ANY(%s)
"""


def said_first(shares: Iterable[Share], *, at: datetime) -> set[int]:
    """Of these shares, those whose words a colleague decided for earlier, where only one may say them. One query."""
    known = accounts.connectors()
    asked = [one.pk for one in shares if one.connector in known and known[one.connector].forbids_same_words]
    if not asked:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(SAID_FIRST, [at, COUNTED, asked])
        rows = cursor.fetchall()
    return {pk for pk, mine, theirs in rows if Print(frozenset(mine)).alike(Print(frozenset(theirs)))}


def said_captions(
    captions: Sequence[Caption], *, member: User, connectors: Iterable[str], at: datetime
) -> set[tuple[int, str]]:
    """Which of these suggestions colleagues have used where, by caption and connector; two queries at most."""
    chosen = list(dict.fromkeys(connectors))
    asked = [(one.pk, connector) for one in captions for connector in chosen]
    prints = {one.pk: known_print(one.text) for one in captions}
    found = said_among([(prints[pk], connector) for pk, connector in asked], member=member, at=at)
    return {asked[place] for place in found}


def words_left(stories: Sequence[Story], at: datetime) -> dict[int, list[tuple[str, int]]]:
    """By story, each platform that takes the same words from one person only, and how many of its suggestions nobody
    has used there. Three queries at most, however many stories."""
    strict = [one for one in accounts.platforms() if one.forbids_same_words]
    rows = Caption.objects.filter(story__in=[one.pk for one in stories], for_makers=False) if strict else []
    asked = [(one, there) for one in rows for there in strict if one.connector in ("", there.key)]
    used = said_among([(known_print(one.text), there.key) for one, there in asked], member=None, at=at)
    left: dict[int, Counter[str]] = defaultdict(Counter)
    for place, (caption, there) in enumerate(asked):
        left[caption.story_id][there.name] += place not in used
    return {story: list(counts.items()) for story, counts in left.items()}


def said_sentence(connector: Connector) -> str:
    """The refusal, with what to do next."""
    text = _("A colleague has planned or posted nearly these words on %(name)s, which takes them from one person only. "
        "Take the next suggestion, or say in a sentence or two what you think or did yourself.")  # fmt: skip
    return text % {"name": connector.name}


def warning_sentence(connector: Connector) -> str:
    """Where the platform allows it, but readers notice."""
    text = _(
        "A colleague has planned or posted nearly these words on %(name)s. A sentence of your own sets yours apart."
    )
    return text % {"name": connector.name}


def is_kept_for_another(story: Story, said: Print, *, member: User, connector: str, at: datetime) -> bool:
    """Whether a colleague is composing with this suggestion just now, where only one may use it."""
    captions = {one.pk: one for one in story.captions.all()}
    rows = Reservation.objects.filter(caption__in=captions, family=connector, until__gt=at).exclude(member=member)
    return any(said.alike(known_print(captions[pk].text)) for pk in rows.values_list("caption", flat=True))


def word_problems(*, member: User, story: Story, connector: str, words: str, at: datetime) -> list[str]:
    """Everything that keeps this member from planning these words there."""
    found = [blank_sentence(story, words), lock_sentence(story, words)]
    platform = accounts.connectors().get(connector)
    if platform and platform.forbids_same_words:
        found += colleague_sentences(member=member, story=story, connector=connector, words=words, at=at)
    return [sentence for sentence in found if sentence]


def colleague_sentences(*, member: User, story: Story, connector: str, words: str, at: datetime) -> list[str]:
    """That a colleague said it, or is about to: a refusal where the platform minds, elsewhere only said."""
    platform, said = accounts.connectors().get(connector), print_of(words)
    if platform is None:
        return []
    if is_said(said, member=member, connector=connector, at=at):
        return [said_sentence(platform) if platform.forbids_same_words else warning_sentence(platform)]
    if platform.forbids_same_words and is_kept_for_another(story, said, member=member, connector=connector, at=at):
        return [_("A colleague is writing with this suggestion just now. Take the next one, or use your own words.")]
    return []


def print_of_share(share: Share) -> Print:
    return known_print(share.words, share.disclosure)
