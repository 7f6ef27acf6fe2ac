"""Topics, feeds, stories in every state with their captions, and the lines that say who is speaking."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import prefetch_related_objects

from accounts.models import User
from advocacy.demo import days, pictures, written
from advocacy.demo.chance import dice
from advocacy.demo.people import Person
from advocacy.demo.written import Written
from content.models import Attachment, Caption, Feed, Story, Topic

LIVE_FOR = timedelta(days=43)
FROM_FEED = 3  # every third story came in by the feed


@dataclass
class Told:
    """A story with what the dice need to know: how it draws readers, and until when it could be shared."""

    source: Written
    story: Story
    appeal: float
    until: datetime

    def is_live(self, moment: datetime) -> bool:
        live_at = self.story.live_at
        return live_at is not None and live_at <= moment < self.until


def article_url(slug: str) -> str:
    return f"{settings.BASE_URL}/demo/stories/{slug}/"


def make_topics() -> dict[str, Topic]:
    topics = {key: Topic(name=name, hue=hue) for key, (name, hue) in written.TOPICS.items()}
    Topic.objects.bulk_create(topics.values())
    return topics


def make_feeds(topics: dict[str, Topic], by: User, at: datetime) -> Feed:
    """One that works and is fetched within minutes, and one that has been failing for days."""
    ours = Feed(
        url=f"{settings.BASE_URL}/demo/feed.xml", title="Brackenby stories", language="en", state="active",
        state_at=at - timedelta(days=110), due_at=at + timedelta(minutes=2), fetched_at=at - timedelta(minutes=28),
        added_by=by,
    )  # fmt: skip
    broken = Feed(
        url="https://cargo-riders.example/news.atom", title="Cargo riders’ newsletter", topic=topics["community"],
        language="en", state="failing", state_at=at - timedelta(days=3), failing_since=at - timedelta(days=3),
        due_at=at + timedelta(hours=3), fetched_at=at - timedelta(days=3), failures=11, added_by=by,
        reason="The address cargo-riders.example could not be found.",
    )  # fmt: skip
    Feed.objects.bulk_create([ours, broken])
    return ours


def make_stories(seed: str, at: datetime, people: dict[str, Person], topics: dict[str, Topic]) -> list[Told]:
    feed = make_feeds(topics, people["sofia"].user, at)
    told = []
    for number, source in enumerate(written.stories()):
        story = Story(
            title=source.title, summary=source.summary, url=article_url(source.slug), topic=topics[source.topic],
            language=source.language, picture=pictures.provide(source.picture, source.topic),
            picture_alt=pictures.ALT[source.picture], picture_rights=Story.OWN,
            kind=Story.PICTURES if source.posts else Story.WEB,
        )  # fmt: skip
        until = give_history(story, source, at, people)
        if number % FROM_FEED == 1:
            story.feed, story.feed_guid = feed, f"demo:{source.slug}"
        appeal = min(3.0, dice(seed, "appeal", source.slug).lognormvariate(0, 0.5)) * (1.6 if number == 0 else 1)
        told.append(Told(source, story, appeal, until))
    Story.objects.bulk_create([one.story for one in told])
    make_captions(told)
    make_attachments(told)
    return told


def give_history(story: Story, source: Written, at: datetime, people: dict[str, Person]) -> datetime:
    """Who made, submitted and approved it, and when; answers until when it could be shared."""
    author = people[source.by].user
    approver = people["katrin" if source.by != "katrin" else "priya"].user
    if source.language == "de":
        author, approver = people["katrin"].user, people["sofia"].user
    live_at = days.office_moment(at, source.age) if source.age else None
    # Minutes apart from one another, so that the lanes of the curators' board have an order.
    waited = timedelta(days=1 + len(source.title) % 5, minutes=len(source.summary))
    story.created_by = author
    story.written_at = story.created_at = (live_at or at) - waited - timedelta(hours=20)
    story.state_at = live_at or at - waited
    story.state = source.state
    if source.state in ("in_review", "approved") or live_at:
        story.submitted_by = author
    if source.state == "approved" or live_at:
        story.approved_by = approver
    if source.goes_live:
        story.live_from = (at + timedelta(days=source.goes_live)).replace(hour=8, minute=0, second=0, microsecond=0)
    return end_of(story, source, live_at, at) if live_at else at


def end_of(story: Story, source: Written, live_at: datetime, at: datetime) -> datetime:
    story.live_at = live_at
    story.expires_at = live_at + LIVE_FOR
    if source.withdrawn:
        story.state, story.withdrawn_reason = "withdrawn", source.withdrawn
        story.state_at = live_at + timedelta(days=5, hours=3)
        return story.state_at
    story.state = "live" if story.expires_at > at else "expired"
    story.state_at = live_at if story.state == "live" else story.expires_at
    return story.expires_at


def make_captions(told: list[Told]) -> None:
    Caption.objects.bulk_create(
        Caption(story=one.story, connector=connector, language=language, text=words)
        for one in told
        for connector, language, words in one.source.captions
    )


def make_attachments(told: list[Told]) -> None:
    rows = [
        Attachment(
            story=one.story, position=position, kind=Attachment.PICTURE, file=pictures.provide(name, one.source.topic),
            alt=pictures.ALT[name], width=pictures.DRAWN_SIZE[0], height=pictures.DRAWN_SIZE[1],
        )
        for one in told
        for position, name in enumerate(one.source.posts)
    ]  # fmt: skip
    Attachment.objects.bulk_create(rows)
    # Asked for by every share of a story, of which there are thousands.
    prefetch_related_objects([one.story for one in told], "attachments")
