"""The verbs of content: the only place where stories and feeds change."""

from content.actions.approval import (
    approve_story,
    missing_parts,
    put_live,
    reopen_story,
    reschedule_story,
    send_back_story,
    submit_story,
    withdraw_story,
)
from content.actions.attachments import AttachmentWords, take_attachment
from content.actions.feeds import add_feed, edit_feed, fetch_feed_now, remove_feed, start_feed, stop_feed
from content.actions.fetching import fetch_feed, lease_feeds
from content.actions.following import choose_topics, follow_topic, unfollow_topic
from content.actions.kinds import belongs
from content.actions.makers import answer_as_maker, ask_maker, drop_maker, tell_makers
from content.actions.phrases import PhraseWords, add_usual_phrases, keep_phrase, remove_phrase
from content.actions.pictures import fetch_picture, lease_pictures, take_picture
from content.actions.posters import make_poster_link
from content.actions.stories import UNCHANGED, CaptionWords, StoryWords, edit_story, make_story, write_caption
from content.actions.suggestions import (
    GivenWords,
    decline_suggestion,
    give_suggestion,
    lend_sentence,
    take_back_suggestion,
    use_suggestion,
)
from content.actions.turning import turn_stories
from content.actions.videos import take_video

__all__ = [
    "PhraseWords",
    "add_usual_phrases",
    "keep_phrase",
    "remove_phrase",
    "UNCHANGED",
    "AttachmentWords",
    "CaptionWords",
    "GivenWords",
    "StoryWords",
    "add_feed",
    "answer_as_maker",
    "approve_story",
    "belongs",
    "ask_maker",
    "decline_suggestion",
    "choose_topics",
    "drop_maker",
    "edit_feed",
    "edit_story",
    "fetch_feed",
    "fetch_feed_now",
    "fetch_picture",
    "give_suggestion",
    "follow_topic",
    "lease_feeds",
    "lease_pictures",
    "lend_sentence",
    "make_poster_link",
    "make_story",
    "missing_parts",
    "put_live",
    "remove_feed",
    "reopen_story",
    "reschedule_story",
    "send_back_story",
    "start_feed",
    "stop_feed",
    "submit_story",
    "take_attachment",
    "take_back_suggestion",
    "take_picture",
    "take_video",
    "tell_makers",
    "turn_stories",
    "use_suggestion",
    "unfollow_topic",
    "withdraw_story",
    "write_caption",
]
