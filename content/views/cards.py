from typing import Any

from django.urls import reverse

from content.forms import StoryForm
from content.models import Story


def card(story: Story) -> dict[str, Any]:
    """The story as the feed's card wants it. Nothing in it can be pressed but the page itself."""
    return {
        "title": story.title,
        "summary": story.summary,
        "picture": story.picture.url if story.picture else "",
        "picture_alt": story.picture_alt,
        "url": story.url or reverse("content:story", args=[story.pk]),
        "topic": story.topic,
        "language": story.language,
    }


def differences(theirs: Story, form: StoryForm) -> list[tuple[str, str]]:
    """Label and saved text of each line in which what somebody else saved differs from what was typed."""
    lines = []
    for name in ("title", "url", "summary", "picture_alt"):
        saved, typed = getattr(theirs, name), str(form[name].value() or "")
        if " ".join(saved.split()) != " ".join(typed.split()):
            lines.append((str(form[name].label), saved))
    return lines
