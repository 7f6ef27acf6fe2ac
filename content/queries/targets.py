"""Where the short links of a story lead."""

from accounts.queries import organisation
from content.models import Story
from links.actions import with_words
from links.models import ShortLink

POSTER = "poster"  # where a printed link was seen, as utm_source names it


def link_target(story: Story, place: str) -> str:
    """The story's address with the firm's words for its own web statistics; `place` is a platform, or POSTER."""
    firm, campaign = organisation(), story.campaign if story.campaign_id else None
    words = story.utm_campaign or (campaign.utm_campaign if campaign else "") or firm.utm_campaign
    return with_words(
        story.url,
        {
            "utm_source": firm.utm_source.replace("{platform}", place),
            "utm_medium": firm.utm_medium,
            "utm_campaign": words,
        },
    )


def link_groups(story_id: int) -> tuple[str, str]:
    """Colleagues' links of a story, and the one on its posters: visits are told apart in each for itself."""
    return f"story:{story_id}", f"{POSTER}:{story_id}"


def poster_link(story: Story) -> ShortLink | None:
    return ShortLink.objects.filter(group=link_groups(story.pk)[1]).order_by("pk").first()
