"""Who may do what with stories."""

from collections.abc import Callable

from accounts.models import User
from accounts.rules import is_administrator, is_curator, is_hr, sees_people
from audiences import queries as audiences
from content import queries
from content.models import Maker, Story, Suggestion

# Who else needs the files of a closed story, as the packages above know.
needs_files: list[Callable[[User, Story], bool]] = []


def can_curate(member: User) -> bool:
    return is_curator(member)


def can_see(member: User, story: Story) -> bool:
    """Live stories are for everybody, closed ones for their audience; all others are the curators' affair."""
    return can_curate(member) or (story.state == "live" and is_for(member, story))


def can_see_files(member: User, story: Story) -> bool:
    """Its pictures, documents and videos: for whom the story is, and whoever has to judge a post with them."""
    return can_see(member, story) or any(needs(member, story) for needs in needs_files)


def is_for(member: User, story: Story) -> bool:
    """Whether this member is among those the story is for. A curator reads every story, and shares what is for them."""
    return audiences.is_reached(member, story.audience_id)


def may_know(member: User, story: Story) -> bool:
    """Whether its title may be told to somebody who worked on it or suggested it, live or not."""
    return can_curate(member) or is_for(member, story)


def may_share(member: User, story: Story) -> bool:
    """What is internal is read here and goes nowhere, from curators neither."""
    return can_see(member, story) and is_for(member, story) and story.is_for_sharing


def can_use(member: User, suggestion: Suggestion) -> bool:
    """Where stories are approved, somebody else reads words before they become a suggestion of one that is live."""
    own = suggestion.about_id is not None and suggestion.giver_id == member.pk
    return can_curate(member) and not (own and queries.approvers_needed() > 0)


def can_edit(member: User, story: Story) -> bool:
    """What was sent to review stays as it was sent, so that what is approved is what was read."""
    return can_curate(member) and story.state == "draft"


def can_approve(member: User, story: Story) -> bool:
    """Nobody approves what they sent or wrote, and nobody twice; where the firm asks nobody, whoever curates may let it
    go on."""
    if not can_curate(member) or story.state != "in_review":
        return False
    if queries.approvers_needed() == 0:
        return True
    own = story.submitted_by_id == member.pk or queries.has_written(member, story)
    return not own and not queries.has_approved(member, story)


def can_take_back(member: User, story: Story) -> bool:
    return can_curate(member) and story.flow.allows(story.state, "draft")


def can_withdraw(member: User, story: Story) -> bool:
    return can_curate(member) and story.flow.allows(story.state, "withdrawn")


def can_put_live(member: User, story: Story) -> bool:
    """Approved is approved: any curator may let it go live before its time."""
    return can_curate(member) and story.state == "approved"


def can_reschedule(member: User, story: Story) -> bool:
    return can_curate(member) and story.state in ("in_review", "approved", "live")


def can_name_makers(member: User, story: Story) -> bool:
    return can_curate(member) and story.state not in ("expired", "withdrawn")


def is_asked(member: User, maker: Maker) -> bool:
    """Whether somebody is named is theirs alone to say, at any time."""
    return member.is_active and maker.member_id == member.pk


def can_read_disclosures(member: User) -> bool:
    return is_curator(member) or is_hr(member) or is_administrator(member)


def can_set_disclosures(member: User) -> bool:
    return is_administrator(member)


def can_read_channels(member: User) -> bool:
    return is_curator(member) or is_administrator(member)


def can_keep_channels(member: User) -> bool:
    """A hook's address is a secret, and leads out of the house: as with the platforms, an administrator's affair."""
    return is_administrator(member)


def can_keep_phrases(member: User) -> bool:
    return sees_people(member)
