from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from content.models import Topic


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]
    hue = forms.ChoiceField(label=_("Colour"), choices=[(str(number), number) for number in range(1, 7)])

    class Meta:
        model = Topic
        fields = ["name", "hue"]


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = TopicForm
