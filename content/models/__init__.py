"""The tables of content: stories with their words, where both come from, and what curators leave on them."""

from content.models.desk import Approval, StoryNote, StoryVersion
from content.models.giving import Maker, Suggestion
from content.models.stories import Attachment, Caption, Disclosure, Feed, Story, Topic

__all__ = [
    "Approval",
    "Attachment",
    "Caption",
    "Disclosure",
    "Feed",
    "Maker",
    "Story",
    "StoryNote",
    "StoryVersion",
    "Suggestion",
    "Topic",
]
