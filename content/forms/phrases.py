import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from content.actions.addresses import web_address
from content.actions.errors import BadAddress
from content.actions.phrases import PhraseWords
from content.forms.languages import language_choices
from content.models import Phrase

# A guideline of ours, or a paragraph of it; the member's own copy opens there
PARAGRAPH = re.compile(r"/guidelines/[0-9]{1,9}/(#s-[\w-]{1,40})?")


class PhraseForm(forms.Form):
    words = forms.CharField(
        label=_("Words to look for"),
        max_length=120,
        help_text=_("One word or several. Usual endings are found too, large or small."),
        error_messages={"required": _("Please give the words to look for.")},
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    kind = forms.ChoiceField(label=_("What it is"), choices=Phrase.KINDS, initial="other")
    is_rule = forms.TypedChoiceField(
        label=_("How firm"),
        choices=[("", _("A recommendation: it says so beside the words")), ("rule", _("A rule: the post waits"))],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please say why, in a sentence people can act on.")},
    )
    instead = forms.CharField(label=_("Words to use instead"), max_length=120, required=False)
    link = forms.CharField(
        label=_("Where it is explained"),
        max_length=500,
        required=False,
        help_text=_("An address; or of a guideline: HR finds a link to each of its paragraphs there."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
    )
    understood = forms.BooleanField(label=_("I have read this, and keep it all the same"), required=False)

    def __init__(self, *args: Any, phrase: Phrase | None = None, **options: Any) -> None:
        names = ("words", "language", "kind", "why", "instead", "link")
        kept = {name: getattr(phrase, name) for name in names} if phrase else {}
        initial = kept | {"is_rule": "rule" if phrase and phrase.is_rule else ""}
        super().__init__(*args, initial=initial, **options)
        self.warns = False
        self.fields["language"].choices = [("", _("A name, in any language")), *language_choices()]

    def clean_link(self) -> str:
        own = self.cleaned_data["link"].strip().removeprefix(settings.BASE_URL)
        if PARAGRAPH.fullmatch(own):
            return own
        try:
            return web_address(self.cleaned_data["link"]) if self.cleaned_data["link"] else ""
        except BadAddress as error:
            raise forms.ValidationError(error.sentence) from None

    @property
    def given(self) -> PhraseWords:
        return PhraseWords(**{name: value for name, value in self.cleaned_data.items() if name != "understood"})
