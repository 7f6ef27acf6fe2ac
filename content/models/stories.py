from django.conf import settings
from django.db import models

from audiences.models import Audience
from content.models.campaigns import Campaign
from core.flow import Flow, FlowModel


class Topic(models.Model):
    name = models.CharField(max_length=60, unique=True)
    hue = models.CharField(max_length=12, default="1")  # 1 to 6, the design tokens --hue-*

    def __str__(self) -> str:
        return self.name


class Feed(FlowModel):
    """An RSS or Atom address. New items become drafts; nothing goes live without a person."""

    flow = Flow("active", {"active": "failing stopped", "failing": "active stopped", "stopped": "active"})
    due_field = "due_at"

    url = models.URLField(max_length=1000, unique=True)
    title = models.CharField(max_length=200, blank=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL)
    language = models.CharField(max_length=10, blank=True)
    audience = models.ForeignKey(Audience, null=True, blank=True, on_delete=models.PROTECT, related_name="feeds")
    most_a_day = models.PositiveSmallIntegerField(null=True, blank=True)  # drafts in 24 hours; None: whatever comes
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    due_at = models.DateTimeField()
    rung_until = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="feeds_due", condition=~models.Q(state="stopped"))]


SMALL = "-small"  # before the ending of a picture's name: its copy for rows and lists


def small_name(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem}{SMALL}{dot}{ending}"


