"""What the composer offers: accounts, places to post by hand, and how a draft stands on each platform."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts import budgets
from accounts import queries as accounts
from accounts.models import LinkedAccount, User
from accounts.sentences import translated
from connectors import assisted
from connectors.base import Card, Carries, Connector, Draft, Marker
from content.models import Attachment, Story
from links import queries as links
from links.models import ShortLink
from shares import drafts
from shares.drafts import Wording
from shares.models import Share
from shares.queries.sounds import Heard, heard


@dataclass(frozen=True)
class AccountChoice:
    """A linked account as the composer offers it."""

    account: LinkedAccount
    connector: Connector
    already: bool
    by_hand: str = ""  # why nothing is posted there for members at the moment, though they can by hand

    @property
    def id(self) -> int:
        return self.account.pk

    @property
    def platform_name(self) -> str:
        return self.connector.name

    @property
    def platform(self) -> str:
        return self.connector.key

    @property
    def handle(self) -> str:
        return self.account.handle

    @property
    def ready(self) -> bool:
        return self.account.state == "healthy" and not self.already and not self.by_hand

    @property
    def why_not(self) -> str:
        if self.already:
            return _("Already shared here")
        return self.by_hand if self.account.state == "healthy" else _("Please connect again")


def why_by_hand(connector: Connector, at: datetime) -> str:
    """Why a platform that charges for posts is open by hand only: nobody has set a budget, or it is used up."""
    money = budgets.money(connector.key, at=at)
    if money is None or money.pays_for(money.prices.post_with_link):
        return ""
    if not money.allowed:
        return _("By hand: posting costs money, and no budget is set")
    return _("By hand: this month’s budget is used up")


def targets() -> dict[str, assisted.Assisted]:
    """Where words and link can be handed over to post by hand: platforms that charge for posts, then the others."""
    charging = [connector for connector in accounts.connectors().values() if connector.prices]
    return {each.key: assisted.Assisted(each.key, each.name, each.assisted_url) for each in charging} | assisted.TARGETS


def platform_of(share: Share) -> str:
    """How its platform is called, in English where it is no name of a firm."""
    known = accounts.connectors()
    return known[share.connector].name if share.connector in known else targets()[share.connector].name


def targets_for(story: Story) -> list[assisted.Assisted]:
    """Where this story can be posted by hand: without a link, not on pages that open with the link alone."""
    return [one for one in targets().values() if story.url or one.takes_text or one.by_device]


def account_choices(member: User, story: Story, at: datetime) -> list[AccountChoice]:
    taken = set(
        Share.objects.filter(member=member, story=story, account__isnull=False)
        .exclude(state__in=["failed", "cancelled", "deleted"])
        .values_list("account", flat=True)
    )
    known = accounts.connectors()
    rows = member.linked_accounts.exclude(state="unlinked").order_by("connector", "pk")
    linked = [row for row in rows if row.connector in known]
    why = {key: why_by_hand(known[key], at) for key in {row.connector for row in linked}}
    return [AccountChoice(row, accounts.connector_of(row), row.pk in taken, why[row.connector]) for row in linked]


@dataclass(frozen=True)
class Measured:
    """How a draft stands on one platform."""

    connector: Connector
    handle: str
    text: str
    used: int
    problems: list[str]
    carried: list[Attachment]  # what of the story is posted itself
    left_out: str  # in words, what there is no place for

    @property
    def heard(self) -> Heard:
        return heard(self.text, [one.alt for one in self.carried if one.kind == Attachment.PICTURE])

    @property
    def limit(self) -> int:
        return self.connector.limit


def measure(
    choice: AccountChoice, wording: Wording, story: Story, options: Mapping[str, str] | None = None
) -> Measured:
    """Length and problems as this platform counts them, with a stand-in of the short link at its true length."""
    connector, chosen = choice.connector, options or {}
    address = links.address(ShortLink(code="x" * 8)) if story.url else ""
    card = Card(url=address, title=story.title, description=story.summary) if address else None
    carried = drafts.carried(story, connector.carries, at=story.state_at)
    draft = Draft(
        wording.text,
        card,
        story.language,
        Marker("", "", address, story.state_at),
        media=drafts.media_of(carried, at=story.state_at, read=drafts.unread),
        visibility=chosen.get("visibility", ""),
        warning=chosen.get("warning", ""),
    )
    return Measured(
        connector=connector,
        handle=choice.handle,
        text=connector.written(draft),
        used=connector.used(draft),
        problems=[translated(problem.sentence) for problem in connector.problems(draft) if problem.code != "empty"],
        carried=attachments_of(story, connector.carries),
        left_out=left_out(connector, story),
    )


def attachments_of(story: Story, carries: Carries) -> list[Attachment]:
    """The pictures or the document that a post of this story holds there."""
    files = {row["file"] for row in drafts.carried(story, carries, at=story.state_at)}
    return [attachment for attachment in story.attachments.all() if attachment.file.name in files]


def left_out(connector: Connector, story: Story) -> str:
    """What of the story's pictures, documents and videos this platform does not take, said before anything is typed."""
    if story.kind == Story.VIDEO:
        return _("The video itself is not sent: the link goes out, with the card of its page.")
    rows = [drafts.kept_in(one) for one in story.attachments.all() if drafts.may_be_sent(story, one)]
    media = drafts.media_of(rows, at=story.state_at, read=drafts.unread)
    sentence = connector.carries.left_out(connector.name, media)
    if sentence and not story.url and not connector.carries.taken(media):
        return _("%(name)s does not take them: your words go out alone.") % {"name": connector.name}
    return sentence
