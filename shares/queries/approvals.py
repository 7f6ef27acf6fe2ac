"""Members' own words in a regulated firm: which they are, who reads them and by when, and what waits for a reader."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import queries as accounts
from accounts.models import User
from content import queries as content
from content.models import Story
from core import zones
from core.templatetags.times import say_day
from shares import drafts
from shares.models import Share, WordsApproval


@dataclass(frozen=True)
class Terms:
    """What the firm promises whoever writes own words now."""

    reader: User
    due_at: datetime


def terms(author: User, at: datetime) -> Terms | None:
    """None where nobody is there to read them."""
    reader = accounts.words_reader(author, at)
    return Terms(reader, accounts.words_due(reader, at)) if reader else None


def are_own(story: Story, words: str, options: Mapping[str, str] | None = None) -> bool:
    """Whether somebody else has to read them first: anything but a suggestion of the story as it stands."""
    if not accounts.organisation().regulated:
        return False
    return bool((options or {}).get("warning")) or not content.is_caption(story, words)


def fingerprint(share: Share) -> str:
    """Of all that its member wrote, and of the line that goes out with it."""
    said = [drafts.wording(share).text, share.options.get("warning", "")]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def may_go_out(share: Share) -> bool:
    """Whether its words are nobody's own, or approved exactly as they are now."""
    if not are_own(share.story, share.words, share.options):
        return True
    return share.approvals.filter(state="approved", fingerprint=fingerprint(share)).exists()


def open_question(share: Share) -> WordsApproval | None:
    """About its words as they are now."""
    return share.approvals.filter(state="waits", fingerprint=fingerprint(share)).select_related("reader").first()


def waiting_for(reader: User) -> QuerySet[WordsApproval]:
    """What this reader has to answer, the most urgent first; never words of their own."""
    return (
        WordsApproval.objects.filter(reader=reader, state="waits", share__state="held")
        .exclude(share__member=reader)
        .select_related("share__member", "share__story", "share__account")
        .prefetch_related("share__story__attachments")
        .order_by("due_at", "pk")
    )


def came_back(share: Share) -> bool:
    """Whether its words were not approved, and are a draft of its member's again."""
    return share.state == "cancelled" and share.approvals.filter(state__in=["refused", "expired"]).exists()


def unread_sentence(member: User, story: Story, words: str, at: datetime) -> str:
    """The refusal of own words that nobody is there to read."""
    return nobody_reads() if are_own(story, words) and terms(member, at) is None else ""


def nobody_reads() -> str:
    return _("Own words are read first here, and nobody is there to read yours. Suggested words go out as they stand.")


def not_by_hand() -> str:
    return _("Own words are read first here, so by hand you can only use suggested words, as they stand.")


def waits_sentence(share: Share, reader: User | None, due_at: datetime) -> str:
    """In the language and the zone of the share's member."""
    local = due_at.astimezone(zones.zone_of(share.member.time_zone))
    with override(share.member.language):
        text = _(
            "Waits for approval: %(name)s reads your own words by %(time)s. Without an answer by then they are not "
            "posted, and are kept for you as a draft."
        )
        moment = f"{say_day(local, 'short day')}, {local:%H:%M}"
        return text % {"name": reader.name if reader else _("somebody"), "time": moment}
