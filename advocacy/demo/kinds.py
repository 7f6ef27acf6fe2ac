"""Stories that are no pages on the web: words alone, one for reading here only, a video. Nobody has shared them yet."""

from datetime import datetime, timedelta

from accounts.models import User
from advocacy.demo.people import Person
from content.models import Caption, Launch, Story, Told, Topic

WORDS = ("Thirty years of saying no to a bike made too heavy", "Our oldest rule, written on the workshop wall in 1996.")
CAPTIONS = (
    (
        "en",
        "We have one rule that is older than I am here: if you would not carry it up your own stairs, do not build it.",
    ),
    ("en", "There is a sentence on our workshop wall. Nobody remembers who wrote it, and everybody argues with it."),
)
CANTEEN = (
    "The canteen moves on Monday",
    "From Monday lunch is in the old paint shop. The coffee machine comes last, on Tuesday. Bring a cup until then.",
)
FILM = ("Ninety seconds inside the wheel room", "Priya filmed a wheel from bare rim to true, in one take.")
FILM_CAPTIONS = (
    ("en", "One wheel, one take, no music. I could watch Tomasz true a rim all day, and now you can too."),
    ("en", "Ninety seconds of what a good wheel takes. I stand just outside the picture, holding the lamp."),
)


def make_more(at: datetime, people: dict[str, Person], topics: dict[str, Topic], film: str) -> None:
    author, reader = people["sofia"].user, people["katrin"].user
    live = at - timedelta(days=8)
    usual = {
        "state": "live", "state_at": live, "live_at": live, "created_at": live - timedelta(days=1),
        "created_by": author, "submitted_by": author, "approved_by": reader, "edited_by": author, "language": "en",
    }  # fmt: skip
    workshop = next(iter(topics.values()))
    rows = [
        (Story(kind=Story.WORDS, title=WORDS[0], summary=WORDS[1], topic=workshop, **usual), CAPTIONS),
        (Story(kind=Story.INTERNAL, title=CANTEEN[0], summary=CANTEEN[1], **usual), ()),
        (Story(kind=Story.VIDEO, title=FILM[0], summary=FILM[1], url=film, topic=workshop, **usual), FILM_CAPTIONS),
    ]
    rows[1][0].urgent_until = at + timedelta(days=2)
    rows[2][0].pinned_until = at + timedelta(days=3)
    for story, captions in rows:
        story.save()
        Caption.objects.bulk_create(Caption(story=story, language=language, text=text) for language, text in captions)
    tell_of(rows[1][0], [person.user for person in people.values() if person.user.is_active], live)


def tell_of(story: Story, members: list[User], at: datetime) -> None:
    """It was urgent when it went live: everybody heard of it then, and has read it."""
    launch = Launch.objects.create(story=story, state="done", state_at=at, begun_at=at, people=len(members))
    Told.objects.bulk_create(Told(launch=launch, member=member, state="told", state_at=at) for member in members)
