"""What a phone offers of the product once it is installed: its shortcuts, and a place in the share sheet."""

from typing import Any

from django.utils.translation import gettext as _


def on_the_phone() -> dict[str, Any]:
    """Parts of the manifest. Shared by GET, so that what is handed over survives a sign-in on the way."""
    return {
        "shortcuts": [
            {"name": _("Today"), "url": "/"},
            {"name": _("My posts"), "url": "/shares/"},
            {"name": _("Suggest a story"), "url": "/suggest/"},
            {"name": _("Impact"), "url": "/impact/"},
        ],
        "share_target": {
            "action": "/suggest/",
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
