from content.queries.blanks import blank_key, filled, has_stray_brackets, open_blanks, prompts_of
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
from content.queries.captions import as_one_line, is_maker, open_captions, takes_only_locked
from content.queries.disclosures import disclosure
from content.queries.fetching import fetch_address, file_behind
from content.queries.lengths import Length, caption_lengths, platform_names
from content.queries.stories import by_language, caption_for, captions, is_caption, live_stories, offered_captions, story_or_none
from content.queries.targets import POSTER, link_groups, link_target, poster_link

__all__ = [
    "LANES",
    "PAST",
    "POSTER",
    "Lane",
    "Length",
    "Supply",
    "as_one_line",
    "blank_key",
    "by_language",
    "caption_for",
    "caption_lengths",
    "captions",
    "curators",
    "disclosure",
    "feeds",
    "fetch_address",
    "file_behind",
    "filled",
    "has_stray_brackets",
    "is_being_fetched",
    "is_caption",
    "is_maker",
    "is_only_curator",
    "lane",
    "lanes",
    "link_groups",
    "link_target",
    "live_stories",
    "offered_captions",
    "open_blanks",
    "open_captions",
    "past_count",
    "platform_names",
    "poster_link",
    "prompts_of",
    "story_or_none",
    "supply",
    "takes_only_locked",
]
