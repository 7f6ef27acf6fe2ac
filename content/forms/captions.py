from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from connectors.text import LONGEST
from content.actions import CaptionWords
from content.actions.kinds import NEED_ADDRESS
from content.forms.languages import language_choices
from content.models import Caption, Story
from content.queries import (
    Hint,
    Length,
    Line,
    blank_problem,
    caption_lengths,
    comment_problem,
    hints,
    platform_names,
)

TYPED = ("id", "connector", "language", "text")
TICKED = ("locked", "for_makers")
NAMES = (*TYPED, *TICKED, "first_comment")
MOST_ROWS = 40


class CaptionForm(forms.Form):
    """One suggestion. Rows repeat the same names, so that they may be added and removed without a script."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    connector = forms.ChoiceField(label=_("For"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    # No length here: a browser would cut what is pasted without a word. The platforms' limits say enough.
    text = forms.CharField(label=_("Suggested words"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    first_comment = forms.CharField(
        label=_("First comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever posts these words may put it below their post."),
    )
    locked = forms.BooleanField(
        label=_("It goes out as it stands"),
        required=False,
        help_text=_("Used unchanged or not at all. In a regulated firm such a story takes no other words."),
    )
    for_makers = forms.BooleanField(
        label=_("In the first person, for those who worked on it"),
        required=False,
        help_text=_("Nobody else is offered it."),
    )

    def __init__(self, *args: Any, row: int, line: Line, with_media: bool, with_link: bool, **options: Any) -> None:
        super().__init__(*args, auto_id=f"id_caption_{row}_%s", **options)
        self.row, self.line = row, line
        self.beside = {"with_media": with_media, "with_link": with_link}
        for name in TICKED:
            self.fields[name].widget.attrs["value"] = str(row)
        self.fields["connector"].choices = [("", _("Every platform")), *platform_names().items()]
        self.fields["language"].choices = language_choices(self["language"].value() or "")

    def add_prefix(self, field_name: str) -> str:
        return f"caption_{field_name}"

    @property
    def lengths(self) -> list[Length]:
        text = str(self["text"].value() or "")
        if len(text) > LONGEST:
            return []
        connector = str(self["connector"].value() or "")
        return caption_lengths(text, connector=connector, line=self.line, **self.beside)

    @property
    def hints(self) -> list[Hint]:
        """What HR's list says about these words; a rule keeps the story from being sent on."""
        texts = (str(self[name].value() or "") for name in ("text", "first_comment"))
        return [hint for text in texts if len(text) <= LONGEST for hint in hints(text)]

    def clean_first_comment(self) -> str:
        comment: str = self.cleaned_data["first_comment"]
        if (over := len(comment) - LONGEST) > 0:
            text = _("This is far too long for every platform: %(over)s characters too many.")
            raise forms.ValidationError(text % {"over": over})
        if problem := comment_problem(comment):
            raise forms.ValidationError(problem)
        return comment

    def clean(self) -> dict[str, Any]:
        """Words that fit nowhere are refused. Those too long for some platforms are of use on the others."""
        given = super().clean() or {}
        if (over := len(given.get("text") or "") - LONGEST) > 0:
            text = _("This is far too long for every platform: %(over)s characters too many.")
            self.add_error("text", text % {"over": over})
        if given.get("first_comment") and not given.get("text"):
            self.add_error("text", _("There are no words in this suggestion yet."))
        if problem := blank_problem(given.get("text") or "", locked=bool(given.get("locked"))):
            self.add_error("text", problem)
        lengths = self.lengths if given.get("text") else []
        if lengths and all(one.over for one in lengths):
            roomiest = min(lengths, key=lambda one: one.over)
            text = _("This is %(over)s too many for %(name)s, with the link and the line that says where you work.")
            if len(lengths) > 1:
                text = _("This is too long for every platform: %(over)s too many even for %(name)s, with the link and "
                    "the line that says where you work.")  # fmt: skip
            self.add_error("text", text % {"over": roomiest.over, "name": roomiest.name})
        return given

    @property
    def too_long_for(self) -> list[str]:
        """Names of platforms on which nobody can use these words as they are."""
        return [one.name for one in self.lengths if one.over]

    @property
    def words(self) -> CaptionWords:
        given = self.cleaned_data
        more = {name: given[name] for name in (*TICKED, "first_comment")}
        return CaptionWords(given["text"], given["connector"], given["language"] or "en", given["id"], **more)


