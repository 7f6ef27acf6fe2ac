from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audiences.models import Audience
from audiences.queries import named
from content.actions import FeedRules
from content.forms.languages import language_choices
from content.models import Topic


class FeedForm(forms.Form):
    url = forms.CharField(
        label=_("Address of the feed"),
        max_length=1000,
        help_text=_("RSS or Atom. The address of the blog will do if the blog names its feed."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Please give the address of the feed.")},
    )
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.none(), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    audience = forms.ModelChoiceField(
        label=_("Whom its stories are for"), queryset=Audience.objects.none(), required=False
    )
    most_a_day = forms.IntegerField(
        label=_("Drafts a day at most"),
        min_value=1,
        max_value=500,
        required=False,
        help_text=_("The newest come first; what is left waits for the next day. Empty: whatever comes."),
        error_messages={"invalid": _("Please give a number.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        topics = self.fields["topic"]
        topics.queryset, topics.empty_label = Topic.objects.order_by("name"), _("No topic")
        audiences = self.fields["audience"]
        audiences.queryset, audiences.empty_label = named(), _("Everybody")
        known = language_choices(str(self.initial.get("language") or ""))
        self.fields["language"].choices = [("", _("As the feed says")), *known]

    def rules(self) -> FeedRules:
        """Of a valid form."""
        return FeedRules(**{name: value for name, value in self.cleaned_data.items() if name != "url"})
