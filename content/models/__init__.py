"""The tables of content: stories with their words, where both come from, campaigns, and who says who is speaking."""

from content.models.campaigns import Campaign
from content.models.disclosures import DisclosureRule
from content.models.stories import Attachment, Caption, Feed, Story, Topic

__all__ = ["Attachment", "Campaign", "Caption", "DisclosureRule", "Feed", "Story", "Topic"]
