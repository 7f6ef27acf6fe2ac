from django.conf import settings
from django.db import models

from accounts.models import LinkedAccount
from content.models import Story
from core.flow import Flow, FlowModel
from links.models import ShortLink

# What a held share waits for, where it is not an account to be connected: the end of the quiet time and its owner's
# decision open by nobody else's hand; money opens by itself, an approval by whoever reads own words.
PAUSE, OWNER, MONEY, APPROVAL = "pause", "owner", "money", "approval"
SAYS = ("yes", "no", "unsure")
OPEN = ["scheduled", "retrying", "sending", "held", "uncertain", "asked", "published", "deleting"]


class Share(FlowModel):
    """One member sending one story to one linked account once; or handing it over to post by hand."""

    flow = Flow(
        "scheduled handed_over",
        {
            # An earlier attempt whose answer was lost may be up: what ends without being sent is then asked about,
            # and an answer that comes late, in whatever state, still says that the post is there.
            "scheduled retrying": "sending held cancelled failed asked published",
            "held": "scheduled cancelled asked published",
            "sending": "published retrying failed uncertain asked",
            "uncertain": "published asked failed retrying",
            "asked": "published failed",
            "published": "deleting",
            "deleting": "deleted published",
            "failed": "scheduled cancelled published",
            "cancelled": "published",
            "handed_over": "said_posted dropped",
        },
    )
    due_field = "due_at"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shares")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="shares")
    account = models.ForeignKey(LinkedAccount, null=True, on_delete=models.PROTECT, related_name="shares")
    connector = models.CharField(max_length=20)  # the platform, or the target of an assisted share
    words = models.TextField()  # the member's own
    disclosure = models.CharField(max_length=500, blank=True)  # frozen at planning
    disclosure_before = models.BooleanField(default=True)
    # Which rule said so, for the record, and whether sharing was rewarded then: {"rule", "version", "rewarded"}
    disclosure_rule = models.JSONField(default=dict, blank=True)
    # What its member answered, who alone sees it: whether the post made by hand says who is speaking
    says_disclosure = models.CharField(max_length=6, blank=True, choices=[(says, says) for says in SAYS])
    language = models.CharField(max_length=10, default="en")
    options = models.JSONField(default=dict, blank=True)  # {"visibility", "warning"}: what its owner chose, if anything
    # None where the story leads nowhere
    link = models.OneToOneField(ShortLink, null=True, on_delete=models.PROTECT, related_name="share")
    key = models.UUIDField(unique=True)  # the idempotency key of every attempt with the same body
    record_key = models.CharField(max_length=13)  # Bluesky's own key of the record
    planned_at = models.DateTimeField()  # when the member decided
    wanted_at = models.DateTimeField()  # the time the member chose
    due_at = models.DateTimeField()  # when something has to be done about it next
    cut_off_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    # PAUSE while the quiet switch is on, then OWNER: nothing goes out by itself when it ends
    held_for = models.CharField(max_length=8, blank=True)
    rung_until = models.DateTimeField(null=True)  # somebody is at it; do not ring again before
    tries = models.PositiveSmallIntegerField(default=0)  # of the present wish
    attempts_made = models.PositiveSmallIntegerField(default=0)  # of all wishes; numbers the attempts
    reason = models.CharField(max_length=400, blank=True)
    post_id = models.CharField(max_length=300, blank=True)
    post_url = models.URLField(max_length=600, blank=True)
    published_at = models.DateTimeField(null=True)

    # What a claim asks for all of its shares at once, else a gate does: said by a colleague first; a guideline is owed;
    # its member has pressed “It went wrong”.
    said_first: bool | None = None
    owes_signature: bool | None = None
    called_for_help: bool | None = None

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "story", "account"],
                name="one_open_share_per_account",
                condition=models.Q(state__in=OPEN, account__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(account__isnull=False)
                | models.Q(state__in=["handed_over", "said_posted", "dropped"]),
                name="an_account_or_by_hand",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="shares_due", condition=models.Q(state__in=["scheduled", "retrying"])),
            models.Index(
                fields=["due_at"],
                name="shares_to_settle",
                condition=models.Q(state__in=["sending", "uncertain", "held", "deleting"]),
            ),
            models.Index(fields=["member"], name="shares_paused", condition=models.Q(state="held", held_for="pause")),
            models.Index(
                fields=["state_at"], name="shares_for_a_person", condition=models.Q(state__in=["failed", "asked"])
            ),
            models.Index(fields=["member", "-planned_at"], name="shares_of_member"),
            models.Index(fields=["-published_at"], name="shares_published", condition=models.Q(state="published")),
        ]

    def lost_attempts(self) -> "list[Attempt]":
        """The attempts of the present wish whose answer was lost, first to last."""
        if not self.attempts_made:
            return []
        return [each for each in self.attempts.order_by("number") if each.is_lost and each.body["key"] == str(self.key)]

    def may_be_up(self) -> bool:
        """Whether an attempt of the present wish may have posted it although nobody knows."""
        return any(attempt.may_be_up for attempt in self.lost_attempts())


class Attempt(models.Model):
    """One call that tries to create the post: written before the call, answered after it."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    body = models.JSONField()  # the frozen draft, as sent
    price = models.PositiveIntegerField(default=0)  # what it costs, in thousandths; nought again if surely not made
    resend = models.BooleanField(default=False)  # repeats an attempt whose answer was lost
    started_at = models.DateTimeField()
    lease_until = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)  # PUBLISHED, the name of the error, or ABSENT
    detail = models.CharField(max_length=400, blank=True)
    post_id = models.CharField(max_length=300, blank=True)
    post_url = models.URLField(max_length=600, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["share", "number"], name="attempts_are_numbered")]
        indexes = [models.Index(fields=["started_at"], name="attempts_of_late")]

    PUBLISHED = "published"
    ABSENT = "absent"  # the answer was lost, and a look-up has shown since that there is no post

    @property
    def is_lost(self) -> bool:
        """No answer told what the platform did: none was written, or the answer was that there is none."""
        return self.outcome in ("", "OutcomeUnknown", self.ABSENT)

    @property
    def may_be_up(self) -> bool:
        """Lost, and nothing has shown since that there is no post."""
        return self.is_lost and self.outcome != self.ABSENT


class Told(models.Model):
    """What a member was told about one share and must not be told again."""

    WITHDRAWN = "withdrawn"  # its story was withdrawn after it went out
    UP = "up"  # it has been up for two hours

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="told")
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["share", "kind"], name="told_once")]


class SavedDraft(models.Model):
    """What a member has typed for a story and not yet planned: {"words": …, "accounts": […], …}."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    story = models.ForeignKey(Story, on_delete=models.CASCADE)
    content = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "story"], name="one_draft_per_story")]
