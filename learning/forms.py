"""What a curator types: a lesson in one language, card by card."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.queries import organisation
from core.languages import own_name
from learning import texts
from learning.actions import LessonWords
from learning.drawings import DRAWINGS
from learning.exercises import EXERCISES
from learning.models import WrittenLesson

BLANK_ROWS = 2
PARTS = ("key", "title", "body", "picture", "alt", "before", "after", "why")
TOPIC_WORDS = {
    texts.BEGIN: _("Beginning"),
    texts.WRITE: _("Writing"),
    texts.PEOPLE: _("Talking with people"),
    texts.CARE: _("Taking care"),
}


def languages_of(lesson: WrittenLesson | None = None) -> list[tuple[str, str]]:
    """The firm's and ours, and those it is there in."""
    codes = [
        *organisation().languages,
        *(code for code, _name in settings.LANGUAGES),
        *(lesson.content if lesson else ()),
    ]
    return [(code, own_name(code)) for code in dict.fromkeys(codes)]


class BeginForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120, error_messages={"required": _("Please give it a title.")})
    language = forms.ChoiceField(label=_("Language you write it in"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"].choices = languages_of()


@dataclass(frozen=True)
class Row:
    """One card as the page has it; `original` is the same one in the language it was written in."""

    number: int
    card: texts.Card
    original: texts.Card | None = None

    @property
    def is_open(self) -> bool:
        """Whether more than title and words is there, so that it should be seen."""
        card = self.original or self.card
        return bool(card.picture or card.before or card.after or card.why)


class LessonForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    line = forms.CharField(label=_("What somebody can do afterwards, in one line"), max_length=200, required=False)
    topic = forms.ChoiceField(label=_("What it is about"), choices=list(TOPIC_WORDS.items()))
    kind = forms.ChoiceField(
        label=_("Where the exercise leads"), choices=[(key, one.name) for key, one in EXERCISES.items()]
    )
    exercise = forms.CharField(
        label=_("What to try"),
        required=False,
        help_text=_("One small thing that ends in something real. They say themselves when it is done."),
        widget=forms.Textarea(attrs={"rows": 4, "data-grows": "", "data-paste": ""}),
    )

    def __init__(self, data: Any = None, *, lesson: WrittenLesson, language: str) -> None:
        self.lesson, self.language = lesson, language
        self.is_translation = language != lesson.language
        self.original = self._text(lesson.language)
        self.kept = self._text(language)
        self.uploaded: dict[int, str] = {}
        initial = {
            "title": self.kept.title, "line": self.kept.line, "exercise": self.kept.exercise, "topic": lesson.topic,
            "kind": lesson.kind,
        }  # fmt: skip
        super().__init__(data, initial=initial)
        if self.is_translation:
            del self.fields["topic"], self.fields["kind"]

    def _text(self, language: str) -> texts.Text:
        raw = self.lesson.content.get(language)
        return texts.read(raw) if raw else texts.EMPTY

    @property
    def cards(self) -> list[texts.Card]:
        """As they were typed, empty ones too; a picture that came along is in its place already."""
        if not self.is_bound:
            return list(self.kept.cards)
        several = zip(*(self.data.getlist(f"card_{name}") for name in PARTS), strict=False)
        typed = [texts.Card(**dict(zip(PARTS, said, strict=True))) for said in several]
        return [self._whole(number, card) for number, card in enumerate(typed, 1)]

    def _whole(self, number: int, card: texts.Card) -> texts.Card:
        picture = self.uploaded.get(number, card.picture)
        return replace(card, key=card.key[:40] or uuid4().hex[:12], picture=picture if self._is_there(picture) else "")

    def _is_there(self, picture: str) -> bool:
        return picture in DRAWINGS or picture in dict(self.own_pictures)

    @property
    def own_pictures(self) -> list[tuple[str, str]]:
        rows = self.lesson.pictures.order_by("pk").values_list("pk", flat=True)
        return [(f"{texts.OWN}{pk}", _("Your picture %(n)s") % {"n": n}) for n, pk in enumerate(rows, 1)]

    @property
    def pictures(self) -> list[tuple[str, Any]]:
        return [("", _("None")), *DRAWINGS.items(), *self.own_pictures]

    @property
    def rows(self) -> list[Row]:
        """With a few empty ones to write on in; a translation has the cards of its original."""
        if self.is_translation:
            typed = {card.key: card for card in self.cards}
            blank = texts.Card("", "", "")
            return [Row(n, typed.get(one.key, blank), one) for n, one in enumerate(self.original.cards, 1)]
        found = [one for one in self.cards if not one.is_empty]
        return [Row(n, one) for n, one in enumerate([*found, *[texts.Card("", "", "")] * BLANK_ROWS], 1)]

    @property
    def words(self) -> LessonWords:
        given, cards = self.cleaned_data, self.cards
        text = texts.Text(given["title"], given["line"], given["exercise"], tuple(cards))
        return LessonWords(self.language, text, given.get("topic", texts.WRITE), given.get("kind", "draft"))


def uploads_in(files: Any) -> dict[int, UploadedFile]:
    """The pictures that came along, by the number of their card."""
    names = {name: name.removeprefix("card_upload_") for name in files if name.startswith("card_upload_")}
    return {int(number): files[name] for name, number in names.items() if number.isdecimal() and len(number) < 4}
