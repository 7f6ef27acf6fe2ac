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
    `by_device` means that there is no address: the phone's own share sheet opens instead. `why` says why nobody can
    post there for somebody else, as of the date in it; `happens` what the page does, where that is not plain."""

    key: str
    name: str
    address: Callable[[Draft], str]
    takes_text: bool = True
    by_device: bool = False
    why: str = ""
    happens: str = ""
    own_page: str = ""  # where one finds one's own posts, if there is one address for everybody
    to_delete: str = ""  # how one takes a post down there, as of 2026

    def assisted_url(self, draft: Draft) -> str:
        return self.address(draft)


def link_of(draft: Draft) -> str:
    return draft.link.url if draft.link else draft.marker.short_url


def title_of(draft: Draft) -> str:
    return draft.link.title if draft.link else ""


def whole_text(draft: Draft) -> str:
    link = link_of(draft)
    return draft.text if link in draft.text else f"{draft.text.rstrip()}\n\n{link}".strip()


def without_link(draft: Draft) -> str:
    """The words alone, where the link is given beside them and would otherwise stand there twice."""
    return draft.text.replace(link_of(draft), "").strip()


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
            why="Facebook lets no program post to a person’s profile (since August 2018).",
            own_page="https://www.facebook.com/me",
            to_delete="Open your profile, then the three dots at the post, and move it to the trash.",
        ),
        Assisted(
            "instagram",
            "Instagram",
            lambda draft: "https://www.instagram.com/",
            takes_text=False,
            why="Instagram takes posts from programs for professional accounts only, and each needs a picture (2026).",
            happens="It opens empty: save the picture, copy the words, and make the post there. "
            "Links in a caption cannot be tapped.",
            own_page="https://www.instagram.com/",
            to_delete="Open your profile, then the post, its three dots, and Delete.",
        ),
        Assisted(
            "whatsapp",
            "WhatsApp",
            lambda draft: with_query("https://wa.me/", text=whole_text(draft)),
            why="You choose there who gets it; no program can do that for you.",
            to_delete="In the chat, hold the message, choose Delete, then Delete for everyone: within about two days.",
        ),
        Assisted(
            "reddit",
            "Reddit",
            lambda draft: with_query("https://www.reddit.com/submit", url=link_of(draft), title=title_of(draft)),
            takes_text=False,
            why="Reddit lets in new programs by contract only (since November 2025).",
            own_page="https://www.reddit.com/user/me/submitted/",
            to_delete="Open the post, then its three dots, and Delete.",
        ),
        Assisted(
            "telegram",
            "Telegram",
            lambda draft: with_query("https://t.me/share/url", url=link_of(draft), text=without_link(draft)),
            why="You choose there who gets it; no program can do that for you.",
            to_delete="In the chat, hold the message, choose Delete, and delete it for the others, too.",
        ),
        Assisted(
            "xing",
            "Xing",
            lambda draft: with_query("https://www.xing.com/spi/shares/new", url=link_of(draft)),
            takes_text=False,
            why="Xing has no open way for programs to post.",
            to_delete="Open Xing, then your own posts, the three dots at this one, and delete it.",
        ),
        Assisted(
            "email",
            "E-mail",
            mailto,
            why="It leaves from your own mailbox.",
            to_delete="A mail that has left cannot be called back. A second one that says so helps.",
        ),
        Assisted(
            "device",
            "Another app",
            lambda draft: "",
            by_device=True,
            why="Your phone’s own share sheet hands it to whatever app you choose.",
            to_delete="Open the app you chose then, and delete it where your own posts or messages stand.",
        ),
    )
}
KEYS: tuple[str, ...] = tuple(TARGETS)
