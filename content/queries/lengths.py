"""How long a suggestion is on each platform, with everything that will stand beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from accounts import queries as accounts
from connectors.base import Card, Connector, Draft, Marker, Media
from content.queries.disclosures import Line
from links import queries as links
from links.models import ShortLink

NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Length:
    key: str
    name: str
    used: int
    limit: int

    @property
    def over(self) -> int:
        return max(self.used - self.limit, 0)


def platform_names() -> dict[str, str]:
    return {key: connector.name for key, connector in accounts.connectors().items()}


def caption_lengths(
    text: str, *, connector: str = "", line: Line, with_media: bool = False, with_link: bool = True
) -> list[Length]:
    """With this disclosure and a short link of the usual length; on one platform, or on all of them. Where pictures go
    out `with_media`, no card carries the link, so that it counts; a story that leads nowhere goes out without one."""
    parts = [line.text, text.strip()] if line.before else [text.strip(), line.text]
    card = Card(url=links.address(ShortLink(code="x" * 8)), title="")
    draft = Draft("\n\n".join(parts), card, "en", Marker("", "", card.url, NO_MOMENT))
    known = accounts.connectors()
    chosen: Iterable[Connector] = [known[connector]] if connector in known else known.values()
    if with_media:
        draft = replace(draft, media=(Media(b"", "image/jpeg", address=card.url),))
    if not with_link:
        draft = replace(draft, link=None)
    return [Length(one.key, one.name, one.used(one.carries.fitted(draft)), one.limit) for one in chosen]
