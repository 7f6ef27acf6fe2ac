"""The tables of content: stories, what curators leave on them, topics people follow, campaigns, who is speaking."""

from content.models.campaigns import Campaign
from content.models.channels import Channel
from content.models.desk import Approval, StoryNote, StoryVersion
from content.models.disclosures import DisclosureRule
from content.models.finding import Findable
from content.models.following import Following
from content.models.giving import Maker, Suggestion
from content.models.launches import Launch, Told
from content.models.phrases import Phrase
from content.models.stories import Attachment, Caption, Feed, Story, Topic, full_name, small_name

__all__ = [
    "Approval",
    "Attachment",
    "Campaign",
    "Caption",
    "Channel",
    "DisclosureRule",
    "Feed",
    "Findable",
    "Following",
    "Launch",
    "Maker",
    "Phrase",
    "Story",
    "StoryNote",
    "StoryVersion",
    "Suggestion",
    "Told",
    "Topic",
    "full_name",
    "small_name",
]
