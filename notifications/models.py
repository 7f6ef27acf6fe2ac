from django.conf import settings
from django.db import models

from core.flow import Flow, FlowModel


class Notice(models.Model):
    """One thing a member should know, in their own language, shown in the page until read."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=40, blank=True, default="")  # of one of many: of which launch, "launch:12"
    text = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["member", "-at"], name="notices_of_member"),
            models.Index(
                fields=["about"],
                name="unread_lines_of_a_launch",
                condition=models.Q(read_at__isnull=True) & ~models.Q(about=""),
            ),
        ]


class Wishes(models.Model):
    """How one member wants to be told things. No row: as usual, see kinds.py."""

    EVERY = [("", "never"), ("day", "day"), ("week", "week")]

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="wishes"
    )
    channels = models.JSONField(default=dict, blank=True)  # {"up": ["page", "mail"]}: only what differs from the usual
    paused_until = models.DateTimeField(null=True, blank=True)
    most_a_day = models.PositiveSmallIntegerField(null=True, blank=True)  # mails and pushes together; null: no limit
    digest = models.CharField(max_length=4, blank=True, default="", choices=EVERY)
    digest_weekday = models.PositiveSmallIntegerField(default=1)  # Monday is 0
    digest_minute = models.PositiveSmallIntegerField(default=8 * 60 + 30)  # after midnight, in the member's own zone
    digest_due_at = models.DateTimeField(null=True, blank=True)
    digest_offered_at = models.DateTimeField(null=True, blank=True)  # offered once, and never again

    class Meta:
        indexes = [
            models.Index(fields=["digest_due_at"], name="digests_due", condition=models.Q(digest_due_at__isnull=False))
        ]


class Mail(FlowModel):
    """One e-mail to one address. Pages write the row; a task hands it to the mail server."""

    # Dropped: what it tells of was stopped, or is over.
    flow = Flow("queued", {"queued": "sending dropped", "sending": "sent queued failed", "sent": "bounced"})
    due_field = "due_at"

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    bulk = models.BooleanField(default=False)  # one of many: whoever waits for a sign-in code comes first
    about = models.CharField(max_length=40, blank=True, default="")  # as its delivery, which it can be taken back with
    delivery = models.ForeignKey("Delivery", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["to", "-id"], name="mails_to_one_address"),
            models.Index(fields=["bulk", "due_at", "id"], name="mails_to_send", condition=models.Q(state="queued")),
            models.Index(fields=["due_at"], name="mails_due", condition=models.Q(state__in=["queued", "sending"])),
            models.Index(
                fields=["about"],
                name="unsent_mails_of_a_launch",
                condition=models.Q(state__in=["queued", "sending", "failed"]) & ~models.Q(about=""),
            ),
            models.Index(fields=["delivery"], name="mail_of_a_delivery", condition=models.Q(delivery__isnull=False)),
        ]


class Delivery(FlowModel):
    """One message on its way to one member by one channel besides the page. Whether it still may go is asked again
    when it is due: hours, pause and the most a day may have changed since it was written."""

    # What is gone as a mail is dropped after all where that mail is taken back. What was stopped may go on.
    flow = Flow(
        "waiting",
        {"waiting": "going dropped", "going": "gone waiting dropped", "gone": "dropped", "dropped": "waiting"},
    )
    due_field = "due_at"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=40, blank=True, default="")  # of one of many: of which launch, "launch:12"
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    until = models.DateTimeField(null=True)  # after this it is not worth saying
    tries = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="deliveries_due", condition=models.Q(state__in=["waiting", "going"])),
            models.Index(fields=["member", "state_at"], name="deliveries_of_a_day", condition=models.Q(state="gone")),
            models.Index(fields=["about"], name="deliveries_of_a_launch", condition=~models.Q(about="")),
        ]


class PushAddress(FlowModel):
    """One browser that a member allowed to show messages. Where it is reached is sealed; its hash finds it again."""

    flow = Flow("open", {"open": "gone"})

    key = models.UUIDField(unique=True)  # what it is sealed to
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_addresses")
    endpoint_hash = models.CharField(max_length=64, unique=True)
    sealed = models.TextField()
    browser = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["member"], name="open_push_of_member", condition=models.Q(state="open"))]


class Hook(FlowModel):
    """An incoming web hook of one channel in Slack or Microsoft Teams. Whoever knows its address may write there, so it
    is sealed: pages and logs have the host and the last four signs. Broken: the other side said that it is no more."""

    flow = Flow("open", {"open": "broken", "broken": "open"})

    SLACK, TEAMS = "slack", "teams"
    KINDS = [(SLACK, "Slack"), (TEAMS, "Microsoft Teams")]

    key = models.UUIDField(unique=True)  # what it is sealed to
    kind = models.CharField(max_length=8, choices=KINDS)
    sealed = models.TextField()
    address_hash = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=200)
    ending = models.CharField(max_length=4)
    language = models.CharField(max_length=10, default="en")
    made_at = models.DateTimeField()
    since = models.DateTimeField()  # it hears of what happens after this: when it was made, or mended
    quiet_until = models.DateTimeField(null=True)  # asked to wait, or has had its share of the day
    failures = models.PositiveSmallIntegerField(default=0)  # in a row
    reason = models.CharField(max_length=40, blank=True)  # of the last one, see hooks.py

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.host} … {self.ending}"


class HookMessage(FlowModel):
    """One thing one channel is told, once: what it is about says its name, as in "story:12". What nobody knows to have
    arrived stays unsure and is not sent again."""

    flow = Flow("waiting", {"waiting": "going dropped", "going": "gone waiting dropped unsure", "dropped": "waiting"})
    due_field = "due_at"

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="messages")
    about = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hook", "about"], name="a_channel_is_told_once")]
        indexes = [
            models.Index(
                fields=["due_at"], name="hook_messages_due", condition=models.Q(state__in=["waiting", "going"])
            ),
            models.Index(
                fields=["hook", "state_at"],
                name="hook_messages_of_a_day",
                condition=models.Q(state__in=["gone", "unsure"]),
            ),
        ]
