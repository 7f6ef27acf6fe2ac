"""{% load sentences %}{{ share.reason|translated }}: what a platform or a connector said, in the reader's language."""

from django import template

from accounts import sentences

register = template.Library()


@register.filter
def translated(said: object) -> str:
    return sentences.translated(str(said or ""))