class CaptionRows:
    """All suggestions of one story as they stand on the page."""

    def __init__(
        self,
        rows: Iterable[dict[str, Any]],
        *,
        line: Line,
        language: str,
        bound: bool,
        with_media: bool = False,
        with_link: bool = True,
    ) -> None:
        self.line, self.language = line, language
        self.beside = {"with_media": with_media, "with_link": with_link}
        self.values = list(rows)[:MOST_ROWS]
        self.bound = bound
        self.forms = self._made()

    @classmethod
    def of(
        cls,
        captions: Sequence[Caption],
        *,
        line: Line,
        language: str,
        with_media: bool = False,
        with_link: bool = True,
    ) -> "CaptionRows":
        rows = [{name: getattr(caption, name) for name in NAMES} for caption in captions]
        usual = [{"language": language}]
        return cls(rows or usual, line=line, language=language, bound=False, with_media=with_media, with_link=with_link)

    @classmethod
    def sent(cls, data: QueryDict, *, line: Line, language: str) -> "CaptionRows":
        """What is posted itself stands in the same form, since it decides whether the link counts."""
        rows = sent_rows(data)
        leads = data.get("kind", Story.WEB) in NEED_ADDRESS or bool(data.get("url", "").strip())
        media = bool(data.getlist("attachment_kept"))
        return cls(rows, line=line, language=language, bound=True, with_media=media, with_link=leads)

    def add(self, **given: Any) -> None:
        self.values.append({"language": self.language} | given)
        self.untie()

    def drop(self, row: str) -> None:
        self.values = [value for number, value in enumerate(self.values) if str(number) != row]
        self.untie()

    def untie(self) -> None:
        """Show the same words without complaining about any."""
        self.bound = False
        self.forms = self._made()

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])

    @property
    def too_long_for(self) -> list[str]:
        """Platforms that some of these words do not fit, each once."""
        return list(dict.fromkeys(name for form in self.forms for name in form.too_long_for))

    @property
    def speak_for_makers(self) -> bool:
        """Whether one of them is in the first person already."""
        return any(form["for_makers"].value() for form in self.forms)

    @property
    def words(self) -> list[CaptionWords]:
        return [form.words for form in self.forms]

    def _made(self) -> list[CaptionForm]:
        return [self._row(number, values) for number, values in enumerate(self.values)]

    def _row(self, number: int, values: dict[str, Any]) -> CaptionForm:
        if not self.bound:
            return CaptionForm(initial=values, row=number, line=self.line, **self.beside)
        data = {f"caption_{name}": value for name, value in values.items()}
        return CaptionForm(data, row=number, line=self.line, **self.beside)


def sent_rows(data: QueryDict) -> list[dict[str, Any]]:
    """A box that is not ticked is not sent, so that each carries the number of its row."""
    columns = [data.getlist(f"caption_{name}") for name in TYPED]
    rows: list[dict[str, Any]] = [dict(zip(TYPED, row, strict=True)) for row in zip(*columns, strict=False)]
    for name in TICKED:
        ticked = set(data.getlist(f"caption_{name}"))
        for number, row in enumerate(rows):
            row[name] = str(number) in ticked
    # A page that was opened before there were any sends none.
    comments = data.getlist("caption_first_comment")
    for number, row in enumerate(rows):
        row["first_comment"] = comments[number] if number < len(comments) else ""
    return rows
