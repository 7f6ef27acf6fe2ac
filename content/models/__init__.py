"""The tables of content: stories and their words, what curators leave on them, campaigns, and who is speaking."""

from content.models.campaigns import Campaign
from content.models.desk import Approval, StoryNote, StoryVersion
from content.models.disclosures import DisclosureRule
from content.models.giving import Maker
from content.models.stories import Attachment, Caption, Feed, Story, Topic

__all__ = [
    "Approval",
    "Attachment",
    "Campaign",
    "Caption",
    "DisclosureRule",
    "Feed",
    "Maker",
    "Story",
    "StoryNote",
    "StoryVersion",
    "Topic",
]
