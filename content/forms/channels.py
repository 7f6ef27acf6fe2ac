from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from content.actions.channels import ChannelWords
from content.models import Channel, Topic
from core import languages
from notifications import hooks
from notifications.models import Hook


class ChannelForm(forms.Form):
    """A channel; one that is there keeps its address where none is typed."""

    kind = forms.ChoiceField(
        label=_("Where the channel is"), choices=Hook.KINDS, initial=Hook.SLACK, widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=_("Address of the web hook"),
        max_length=hooks.LONGEST_ADDRESS,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Whoever knows it can write into the channel. It is sealed when saved and never shown again."),
        error_messages={"required": _("Please give the address of the web hook.")},
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.order_by("name"), required=False, empty_label=_("All topics")
    )
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.order_by("name"),
        required=False,
        empty_label=_("No team in particular"),
        help_text=_(
            "Whose channel it is; the message says so. It also hears the titles of stories for exactly this team, so "
            "choose one only where nobody else reads."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of our words"),
        choices=languages.choices,
        help_text=_("A story keeps its own."),
    )

    def __init__(self, *args: Any, channel: Channel | None = None, **options: Any) -> None:
        super().__init__(*args, initial=written(channel) if channel else {}, **options)
        self.channel = channel
        if channel:
            field = self.fields["address"]
            field.required, field.label = False, _now("New address of the web hook")
            field.help_text = _now("It is sealed when saved and never shown again. Empty leaves the one that is there.")

    @property
    def words(self) -> ChannelWords:
        return ChannelWords(**{name: self.cleaned_data[name] for name in self.fields})


def written(channel: Channel) -> dict[str, Any]:
    hook = channel.hook
    return {"kind": hook.kind, "language": hook.language, "team": channel.team_id, "topic": channel.topic_id}
