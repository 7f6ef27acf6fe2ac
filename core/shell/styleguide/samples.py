"""What the style guide shows. An invented firm; nothing here is translated, since no member sees it."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.templatetags.static import static

from core.templatetags.states import STATES

SPRITE = Path(__file__).parents[3] / "static" / "img" / "icons.svg"
PLACES = [("today", "Today"), ("in the workshop", "In the workshop"), ("never", "Not at all")]


class SampleForm(forms.Form):
    title = forms.CharField(label="Title of the story", help_text="Up to 70 characters read well on a phone.")
    link = forms.URLField(label="Link", assume_scheme="https")
    words = forms.CharField(label="Suggested words", widget=forms.Textarea, required=False)
    topic = forms.ChoiceField(label="Topic", choices=[("city", "City riding"), ("repair", "Repair")])
    when = forms.ChoiceField(label="When may it be shared?", choices=PLACES, widget=forms.RadioSelect)
    mail = forms.BooleanField(label="Tell me by mail", help_text="Once a day at most, in your hours.", required=False)
    colour = forms.CharField(label="Accent colour", widget=forms.TextInput(attrs={"type": "color"}), initial="#0a5c68")


def wrong_form() -> SampleForm:
    form = SampleForm({"title": "A brake, drawn apart", "link": "brackenby one", "when": "today", "colour": "#0a5c68"})
    form.fields["link"].error_messages["invalid"] = "This needs the whole address, with https at the start."
    form.full_clean()
    return form


def story(now: datetime, **changes: Any) -> dict[str, Any]:
    return {
        "title": "A bakery in Leeds sold its van and kept the Carter",
        "summary": "Eleven months, 6,200 km and one puncture. The bakers tell it themselves.",
        "picture": static("img/demo/bakery.webp"), "picture_alt": "A cargo bike loaded with bread",
        "url": "#", "share_url": "#", "topic": {"name": "City riding", "hue": 1},
        "at": now - timedelta(hours=2), "why": "For you: you drew the Carter’s steering",
    } | changes  # fmt: skip


def stories(now: datetime) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"title": "Forty wheels before lunch: a morning with Joe", "picture": static("img/demo/wheel.webp"),
         "topic": {"name": "Workshop", "hue": 2}, "at": now - timedelta(days=1), "why": "6 colleagues like it"},
        {"title": "Powder, not solvent: the paint shop’s new air", "picture": "", "share_url": "",
         "topic": {"name": "Materials", "hue": 3}, "at": now - timedelta(days=12), "why": "You shared it on Monday"},
    ]  # fmt: skip
    return [story(now, **row) for row in rows]


ACCOUNTS = [
    {"id": 1, "platform": "linkedin", "platform_name": "LinkedIn", "handle": "Mina", "ready": True},
    {"id": 2, "platform": "mastodon", "platform_name": "Mastodon", "handle": "@mina@town.example", "ready": True},
    {"id": 3, "platform": "bluesky", "platform_name": "Bluesky", "handle": "@mina", "ready": False,
     "why_not": "Please connect again"},
]  # fmt: skip

PREVIEW = {
    "name": "Mina Okafor", "line": "Design engineer · now", "cut": True, "card_host": "go.brackenby.example",
    "text": "I work at Brackenby. I drew the steering, so I held my breath when Nell put sixty loaves in it.",
    "card_title": "A bakery in Leeds sold its van",
}  # fmt: skip

MENU = [
    {"url": "#", "label": "Change the time", "icon": "clock"},
    {"url": "#", "label": "Copy the words", "icon": "copy"},
    {"url": "#", "label": "Delete the post", "icon": "trash", "post": True, "danger": True},
]
TABS = [
    {"url": "#", "label": "Planned", "current": True, "count": 3},
    {"url": "#", "label": "Posted", "count": 14},
    {"url": "#", "label": "By hand", "count": None},
]
WORDINGS = [{"id": 1, "text": "I work at Brackenby."}, {"id": 2, "text": "Brackenby pays my wages."}]
SWATCHES = [
    "ink",
    "ink-soft",
    "ink-faint",
    "edge",
    "line",
    "plane",
    "accent",
    "accent-deep",
    "accent-wash",
    "good",
    "warn",
    "bad",
]


def everything(now: datetime) -> dict[str, Any]:
    return {
        "story": story(now), "rows": stories(now), "accounts": ACCOUNTS, "menu_items": MENU, "tab_items": TABS,
        "preview": PREVIEW | {"card_picture": static("img/demo/bakery.webp")},
        "wordings": WORDINGS, "swatches": SWATCHES, "hues": range(1, 7), "states": list(STATES),
        "page": Paginator(range(50), 10).page(2), "past": now - timedelta(minutes=5), "soon": now + timedelta(days=1),
        "names": ["Mina Okafor", "Ruth Calloway", "Grace Price", "Sofia Lindqvist", "Dai Evans", "李 明"],
        "icons": re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()),
    }  # fmt: skip
