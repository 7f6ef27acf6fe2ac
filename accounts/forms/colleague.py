"""A colleague by name or address: typed, since a list of everybody is nobody's choice."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SuggestingInput(forms.TextInput):
    """With a few names to choose from; any other may be typed."""

    suggestions: Iterable[str] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        names = list(self.suggestions)
        if not names:
            return super().render(name, value, attrs, renderer)
        known = f"{name}-suggestions"
        options = format_html_join("", '<option value="{}"></option>', ((one,) for one in names))
        field = super().render(name, value, {**(attrs or {}), "list": known}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', field, known, options)


class ColleagueField(forms.CharField):
    """Cleans to an active member, or None. What stands there already may stay, also once they have left or have a
    namesake: a form sets `kept` to that member, and `apart` to whom the form is about."""

    widget = SuggestingInput
    default_error_messages = {
        "nobody": _("Nobody here is called that. Please give a name or an address."),
        "several": _("Several are called that. Please give the address."),
    }
    kept: User | None = None
    apart: User | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 254, **options})

    def prepare_value(self, value: Any) -> Any:
        """Initially a member, or the number of one."""
        if isinstance(value, int):
            value = User.objects.filter(pk=value).first()
        return shown(value) if isinstance(value, User) else value

    def clean(self, value: Any) -> User | None:
        typed = " ".join(super().clean(value).split())
        if not typed:
            return None
        if self.kept and typed.casefold() in {one.casefold() for one in called(self.kept)}:
            return self.kept
        here = User.objects.filter(is_active=True).exclude(pk=self.apart.pk if self.apart else None)
        found = list(here.filter(Q(name__iexact=typed) | Q(email__iexact=typed) | Q(sign_in_name__iexact=typed))[:2])
        if len(found) != 1:
            code = "several" if found else "nobody"
            raise forms.ValidationError(self.error_messages[code], code=code)
        return found[0]


def called(person: User) -> list[str]:
    return [one for one in (person.name, person.email, person.sign_in_name) if one]


def shown(person: User) -> str:
    """What finds them again: the name, or where a colleague has the same one, the address."""
    namesakes = User.objects.filter(is_active=True, name__iexact=person.name).exclude(pk=person.pk)
    return (person.email or person.sign_in_name or person.name) if namesakes.exists() else person.name
