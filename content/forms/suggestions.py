import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from content.actions import GivenWords, take_picture
from content.actions.addresses import web_address
from content.actions.errors import BadAddress, BadPicture
from content.actions.pictures import LARGEST_FILE
from content.actions.suggestions import LONGEST_WORDS
from content.forms.languages import language_choices
from content.models import Suggestion

SALT = "content.suggestion.picture"
ADDRESS = re.compile(r"https?://\S+")
CONSENT = [
    (Suggestion.NOBODY, _("Nobody can be recognised in it")),
    (Suggestion.AGREED, _("Everybody in it agrees")),
    (Suggestion.UNASKED, _("I have not asked them yet")),
]


class SuggestionForm(forms.Form):
    url = forms.CharField(
        label=_("Address of a page"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
    )
    title = forms.CharField(label=_("What it is about"), required=False, max_length=300)
    words = forms.CharField(
        label=_("A sentence or two"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("What happened, and why you would tell a friend."),
        widget=forms.Textarea(attrs={"rows": 4, "data-grows": ""}),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    picture = forms.FileField(label=_("Photo"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))
    picture_kept = forms.CharField(required=False, widget=forms.HiddenInput)
    picture_alt = forms.CharField(label=_("What the photo shows"), required=False, max_length=300)
    picture_consent = forms.ChoiceField(
        label=_("The people in it"), required=False, choices=CONSENT, widget=forms.RadioSelect
    )
    picture_who = forms.CharField(label=_("Who is in it"), required=False, max_length=300)
    picture_hide = forms.CharField(
        label=_("What must not be seen"),
        required=False,
        max_length=300,
        help_text=_("A whiteboard, a customer’s name, a number plate. We cut it off or cover it before it goes out."),
    )
    lends_words = forms.BooleanField(
        label=_("Colleagues may post these words"),
        required=False,
        help_text=_("Without this the people who choose the stories read them, and write their own."),
    )
    credited = forms.BooleanField(label=_("My name may stand on it"), required=False, initial=True)
    worked_on = forms.BooleanField(
        label=_("I worked on this myself"),
        required=False,
        help_text=_("Then you are the first to hear when it is live."),
    )

    def __init__(self, *args: Any, member: User, **options: Any) -> None:
        initial = {"language": member.language} | (options.pop("initial", None) or {})
        super().__init__(*args, initial=initial, **options)
        self.kept = ""
        # A browser would cut what is pasted without a word; refused, it is still there.
        self.fields["words"].widget.attrs.pop("maxlength", None)
        self.fields["language"].choices = language_choices(member.language)

    def clean_url(self) -> str:
        url = self.cleaned_data["url"].strip()
        try:
            return web_address(f"https://{url}" if url.lower().startswith("www.") else url) if url else ""
        except BadAddress as error:
            raise forms.ValidationError(error.sentence) from None

    def clean_picture(self) -> None:
        upload = self.cleaned_data.get("picture")
        try:
            if upload:
                self.kept = take_picture(upload.read(LARGEST_FILE + 1))
        except BadPicture as error:
            raise forms.ValidationError(error.sentence) from None

    def clean_picture_kept(self) -> str:
        """A file cannot be put back into a form, so a good one comes back by its signed name."""
        try:
            self.kept = self.kept or signing.loads(self.cleaned_data["picture_kept"], salt=SALT)
        except signing.BadSignature:
            pass
        return self.kept

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("url") or given.get("words", "").strip() or self.kept or self.errors):
            self.add_error(None, _("Give an address, a photo or a sentence or two: one of them is enough."))
        if self.kept and not given.get("picture_consent"):
            self.add_error("picture_consent", _("Please say whether the people in the picture agree."))
        asks_who = given.get("picture_consent") in (Suggestion.AGREED, Suggestion.UNASKED)
        if self.kept and asks_who and not given.get("picture_who", "").strip():
            self.add_error("picture_who", _("Please say who is in it, so that they can be asked or named."))
        return given

    @property
    def kept_token(self) -> str:
        return signing.dumps(self.kept, salt=SALT) if self.kept else ""

    @property
    def kept_url(self) -> str:
        return default_storage.url(self.kept) if self.kept else ""

    @property
    def given(self) -> GivenWords:
        names = ("title", "url", "words", "picture_alt", "picture_consent", "picture_who", "picture_hide",
            "lends_words", "credited", "worked_on")  # fmt: skip
        values = {name: self.cleaned_data[name] for name in names}
        return GivenWords(picture=self.kept, language=self.cleaned_data["language"] or "en", **values)


def shared(query: Mapping[str, str]) -> dict[str, str]:
    """What a share sheet or a bookmark hands over. Android's apps write the address into the text."""
    title, text, url = (query.get(name, "").strip() for name in ("title", "text", "url"))
    found = ADDRESS.search(text)
    if found and (not url or url == found[0]):
        url, text = found[0], (text[: found.start()] + text[found.end() :]).strip()
    if text in (title, url):
        text = ""
    return {"title": title[:300], "words": text[:LONGEST_WORDS], "url": url[:2000]}
