from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from content.actions import forget_words_of
from content.models import Topic


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]
    hue = forms.ChoiceField(label=_("Colour"), choices=[(str(number), number) for number in range(1, 7)])

    class Meta:
        model = Topic
        fields = ["name", "hue"]


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = TopicForm

    def save_model(self, request: HttpRequest, obj: Topic, form: forms.ModelForm, change: bool) -> None:  # type: ignore[type-arg]
        super().save_model(request, obj, form, change)
        forget_words_of(obj)
