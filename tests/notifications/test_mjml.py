"""Every mail that is written in MJML fetches nothing from elsewhere and has no line longer than mail allows."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from notifications import mjml
from notifications.letters import letter
from tests.factories import MemberFactory, StoryFactory

# Names of a vocabulary, not addresses that a program opens.
NAMES = ("http://www.w3.org/", "urn:")
LONGEST = 998  # RFC 5322, 2.1.1


def digest() -> str:
    stories = [
        {
            "story": StoryFactory.build(title="A bridge " * 20, summary="Words " * 60),
            "url": f"{settings.BASE_URL}/open/1/",
        }
        for _ in range(3)
    ]
    shown: dict[str, Any] = {
        "member": MemberFactory.build(),
        "stories": stories,
        "firm": "Hafen",
        "stop": "",
        "choose": "",
    }
    return mjml.to_html(render_to_string("emails/digest.mjml", shown))


def message() -> str:
    return letter(MemberFactory(), text="Your post is out. " * 40, url="/posts/1/", topic="share")[1]


@pytest.mark.django_db
@pytest.mark.parametrize("mail", [digest, message])
def test_a_mail_fetches_nothing_and_keeps_to_short_lines(mail: Any) -> None:
    html = mail()
    addresses = [one for one in re.findall(r"https?://[^\s\"')]+", html) if not one.startswith(NAMES)]
    assert addresses and all(one.startswith(settings.BASE_URL) for one in addresses)
    assert max(map(len, html.splitlines())) <= LONGEST
