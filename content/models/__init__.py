"""The tables of content: stories with their words, and where both come from."""

from content.models.stories import Attachment, Caption, Disclosure, Feed, Story, Topic

__all__ = ["Attachment", "Caption", "Disclosure", "Feed", "Story", "Topic"]
