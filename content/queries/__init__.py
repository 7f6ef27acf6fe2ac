from content.queries.approvals import approvals, approvers_needed, has_approved, other_curators
from content.queries.board import (
    LANES,
    PAST,
    Lane,
    Supply,
    curators,
    feeds,
    is_being_fetched,
    is_only_curator,
    lane,
    lanes,
    past_count,
    supply,
)
from content.queries.disclosures import disclosure
from content.queries.fetching import fetch_address, file_behind
from content.queries.lengths import Length, caption_lengths, platform_names
from content.queries.stories import caption_for, captions, is_caption, live_stories, offered_captions, story_or_none
from content.queries.targets import POSTER, link_groups, link_target, poster_link

__all__ = [
    "LANES",
    "PAST",
    "POSTER",
    "Lane",
    "Length",
    "Supply",
    "approvals",
    "approvers_needed",
    "caption_for",
    "caption_lengths",
    "captions",
    "curators",
    "disclosure",
    "feeds",
    "fetch_address",
    "file_behind",
    "has_approved",
    "is_being_fetched",
    "is_caption",
    "is_only_curator",
    "lane",
    "lanes",
    "link_groups",
    "link_target",
    "live_stories",
    "offered_captions",
    "past_count",
    "other_curators",
    "platform_names",
    "poster_link",
    "story_or_none",
    "supply",
]
