"""The verbs of content: the only place where stories and feeds change."""

from content.actions.approval import (
    approve_story,
    put_live,
    reopen_story,
    reschedule_story,
    send_back_story,
    shelve_story,
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
from content.actions.channels import (
    ChannelWords,
    add_channel,
    edit_channel,
    queue_news,
    remove_channel,
    tell_next_channel,
    try_channel,
)
from content.actions.disclosures import DisclosureWords, edit_disclosure, make_disclosure, remove_disclosure
from content.actions.feeds import FeedRules, add_feed, edit_feed, fetch_feed_now, remove_feed, start_feed, stop_feed
from content.actions.fetching import fetch_feed, lease_feeds
from content.actions.finding import find_new_words, forget_words_of, make_findable
from content.actions.following import choose_topics, follow_topic, unfollow_topic
from content.actions.importing import check_import, drop_import, due_jobs, run_import, start_import
from content.actions.kinds import belongs
from content.actions.launching import (
    begin_launch,
    begin_urgent,
    resume_launch,
    stop_launch,
    sweep_launches,
    tell_next,
)
from content.actions.makers import answer_as_maker, ask_maker, drop_maker, tell_makers
from content.actions.missing import missing_parts
from content.actions.notes import write_note
from content.actions.phrases import PhraseWords, add_usual_phrases, keep_phrase, remove_phrase
from content.actions.pictures import fetch_picture, lease_pictures, take_picture
from content.actions.posters import make_poster_link
from content.actions.restoring import restore_version
from content.actions.stories import UNCHANGED, CaptionWords, StoryWords, edit_story, make_story, write_caption
from content.actions.suggestions import (
    GivenWords,
    decline_suggestion,
    give_suggestion,
    lend_sentence,
    take_back_suggestion,
    use_suggestion,
    vouch_for_photo,
)
from content.actions.turning import turn_stories
from content.actions.videos import take_video

__all__ = [
    "UNCHANGED",
    "AttachmentWords",
    "CampaignWords",
    "CaptionWords",
    "ChannelWords",
    "DisclosureWords",
    "FeedRules",
    "GivenWords",
    "PhraseWords",
    "StoryWords",
    "add_channel",
    "add_feed",
    "add_usual_phrases",
    "answer_as_maker",
    "approve_story",
    "ask_maker",
    "begin_launch",
    "begin_urgent",
    "belongs",
    "check_import",
    "drop_import",
    "due_jobs",
    "run_import",
    "start_import",
    "choose_topics",
    "decline_suggestion",
    "drop_maker",
    "edit_campaign",
    "edit_channel",
    "edit_disclosure",
    "edit_feed",
    "edit_story",
    "end_campaign",
    "end_past_campaigns",
    "fetch_feed",
    "fetch_feed_now",
    "fetch_picture",
    "find_new_words",
    "follow_topic",
    "forget_words_of",
    "give_suggestion",
    "keep_phrase",
    "lease_feeds",
    "lease_pictures",
    "lend_sentence",
    "make_campaign",
    "make_disclosure",
    "make_findable",
    "make_poster_link",
    "make_story",
    "missing_parts",
    "put_live",
    "queue_news",
    "remove_channel",
    "remove_disclosure",
    "remove_feed",
    "remove_phrase",
    "reopen_campaign",
    "reopen_story",
    "reschedule_story",
    "restore_version",
    "resume_launch",
    "send_back_story",
    "shelve_story",
    "start_feed",
    "stop_feed",
    "stop_launch",
    "submit_story",
    "sweep_launches",
    "take_attachment",
    "take_back_suggestion",
    "take_picture",
    "take_video",
    "tell_makers",
    "tell_next",
    "tell_next_channel",
    "try_channel",
    "turn_stories",
    "unfollow_topic",
    "use_suggestion",
    "vouch_for_photo",
    "withdraw_story",
    "write_caption",
    "write_note",
]
