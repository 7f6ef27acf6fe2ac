from content.queries.approvals import approvals, approvers_needed, has_approved, other_curators
from content.queries.audience import kind_words, members_for, nobody, reaches_nobody
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
from content.queries.calendar import calendar, month_of, week_of
from content.queries.campaigns import campaigns, open_campaigns
from content.queries.captions import as_one_line, open_captions, takes_only_locked
from content.queries.channels import about_of, channels, is_for_channels, stories_to_tell, story_of
from content.queries.comparing import Difference, compared
from content.queries.disclosure_table import countries, countries_of_members, disclosure_table, languages, places
from content.queries.disclosures import Line, Place, Rulebook, disclosure, place_of, post_language, rulebook
from content.queries.fetching import closed_stories_with, fetch_address, file_behind, is_open_elsewhere
from content.queries.finding import find_stories
from content.queries.following import followed_topics, topics
from content.queries.history import history, notes, versions
from content.queries.lengths import Length, caption_lengths, platform_names
from content.queries.makers import findable, is_maker, lending_makers, made_by, maker_of, makers, named_makers
from content.queries.phrases import Hint, forbidden_sentence, forget_phrases, hints, phrases
from content.queries.reviews import asks_for_reviews
from content.queries.stories import (
    by_language,
    caption_for,
    captions,
    is_caption,
    live_stories,
    offered_captions,
    story_or_none,
)
from content.queries.suggestions import answered_suggestions, given_by, open_count, open_suggestions, suggested_by
from content.queries.tables import story_rows
from content.queries.targets import POSTER, link_groups, link_target, poster_link

__all__ = [
    "LANES",
    "PAST",
    "POSTER",
    "Difference",
    "Hint",
    "Lane",
    "Length",
    "Line",
    "Place",
    "Rulebook",
    "Supply",
    "about_of",
    "answered_suggestions",
    "approvals",
    "approvers_needed",
    "as_one_line",
    "asks_for_reviews",
    "blank_key",
    "by_language",
    "calendar",
    "campaigns",
    "caption_for",
    "caption_lengths",
    "captions",
    "channels",
    "closed_stories_with",
    "compared",
    "countries",
    "countries_of_members",
    "curators",
    "disclosure",
    "disclosure_table",
    "feeds",
    "fetch_address",
    "file_behind",
    "filled",
    "find_stories",
    "findable",
    "followed_topics",
    "forbidden_sentence",
    "forget_phrases",
    "given_by",
    "has_approved",
    "has_stray_brackets",
    "hints",
    "history",
    "is_being_fetched",
    "is_caption",
    "is_for_channels",
    "is_maker",
    "is_only_curator",
    "is_open_elsewhere",
    "kind_words",
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
    "members_for",
    "month_of",
    "named_makers",
    "nobody",
    "notes",
    "offered_captions",
    "open_blanks",
    "open_campaigns",
    "open_captions",
    "open_count",
    "open_suggestions",
    "other_curators",
    "past_count",
    "phrases",
    "place_of",
    "places",
    "platform_names",
    "post_language",
    "poster_link",
    "prompts_of",
    "reaches_nobody",
    "rulebook",
    "stories_to_tell",
    "story_of",
    "story_or_none",
    "story_rows",
    "suggested_by",
    "supply",
    "takes_only_locked",
    "topics",
    "versions",
    "week_of",
]