def full_name(name: str) -> str:
    """Of whichever copy."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem.removesuffix(SMALL)}{dot}{ending}"


class Story(FlowModel):
    """A piece of approved, shareable content."""

    flow = Flow(
        "draft",
        {
            "draft": "in_review withdrawn expired",
            "in_review": "draft approved withdrawn",
            "approved": "live draft withdrawn",
            "live": "expired withdrawn",
            "expired": "draft",
            "withdrawn": "draft",
        },
    )

    # What it is. Nothing but WEB and VIDEO needs an address; what is INTERNAL is read and never shared.
    WEB, PICTURES, DOCUMENT, WORDS, VIDEO, INTERNAL = "web", "pictures", "document", "words", "video", "internal"
    KINDS = (WEB, PICTURES, DOCUMENT, WORDS, VIDEO, INTERNAL)
    # A picture we may only link to is never sent: the platform shows what it finds at the address itself.
    OWN, LICENSED, LINK_ONLY = "own", "licensed", "link"
    RIGHTS = (OWN, LICENSED, LINK_ONLY)

    key = models.UUIDField(null=True, unique=True)  # of the form it was written in: sent twice, it is made once
    kind = models.CharField(max_length=10, default=WEB)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    url = models.URLField(max_length=2000, blank=True)  # without one a post of it holds no short link
    video = models.FileField(upload_to="stories/", blank=True)
    picture = models.ImageField(upload_to="stories/", blank=True)
    picture_alt = models.CharField(max_length=500, blank=True)
    picture_rights = models.CharField(max_length=8, blank=True)  # of all its pictures; empty where nobody has said
    picture_note = models.CharField(max_length=200, blank=True)  # from whom they are licensed, and until when
    picture_source = models.CharField(max_length=2000, blank=True)  # where a feed says its picture is
    picture_due_at = models.DateTimeField(null=True)  # set while a picture is still to be fetched
    picture_tries = models.PositiveSmallIntegerField(default=0)
    picture_problem = models.CharField(max_length=300, blank=True)  # why its page could not be read, in a sentence
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="stories")
    language = models.CharField(max_length=10, default="en")
    # Whom it is for; null is everybody. For everybody else a closed story is not there.
    audience = models.ForeignKey(Audience, null=True, blank=True, on_delete=models.PROTECT, related_name="stories")
    feed = models.ForeignKey(Feed, null=True, blank=True, on_delete=models.SET_NULL, related_name="stories")
    feed_guid = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)  # when the source says it was published
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.SET_NULL, related_name="stories")
    utm_campaign = models.CharField(max_length=60, blank=True)  # of its links; empty for its campaign's or the firm's
    live_from = models.DateTimeField(null=True, blank=True)  # embargo
    expires_at = models.DateTimeField(null=True, blank=True)
    live_at = models.DateTimeField(null=True)
    pinned_until = models.DateTimeField(null=True, blank=True)  # stands first in the feed until then
    urgent_until = models.DateTimeField(null=True, blank=True)  # says so until then
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="stories_made"
    )
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    sent_back_reason = models.CharField(max_length=300, blank=True)
    # Counts what was saved, so that two people writing at once notice each other.
    edition = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # Sharing it is rewarded: besides the line that says so, the platform's own label where it has one.
    partnership = models.BooleanField(default=False)

    @property
    def is_for_sharing(self) -> bool:
        return self.kind != self.INTERNAL

    @property
    def sends_picture(self) -> bool:
        """Whether its picture may travel with a post."""
        return bool(self.picture) and self.picture_rights != self.LINK_ONLY

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=["web", "video"]) | ~models.Q(url=""), name="an_address_where_it_needs_one"
            ),
            models.UniqueConstraint(
                fields=["feed", "feed_guid"], name="one_story_per_feed_item", condition=models.Q(feed__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["-live_at"], name="stories_of_the_feed", condition=models.Q(state="live")),
            models.Index(fields=["expires_at"], name="stories_to_expire", condition=models.Q(state="live")),
            models.Index(fields=["live_from"], name="stories_to_go_live", condition=models.Q(state="approved")),
            models.Index(
                fields=["picture_due_at"], name="pictures_to_fetch", condition=models.Q(picture_due_at__isnull=False)
            ),
            models.Index(fields=["state", "-state_at"], name="stories_of_a_lane"),
            models.Index(fields=["picture"], name="stories_of_a_picture"),
            models.Index(fields=["video"], name="stories_of_a_video"),
        ]

    @property
    def small_picture(self) -> str:
        """The address of its copy for rows and lists; of the picture itself where none was made."""
        if not self.picture:
            return ""
        small = small_name(self.picture.name)
        return str(self.picture.storage.url(small if self.picture.storage.exists(small) else self.picture.name))

    def __str__(self) -> str:
        return self.title

    @property
    def open_campaign(self) -> Campaign | None:
        """The campaign it belongs to, while that runs."""
        return self.campaign if self.campaign_id and self.campaign and self.campaign.state == "open" else None

    @property
    def is_rewarded(self) -> bool:
        """Whether sharing it can win somebody something, which the post then has to say."""
        campaign = self.open_campaign
        return self.partnership or bool(campaign and campaign.has_prizes)


class Caption(models.Model):
    """Suggested words for a story; `connector` empty means for every platform."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="captions")
    connector = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10, default="en")
    text = models.TextField()
    first_comment = models.TextField(blank=True)  # what whoever posts it may put below the post
    locked = models.BooleanField(default=False)  # goes out as it stands or not at all
    for_makers = models.BooleanField(default=False)  # in the first person, for those who worked on it
    # A colleague's own sentence, lent and with their name; see Suggestion
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    @property
    def giver_name(self) -> str:
        """Whose words they are, where somebody who is still here likes to be named."""
        return self.given_by.name if self.given_by_id and self.given_by and self.given_by.is_active else ""


class Attachment(models.Model):
    """A picture or document that a post of the story holds itself, instead of the link's card."""

    PICTURE, DOCUMENT = "picture", "document"

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    file = models.FileField(upload_to="stories/")
    alt = models.CharField(max_length=500, blank=True)  # what a picture shows, or what a document is called
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["file"], name="attachments_of_a_file")]
        constraints = [
            models.UniqueConstraint(fields=["story", "position"], name="attachments_have_an_order"),
            models.UniqueConstraint(
                fields=["story"], name="one_document_per_story", condition=models.Q(kind="document")
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["picture", "document"]), name="attachments_are_of_a_kind"
            ),
        ]
