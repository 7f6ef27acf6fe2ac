"""The tables of content: stories with their words, where both come from, what curators leave on them, and the topics
people follow."""

from content.models.desk import Approval, StoryNote, StoryVersion
from content.models.following import Following
from content.models.giving import Maker
from content.models.stories import Attachment, Caption, Disclosure, Feed, Story, Topic

__all__ = [
    "Approval",
    "Attachment",
    "Caption",
    "Disclosure",
    "Feed",
    "Following",
    "Maker",
    "Story",
    "StoryNote",
    "StoryVersion",
    "Topic",
]
