"""Two campaigns, one of them with prizes, and the firm's own wordings of the line that says who is speaking."""

from datetime import datetime, timedelta

from accounts.models import User
from advocacy.demo import written
from advocacy.demo.content import Told
from content.models import Campaign, DisclosureRule, Story
from content.queries import Rulebook, rulebook

STORIES = 5  # of each campaign, the newest of its topic


def make_disclosures() -> Rulebook:
    DisclosureRule.objects.bulk_create(DisclosureRule(**row) for row in written.campaigns()["disclosure"])
    return rulebook()


def make_campaigns(told: list[Told], by: User, at: datetime) -> None:
    """Once the history is told: what was shared before says what it said then."""
    for row in written.campaigns()["campaign"]:
        campaign = Campaign.objects.create(
            name=row["name"], goal=row["goal"], state="open", state_at=at + timedelta(days=row["starts"]), made_by=by,
            starts_on=(at + timedelta(days=row["starts"])).date(), ends_on=(at + timedelta(days=row["ends"])).date(),
            wanted_stories=row.get("wanted_stories"), wanted_shares=row.get("wanted_shares"),
            has_prizes=row.get("has_prizes", False), utm_campaign=row["word"],
        )  # fmt: skip
        stories = [one.story for one in told if one.source.topic == row["topic"]]
        newest = sorted(stories, key=lambda story: (story.state == "live", story.created_at), reverse=True)
        waiting = [story for story in stories if story.state in ("draft", "in_review")][:1]
        Story.objects.filter(pk__in=[story.pk for story in newest[:STORIES] + waiting]).update(campaign=campaign)
