"""What there is to be told, and by which ways: the one table behind every message.

A row is a topic a person understands; the kinds that the rest of the product names (`tell(kind=…)`) belong to one by
how they begin. What no row claims is "anything else", so that a new kind is never lost and never loud.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

PAGE, MAIL, PUSH = "page", "mail", "push"
CHANNELS = (PAGE, MAIL, PUSH)
ALWAYS, OPTIONAL, NEVER = "always", "optional", "never"
WORDS_READER = "words_reader"  # no role, but told as if it were one


@dataclass(frozen=True)
class Topic:
    """`page` says whether the line in the page can be switched off. `within`: later than that a mail is too late.
    `is_sharing`: it asks nobody to share, but speaks of stories, and so waits while all sharing is paused."""

    key: str
    label: Any
    says: Any
    kinds: tuple[str, ...]
    usual: frozenset[str]
    page: str = ALWAYS
    role: str = ""  # only people with this role are told such things
    keeps_to_hours: bool = True
    at_any_hour: tuple[str, ...] = ()  # kinds of it that do not wait for anybody's hours, though the topic does
    within: timedelta | None = None
    is_sharing: bool = False
    push_line: Any = ""  # what a locked screen may show; a push holds no private words

    def waits_for_hours(self, kind: str) -> bool:
        return self.keeps_to_hours and kind not in self.at_any_hour

    def channels(self, choices: Mapping[str, Any]) -> frozenset[str]:
        """By which ways this member is told: what they chose, else what is usual."""
        chosen = choices.get(self.key)
        ways = self.usual if chosen is None else frozenset(chosen)
        if self.page == NEVER:
            return ways - {PAGE}
        return ways | {PAGE} if self.page == ALWAYS else ways


TOPICS = (
    Topic(
        "digest", _("Stories picked for you"), _("Three at a time, at the hour you choose below."), ("digest.",),
        frozenset({MAIL}), page=NEVER, push_line=_("Stories picked for you"),
    ),
    Topic(
        "up", _("A post of yours is up"), _("Once, two hours later, so that you can see who answered."), ("share.up",),
        frozenset({PAGE}), page=OPTIONAL, within=timedelta(days=1), push_line=_("A post of yours is up"),
    ),
    Topic(
        "posts", _("A post of yours waits or has a question"), _("It was stopped, taken down, or only you can say."),
        ("share.",), frozenset({PAGE}), push_line=_("A post of yours needs a look"),
    ),
    Topic(
        "accounts", _("An account has to be connected again"), _("Once each time, and ten days before it ends."),
        ("relink",), frozenset({PAGE, MAIL}), push_line=_("An account of yours needs a look"),
    ),
    Topic(
        "guideline", _("A guideline to read and sign"), _("Once for each; what changes later says so there."),
        ("guideline.",), frozenset({PAGE, MAIL}), push_line=_("A guideline waits for you"),
    ),
    Topic(
        "guideline_review", _("A guideline on its way"), _("One waits for you to read it, or what became of yours."),
        ("guideline.review",), frozenset({PAGE, MAIL}), role="hr", push_line=_("News of a guideline on its way"),
    ),
    Topic(
        "question", _("Questions and answers: “May I?”"), _("When somebody asks you, and when you are answered."),
        ("question.",), frozenset({PAGE, MAIL}), push_line=_("News of a question"),
    ),
    Topic(
        "mishap", _("A post went wrong"), _("A colleague asks for your help, at any hour; or you are answered."),
        ("mishap.",), frozenset({PAGE, MAIL, PUSH}), at_any_hour=("mishap.began",), push_line=_("Somebody needs you"),
    ),
    Topic(
        "launch", _("A campaign begins"), _("Once for each campaign whose stories are for you."), ("launch.campaign",),
        frozenset({PAGE, MAIL}), page=OPTIONAL, within=timedelta(days=7), is_sharing=True,
        push_line=_("A campaign begins"),
    ),
    Topic(
        "urgent", _("A story is wanted soon"), _("Once for each story for you that is marked as urgent."),
        ("launch.story",), frozenset({PAGE, PUSH}), page=OPTIONAL, within=timedelta(days=1), is_sharing=True,
        push_line=_("A story is wanted soon"),
    ),
    Topic(
        "review", _("What was decided about your stories"), _("Approved, sent back, or sent to you."), ("story",),
        frozenset({PAGE}), role="curator", push_line=_("News of a story of yours"),
    ),
    Topic(
        "words", _("Words of colleagues wait for you"), _("Not answered in time, they are not posted."), ("words.",),
        frozenset({PAGE, MAIL}), role=WORDS_READER, push_line=_("Words of a colleague wait for you"),
    ),
    Topic(
        "alerts", _("This installation needs somebody"), _("To administrators, at any hour, once for each trouble."),
        ("alert",), frozenset({PAGE, MAIL}), role="administrator", keeps_to_hours=False,
        push_line=_("The installation needs somebody"),
    ),
    Topic(
        "makers", _("A story of something you worked on"), _("You are asked first."), ("maker",),
        frozenset({PAGE}), push_line=_("A story of something you worked on"),
    ),
    Topic(
        "other", _("Anything else"), _("An answer to something you suggested, a thank you."), ("",), frozenset({PAGE}),
        push_line=_("Something for you"),
    ),
)  # fmt: skip
BY_KEY = {topic.key: topic for topic in TOPICS}


def topic_of(kind: str) -> Topic:
    """The row with the longest beginning that fits."""
    found = [
        (len(start), place, topic)
        for place, topic in enumerate(TOPICS)
        for start in topic.kinds
        if kind.startswith(start)
    ]
    return max(found, key=lambda one: one[:2])[2]


def topics_for(roles: list[str]) -> list[Topic]:
    return [topic for topic in TOPICS if not topic.role or topic.role in roles]
