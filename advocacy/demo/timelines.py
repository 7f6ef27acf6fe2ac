"""The same four months on the stand-in platforms, so that every link to a post leads to one."""

import base64
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.queries import connectors
from advocacy.demo import platforms
from advocacy.demo.reach import FIGURES
from advocacy.demo.sharing import Firm
from reach.actions import planned
from reach.models import Reading, ReadingPlan
from shares import drafts
from shares.models import Share

AT_ONCE = 400


def tell_platforms(firm: Firm, readings: Iterable[Reading], plans: Iterable[ReadingPlan]) -> None:
    """Have the stand-ins remember what was posted, with its latest figures, and go on reading it. Raises NoSandbox."""
    latest = {row.share.key: row for row in sorted(readings, key=lambda row: row.at)}
    posts = (told(share, latest.get(share.key)) for share in firm.shares if share.state == "published")
    order: dict[str, Any] = {"pictures": pictures(firm)}
    while batch := list(islice(posts, AT_ONCE)):
        platforms.order("history", {**order, "posts": batch})
        order = {}
    for plan in plans:
        share = plan.share
        if share.connector in FIGURES and share.account.access:
            planned(plan, firm.at)


def pictures(firm: Firm) -> dict[str, str]:
    names = {one.story.picture.name for one in firm.told}
    return {
        Path(name).stem: base64.b64encode((Path(settings.MEDIA_ROOT) / name).read_bytes()).decode() for name in names
    }


def told(share: Share, reading: Reading | None) -> dict[str, Any]:
    """One post as the control port takes it."""
    body = drafts.freeze(share, at=share.wanted_at)
    text = connectors()[share.connector].written(drafts.thaw(body, picture=None))
    card = {"url": body["url"], "title": body["title"], "description": body["description"]}
    figures = ("likes", "reposts", "replies", "quotes", "impressions")
    return {
        "platform": share.connector, "account": share.account.remote_id, "post_id": share.post_id,
        "url": share.post_url, "text": text, "language": share.language,
        "card": {**card, "picture": Path(body["picture"]).stem}, "at": share.published_at.timestamp(),
        **{name: getattr(reading, name) or 0 for name in figures if reading},
        # The stand-ins have one number for how often a post was shown, whatever its platform calls that.
        **({"impressions": reading.views} if reading and reading.views else {}),
    }  # fmt: skip
