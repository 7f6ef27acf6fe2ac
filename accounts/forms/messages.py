"""By which ways a member is told what: a table of boxes, and below it when and how much."""

from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import reads_words
from core import hours
from notifications.kinds import ALWAYS, CHANNELS, MAIL, NEVER, PAGE, PUSH, WORDS_READER, Topic, topics_for
from notifications.models import Wishes

NAMES = {PAGE: _("Here"), MAIL: _("E-mail"), PUSH: _("On my phone")}
LIMITS = [("", _("no limit")), (1, "1"), (2, "2"), (3, "3"), (5, "5"), (10, "10")]


class MessagesForm(forms.Form):
    digest = forms.ChoiceField(
        label=_("Stories picked for me"),
        choices=[("", _("Never")), ("day", _("Every working day")), ("week", _("Once a week"))],
        required=False,
        widget=forms.RadioSelect,
    )
    weekday = forms.TypedChoiceField(
        label=_("On"), choices=list(WEEKDAYS.items()), coerce=int, required=False, empty_value=None
    )
    hour = forms.TimeField(
        label=_("At"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("In your own time zone, and never outside the working hours you chose."),
    )  # fmt: skip
    most_a_day = forms.TypedChoiceField(
        label=_("At most so many mails and pushes a day"), choices=LIMITS, coerce=int, required=False, empty_value=None,
        help_text=_("What is more stands here only."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, member: User, wishes: Wishes) -> None:
        first = {
            "digest": wishes.digest, "weekday": wishes.digest_weekday, "most_a_day": wishes.most_a_day,
            "hour": hours.clock_time(wishes.digest_minute),
        }  # fmt: skip
        super().__init__(data, initial=first)
        self.topics = topics_for([*member.roles, *[WORDS_READER] * reads_words(member)])
        for topic in self.topics:
            ways = topic.channels(wishes.channels)
            for channel in CHANNELS:
                if self.is_open(topic, channel):
                    self.fields[f"{topic.key}_{channel}"] = forms.BooleanField(
                        label=f"{topic.label}: {NAMES[channel]}", required=False, initial=channel in ways
                    )

    @staticmethod
    def is_open(topic: Topic, channel: str) -> bool:
        """Whether there is anything to choose."""
        return channel != PAGE or topic.page not in (ALWAYS, NEVER)

    def rows(self) -> list[tuple[Topic, list[tuple[Any, forms.BoundField | None, bool]]]]:
        """Each topic with its cells: the channel's name, its box where there is one, and whether it is always on."""
        return [
            (
                topic,
                [
                    (
                        NAMES[channel],
                        self[f"{topic.key}_{channel}"] if self.is_open(topic, channel) else None,
                        channel == PAGE and topic.page == ALWAYS,
                    )
                    for channel in CHANNELS
                ],
            )
            for topic in self.topics
        ]

    def channels(self) -> dict[str, list[str]]:
        return {
            topic.key: [one for one in CHANNELS if self.cleaned_data.get(f"{topic.key}_{one}")] for topic in self.topics
        }

    def minute(self) -> int:
        return hours.minutes(self.cleaned_data.get("hour") or time(8, 30))
