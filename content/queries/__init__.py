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
from content.queries.campaigns import campaigns, open_campaigns
from content.queries.disclosure_table import countries, countries_of_members, disclosure_table, languages, places
from content.queries.disclosures import Line, Place, Rulebook, disclosure, place_of, post_language, rulebook
from content.queries.fetching import fetch_address, file_behind
from content.queries.following import followed_topics, topics
from content.queries.lengths import Length, caption_lengths, platform_names
from content.queries.makers import findable, is_maker, lending_makers, made_by, maker_of, makers, named_makers
from content.queries.reviews import asks_for_reviews
from content.queries.stories import caption_for, captions, is_caption, live_stories, offered_captions, story_or_none
from content.queries.targets import POSTER, link_groups, link_target, poster_link

__all__ = [
    "LANES",
    "PAST",
    "POSTER",
    "Lane",
    "Length",
    "Line",
    "Place",
    "Rulebook",
    "Supply",
    "asks_for_reviews",
    "campaigns",
    "caption_for",
    "caption_lengths",
    "captions",
    "countries",
    "countries_of_members",
    "curators",
    "disclosure",
    "disclosure_table",
    "feeds",
    "fetch_address",
    "file_behind",
    "findable",
    "followed_topics",
    "is_being_fetched",
    "is_caption",
    "is_maker",
    "is_only_curator",
    "lane",
    "lanes",
    "languages",
    "lending_makers",
    "link_groups",
    "link_target",
    "live_stories",
    "made_by",
    "maker_of",
    "makers",
    "named_makers",
    "offered_captions",
    "open_campaigns",
    "past_count",
    "place_of",
    "places",
    "platform_names",
    "post_language",
    "poster_link",
    "rulebook",
    "story_or_none",
    "supply",
    "topics",
]
