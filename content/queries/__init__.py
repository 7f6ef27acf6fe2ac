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
from content.queries.makers import findable, is_maker, lending_makers, maker_of, makers, named_makers
from content.queries.stories import caption_for, captions, is_caption, live_stories, offered_captions, story_or_none
from content.queries.suggestions import answered_suggestions, given_by, open_count, open_suggestions, suggested_by
from content.queries.targets import POSTER, link_groups, link_target, poster_link

__all__ = [
    "LANES",
    "PAST",
    "POSTER",
    "Lane",
    "Length",
    "Supply",
    "answered_suggestions",
    "caption_for",
    "caption_lengths",
    "captions",
    "curators",
    "disclosure",
    "feeds",
    "fetch_address",
    "file_behind",
    "findable",
    "given_by",
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
    "maker_of",
    "makers",
    "named_makers",
    "offered_captions",
    "open_count",
    "open_suggestions",
    "past_count",
    "platform_names",
    "poster_link",
    "story_or_none",
    "suggested_by",
    "supply",
]
