"""Where no platform lets us post: our words and link are ready, and the member presses the last button."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from connectors.base import Draft
from connectors.base.connector import with_query

# Mail programs cut longer addresses off, some in the middle of a letter.
LONGEST_MAILTO = 1900


@dataclass(frozen=True)
class Assisted:
    """`takes_text` is False where the page takes the link only, so that the words have to be copied by hand.
    `by_device` means that there is no address: the phone's own share sheet opens instead."""

    key: str
    name: str
    address: Callable[[Draft], str]
    takes_text: bool = True
    by_device: bool = False

    def assisted_url(self, draft: Draft) -> str:
        return self.address(draft)


def link_of(draft: Draft) -> str:
    return draft.link.url if draft.link else draft.marker.short_url


def title_of(draft: Draft) -> str:
    return draft.link.title if draft.link else ""


def whole_text(draft: Draft) -> str:
    link = link_of(draft)
    return draft.text if link in draft.text else f"{draft.text.rstrip()}\n\n{link}".strip()


def mailto(draft: Draft) -> str:
    subject, body = title_of(draft) or draft.text.partition("\n")[0][:100], whole_text(draft)
    if len(encoded_mail(subject, body)) > LONGEST_MAILTO:
        body = f"{title_of(draft)}\n\n{link_of(draft)}".strip()
    return encoded_mail(subject, body)


def encoded_mail(subject: str, body: str) -> str:
    lines = "\r\n".join(body.splitlines())
    return f"mailto:?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"


TARGETS: dict[str, Assisted] = {
    target.key: target
    for target in (
        Assisted(
            "facebook",
            "Facebook",
            lambda draft: with_query("https://www.facebook.com/sharer/sharer.php", u=link_of(draft)),
            takes_text=False,
        ),
        Assisted("whatsapp", "WhatsApp", lambda draft: with_query("https://wa.me/", text=whole_text(draft))),
        Assisted("email", "E-mail", mailto),
        Assisted(
            "reddit",
            "Reddit",
            lambda draft: with_query("https://www.reddit.com/submit", url=link_of(draft), title=title_of(draft)),
            takes_text=False,
        ),
        Assisted("device", "Another app", lambda draft: "", by_device=True),
    )
}
KEYS: tuple[str, ...] = tuple(TARGETS)
