"""Where the exercise of a lesson leads: something real. The pages belong to packages above this one, so that they are
known here by the names of their addresses only."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Exercise:
    """`label` stands on the button, `name` in the editor of curators."""

    route: str
    label: Any
    name: Any

    @property
    def url(self) -> str:
        return reverse(self.route)


EXERCISES = {
    "draft": Exercise("shares:begin", _("Open a story in the composer"), _("A draft in the composer")),
    "topic": Exercise("shares:topics", _("Choose your topics"), _("A topic to follow")),
    "suggest": Exercise("content:suggest", _("Suggest a story"), _("A story, a photo or a sentence to suggest")),
    "profile": Exercise("accounts:profile", _("Open your profile"), _("Their profile")),
    "accounts": Exercise("accounts:connected", _("See your accounts"), _("Their own accounts")),
    "messages": Exercise("accounts:messages", _("Choose what reaches you"), _("Which messages reach them")),
    "posts": Exercise("shares:plans", _("Look at your posts"), _("Their own posts")),
    "ask": Exercise("guidelines:ask", _("Ask: may I?"), _("The person who answers questions")),
}
