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
from content.actions.campaigns import (
    CampaignWords,
    edit_campaign,
    end_campaign,
    end_past_campaigns,
    make_campaign,
    reopen_campaign,
)
from content.actions.disclosures import DisclosureWords, edit_disclosure, make_disclosure, remove_disclosure
from content.actions.feeds import add_feed, edit_feed, fetch_feed_now, remove_feed, start_feed, stop_feed
from content.actions.fetching import fetch_feed, lease_feeds
from content.actions.following import choose_topics, follow_topic, unfollow_topic
from content.actions.makers import answer_as_maker, ask_maker, drop_maker, tell_makers
from content.actions.pictures import fetch_picture, lease_pictures, take_picture
from content.actions.posters import make_poster_link
from content.actions.stories import CaptionWords, StoryWords, edit_story, make_story, write_caption
from content.actions.turning import turn_stories

__all__ = [
    "AttachmentWords",
    "CampaignWords",
    "CaptionWords",
    "DisclosureWords",
    "StoryWords",
    "add_feed",
    "answer_as_maker",
    "approve_story",
    "ask_maker",
    "choose_topics",
    "drop_maker",
    "edit_campaign",
    "edit_disclosure",
    "edit_feed",
    "edit_story",
    "end_campaign",
    "end_past_campaigns",
    "fetch_feed",
    "fetch_feed_now",
    "fetch_picture",
    "follow_topic",
    "lease_feeds",
    "lease_pictures",
    "make_campaign",
    "make_disclosure",
    "make_poster_link",
    "make_story",
    "missing_parts",
    "put_live",
    "remove_disclosure",
    "remove_feed",
    "reopen_campaign",
    "reopen_story",
    "reschedule_story",
    "send_back_story",
    "start_feed",
    "stop_feed",
    "submit_story",
    "take_attachment",
    "take_picture",
    "tell_makers",
    "turn_stories",
    "unfollow_topic",
    "withdraw_story",
    "write_caption",
]
