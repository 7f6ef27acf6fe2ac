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
from content.queries.following import followed_topics, topics
from content.queries.lengths import Length, caption_lengths, platform_names
from content.queries.makers import findable, is_maker, lending_makers, made_by, maker_of, makers, named_makers
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
    "findable",
    "followed_topics",
    "has_approved",
    "is_being_fetched",
    "is_caption",
    "is_maker",
    "is_only_curator",
    "lane",
    "lanes",
    "lending_makers",
    "link_groups",
    "link_target",
    "live_stories",
    "made_by",
    "maker_of",
    "makers",
    "named_makers",
    "offered_captions",
    "past_count",
    "other_curators",
    "platform_names",
    "poster_link",
    "story_or_none",
    "supply",
    "topics",
]
