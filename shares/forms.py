from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import queries as accounts
from accounts.models import LinkedAccount, User
from connectors.base import Connector
from connectors.text import LONGEST
from content import queries as content
from core import zones
from core.templatetags.times import say_moment
from guidelines import queries as guidelines
from shares import queries
from shares.models import Share

VISIBLE_TO = {
    "public": _("Everybody"),
    "unlisted": _("Everybody, but in no public list"),
    "followers": _("Only people who follow me"),
    "connections": _("Only my connections"),
}
LONGEST_ANSWER, MOST_BLANKS = 300, 30
WHEN = [("now", _("Now")), ("good", _("Find me a good time")), ("later", _("Later"))]


@dataclass(frozen=True)
class Chosen:
    accounts: list[LinkedAccount]
    words: str  # with its blanks filled in
    each: dict[int, str]  # other words, by account
    due_at: datetime | None
    note: str
    when: str
    good_at: datetime | None
    key: UUID
    visibilities: dict[str, str]
    warning: str

    def words_for(self, account: LinkedAccount) -> str:
        return self.each.get(account.pk, self.words)

    def options(self, connector: Connector) -> dict[str, str]:
        return options_of(connector, self.visibilities, self.warning)


def options_of(connector: Connector, visibilities: Mapping[str, str], warning: str) -> dict[str, str]:
    """What was chosen, as far as this platform has it; empty where it was left as usual."""
    visibility = visibilities.get(connector.key, "")
    found = {
        "visibility": visibility if visibility in connector.carries.visibilities[1:] else "",
        "warning": warning.strip() if connector.carries.warning else "",
    }
    return {name: value for name, value in found.items() if value}


class LocalMoment(forms.CharField):
    """A local date and time as the browser's own control sends it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.zone = "UTC"

    def clean(self, value: Any) -> zones.LocalTime | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return zones.to_utc(datetime.fromisoformat(text).replace(tzinfo=None), self.zone)
        except (ValueError, OverflowError):
            raise forms.ValidationError(_("Please give a day and a time, such as 24 November 2026, 09:30.")) from None


TOO_LONG = {"max_length": _("These words are longer than any platform takes (%(limit_value)s characters).")}


class ShareForm(forms.Form):
    """What the composer sends."""

    words = forms.CharField(max_length=LONGEST, required=False, error_messages=TOO_LONG)
    accounts = forms.ModelMultipleChoiceField(queryset=LinkedAccount.objects.none(), required=False)
    when = forms.ChoiceField(choices=WHEN, required=False)
    due_at = LocalMoment(required=False)
    good_at = forms.CharField(max_length=40, required=False)  # the good time the page has shown
    key = forms.UUIDField(required=False)
    warning = forms.CharField(
        label=_("Content warning"),
        required=False,
        max_length=200,
        help_text=_("Shown instead of the post until somebody opens it. Leave it empty for none."),
    )

    def __init__(self, *args: Any, member: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["accounts"].queryset = member.linked_accounts.exclude(state="unlinked")
        self.fields["due_at"].zone = member.time_zone
        rows = list(self.fields["accounts"].queryset.values_list("pk", "connector"))
        linked = {connector for _pk, connector in rows}
        for pk, _connector in rows:
            self.fields[f"words_{pk}"] = forms.CharField(
                max_length=LONGEST, required=False, error_messages=TOO_LONG, strip=True
            )
        self.connectors = [one for key, one in accounts.connectors().items() if key in linked]
        for one in self.connectors:
            if len(one.carries.visibilities) > 1:
                self.fields[f"visibility_{one.key}"] = forms.ChoiceField(
                    label=_("Who sees it on %(name)s") % {"name": one.name},
                    choices=[(word, VISIBLE_TO[word]) for word in one.carries.visibilities],
                    required=False,
                )

    @property
    def more_choices(self) -> list[forms.BoundField]:
        """What some of the member's platforms have besides words; each is empty or usual unless somebody cares."""
        names = [name for name in self.fields if name.startswith("visibility_")]
        return [self[name] for name in names] + [self["warning"]] * any(one.carries.warning for one in self.connectors)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("accounts") and "accounts" not in self.errors:
            self.add_error("accounts", _("Choose at least one account to share to."))
        bare = [one for one in given.get("accounts") or [] if not given.get(f"words_{one.pk}")]
        if not (given.get("words") or "").strip() and bare and "words" not in self.errors:
            self.add_error("words", _("Write a few words first, or start from suggested ones."))
        if given.get("when") == "later" and not given.get("due_at") and "due_at" not in self.errors:
            self.add_error("due_at", _("Choose a day and a time, or share now."))
        return given

    @property
    def chosen(self) -> Chosen:
        given = self.cleaned_data
        local = given["due_at"] if given["when"] == "later" else None
        answers = answers_in(self.data)
        return Chosen(
            accounts=list(given["accounts"]),
            words=content.filled(given["words"], answers),
            each={
                one.pk: content.filled(own, answers) for one in given["accounts"] if (own := given[f"words_{one.pk}"])
            },
            due_at=local.at if local else None,
            note=local.note if local else "",
            when=given["when"] or "now",
            good_at=_moment(given["good_at"]),
            key=given["key"] or uuid4(),
            visibilities=visibilities_in(given),
            warning=given["warning"],
        )


def answers_in(data: Mapping[str, Any]) -> dict[str, str]:
    """What was typed into blanks, by the key of each."""
    given = {name: str(data[name]).strip()[:LONGEST_ANSWER] for name in data if name.startswith("blank_")}
    return {name: answer for name, answer in list(given.items())[:MOST_BLANKS] if answer}


def visibilities_in(given: Mapping[str, Any]) -> dict[str, str]:
    return {name.partition("_")[2]: str(value) for name, value in given.items() if name.startswith("visibility_")}


def _moment(text: str) -> datetime | None:
    """What our own page wrote there; for anything else a good time is looked for anew."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        strip=True,
        error_messages=TOO_LONG,
    )


class TimeForm(forms.Form):
    due_at = LocalMoment(label=_("Day and time"))

    def __init__(self, *args: Any, member: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_at"].zone = member.time_zone


class PostsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """Where and when first: two posts may have the same words."""
        said = obj.words.split()
        words = " ".join(said[:14]) + ("…" if len(said) > 14 else "") or obj.story.title
        where = gettext(queries.platform_of(obj))
        if obj.account and obj.account.handle:
            where = f"{where} ({obj.account.handle})"
        return f"{where}, {say_moment(obj.published_at or obj.state_at)}: {words}"


class MishapForm(forms.Form):
    """“It went wrong”: which posts come down, who helps, and what happened, if one likes."""

    posts = PostsField(Share.objects.none(), label=_("Take down"), required=False)
    helper = forms.ChoiceField(
        label=_("Who helps you"), error_messages={"required": _("Please choose who should help.")}
    )
    words = forms.CharField(
        label=_("What happened"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, helpers: list[User], at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helpers = {str(one.pk): one for one in helpers}
        self.fields["helper"].choices = [
            (key, guidelines.with_absence(one.name, one, at)) for key, one in self.helpers.items()
        ]
        if not helpers:  # what comes down and what is held does not hang on there being one
            del self.fields["helper"]

    def clean_helper(self) -> User:
        return self.helpers[self.cleaned_data["helper"]]


class MishapMoreForm(forms.Form):
    words = forms.CharField(
        label=_("Add something"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please write what you would like to add.")},
    )


class MishapAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Write to them"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please write a sentence; “I am on it” is one.")},
    )
