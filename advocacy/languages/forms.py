from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from advocacy.languages import uploads
from core.languages import OURS, own_name


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Catalogue (.po)"),
        help_text=_("At most 2 MB. Its head says the language and how that language counts."),
        widget=forms.FileInput(attrs={"accept": ".po,text/x-gettext-translation"}),
    )

    def clean_file(self) -> uploads.Language:
        upload: Any = self.cleaned_data["file"]
        try:
            if upload.size > uploads.LARGEST:
                upload = b" " * (uploads.LARGEST + 1)
            return uploads.read(upload if isinstance(upload, bytes) else upload.read())
        except uploads.BadLanguage as refusal:
            raise ValidationError(list(refusal.sentences)) from None


class BeginForm(forms.Form):
    """Which language to translate into; by its own name, as translators look for it."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages_to_begin()  # type: ignore[attr-defined]


def languages_to_begin() -> list[tuple[str, str]]:
    known = [code for code in LANG_INFO if uploads.CODE.fullmatch(code) and code.partition("-")[0] not in OURS]
    return sorted(((code, own_name(code)) for code in known if "name_local" in LANG_INFO[code]), key=lambda one: one[1])
