from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.places import COUNTRIES
from content.models import Disclosure, Topic


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]
    hue = forms.ChoiceField(label=_("Colour"), choices=[(str(number), number) for number in range(1, 7)])

    class Meta:
        model = Topic
        fields = ["name", "hue"]


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = TopicForm


class DisclosureForm(forms.ModelForm):  # type: ignore[type-arg]
    country = forms.ChoiceField(
        label=_("Country"), choices=COUNTRIES, help_text=_("The member's, not the reader's: it is in the profile.")
    )

    class Meta:
        model = Disclosure
        fields = ["country", "text", "before"]
        labels = {"text": _("Words"), "before": _("At the beginning of the post")}
        help_texts = {
            "text": _("They say who is speaking. {organisation} stands for your name."),
            "before": _("Otherwise they come at its end, which is not enough everywhere."),
        }


@admin.register(Disclosure)
class DisclosureAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = DisclosureForm
    list_display = ["country", "text", "at_the_beginning"]

    @admin.display(description=_("At the beginning of the post"), boolean=True)
    def at_the_beginning(self, line: Disclosure) -> bool:
        return line.before
