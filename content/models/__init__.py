"""The tables of content: stories with their words, where both come from, and the topics people follow."""

from content.models.following import Following
from content.models.stories import Attachment, Caption, Disclosure, Feed, Story, Topic

__all__ = ["Attachment", "Caption", "Disclosure", "Feed", "Following", "Story", "Topic"]
