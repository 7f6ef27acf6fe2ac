from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from connectors import registry
from core.flow import Flow, FlowModel

ROLES = ("curator", "hr", "administrator", "council")


class Organisation(models.Model):
    """The firm. One row; `organisation()` in queries.py reads it."""

    name = models.CharField(max_length=120, default="Advocacy")
    logo = models.ImageField(upload_to="organisation/", blank=True)
    accent = models.CharField(max_length=7, default="#0a5c68")
    languages = ArrayField(models.CharField(max_length=10), default=list)
    country = models.CharField(max_length=2, default="GB")
    time_zone = models.CharField(max_length=64, default="Europe/London")
    customers_word = models.JSONField(default=dict, blank=True)  # {"en": "customers"}
    boards_on = models.BooleanField(default=False)
    # Members' own words are read before they go out; posts of a withdrawn story are deleted without asking first.
    regulated = models.BooleanField(default=False)
    # How soon own words are read, in working hours of whoever reads them. Later they are not posted.
    words_hours = models.PositiveSmallIntegerField(default=4)
    # How many others have to approve a story before it goes live: none, one or two.
    approvers = models.PositiveSmallIntegerField(default=1)
    # Colleagues' planned posts of one story that would go out together are spread over so long
    spread_minutes = models.PositiveSmallIntegerField(default=120)
    skills = ArrayField(models.CharField(max_length=60), default=list, blank=True)  # offered in the profile
    networks = ArrayField(models.CharField(max_length=43), default=list, blank=True)  # our own offices, as CIDR
    set_up_at = models.DateTimeField(null=True, blank=True)
    # Whether taking part is working time, in the firm's own words; shown to everybody new
    working_time = models.CharField(max_length=300, blank=True)
    # What the firm's own web statistics read in the addresses we send people to; empty for none.
    utm_source = models.CharField(max_length=60, blank=True)
    utm_medium = models.CharField(max_length=60, blank=True)
    utm_campaign = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class MemberManager(BaseUserManager["User"]):
    def create_user(self, email: str | None, password: str | None = None, **fields: object) -> "User":
        member = self.model(email=email.strip().lower() if email else None, **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member


class User(AbstractBaseUser, PermissionsMixin):
    """A member. No last_login is kept; an address is optional, since not everybody at work has one."""

    last_login = None

    email = models.EmailField(null=True, blank=True)
    # For people without an address: what they type beside their password, a staff number or a name of their own.
    sign_in_name = models.CharField(max_length=60, null=True, blank=True)
    name = models.CharField(max_length=120)
    picture = models.ImageField(upload_to="members/", blank=True)
    job_title = models.CharField(max_length=120, blank=True)  # in the member's own words
    # What they are by training, in the firm's words (teacher, doctor, trader); set by HR, since guidelines go by it.
    profession = models.CharField(max_length=80, blank=True)
    manager = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    away_until = models.DateField(null=True, blank=True)  # the last day away; nothing is asked of them before
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="members")
    country = models.CharField(max_length=2, default="GB")
    place = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=64, default="Europe/London")
    # [from, to] minutes after midnight per weekday, Monday first; null while the member has not chosen
    working_hours = models.JSONField(null=True, blank=True)
    keeps_to_hours = models.BooleanField(default=True)  # planned posts go out within the working hours, if any
    least_pause = models.PositiveSmallIntegerField(default=30)  # minutes between one's own planned posts
    theme = models.CharField(max_length=6, default="", blank=True)
    roles = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    skills = ArrayField(models.CharField(max_length=60), default=list, blank=True)  # in the member's own words
    counts_clicks = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    sessions_ended = models.PositiveIntegerField(default=0)  # one more ends every session there is
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    welcomed_at = models.DateTimeField(null=True, blank=True)  # when they had read the first page

    # What a made-up person is besides, as audiences/terms.py writes it; of members such things stand in tables.
    also: tuple[str, ...] = ()

    USERNAME_FIELD = "id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = MemberManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_member_per_address"),
            models.UniqueConstraint(Lower("sign_in_name"), name="one_member_per_sign_in_name"),
            models.CheckConstraint(condition=models.Q(roles__contained_by=list(ROLES)), name="known_roles"),
        ]
        indexes = [
            models.Index(fields=["team"], name="active_members_of_team", condition=models.Q(is_active=True)),
            models.Index(fields=["away_until"], name="members_away", condition=models.Q(away_until__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        # No address is null, not "": allauth writes "", and two members without one would collide.
        self.email, self.sign_in_name = self.email or None, self.sign_in_name or None
        super().save(*args, **kwargs)

    def get_short_name(self) -> str:
        """What Django's admin greets by."""
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django asks this of every request; counting up ends sessions without a search through all of them.
        value = f"{self.password}{self.sessions_ended}"
        return salted_hmac("accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_staff(self) -> bool:
        """Django's admin is for administrators, and holds settings only."""
        return "administrator" in self.roles

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Asked by Django's admin only, where an administrator may do everything; elsewhere rules.py decides."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff


class WordsReader(models.Model):
    """Who reads colleagues' own words in a regulated firm before they go out: one, and one who stands in. Rows of their
    own, so that the firm's settings hold no person."""

    APPROVER, DEPUTY = "approver", "deputy"

    place = models.CharField(max_length=8, primary_key=True, choices=[(APPROVER, APPROVER), (DEPUTY, DEPUTY)])
    member = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")


class Invitation(FlowModel):
    """One way in, used once: by e-mail, or on a slip of paper with a QR code. Only a hash of the code is kept."""

    flow = Flow("open", {"open": "used expired withdrawn"})

    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=120, blank=True)  # for whoever gives slips out, to tell them apart
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL)
    roles = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    code_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="invited")
    member = models.OneToOneField(User, null=True, on_delete=models.SET_NULL, related_name="invitation")
    # Lets a member who lost every way in set a new one; nobody new comes by it.
    returning = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")


class PlatformApp(models.Model):
    """Our registration at one platform; for Mastodon one per instance (`origin`). The secret is sealed."""

    connector = models.CharField(max_length=20)
    origin = models.CharField(max_length=200, blank=True)
    enabled = models.BooleanField(default=True)
    client_id = models.CharField(max_length=300, blank=True)
    client_secret = models.TextField(blank=True)
    redirect_uri = models.CharField(max_length=300, blank=True)  # what a server was told when we registered there
    paused_until = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=300, blank=True)
    limits = models.JSONField(default=dict, blank=True)  # of one server, where it differs from the usual
    limits_read_at = models.DateTimeField(null=True, blank=True)
    pause_is_fault = models.BooleanField(default=False)  # nobody here asked for the pause: something needs mending
    lowered = models.JSONField(default=dict, blank=True)  # {"posts": 80}: less than the platform would take
    # Where posts cost money, in whole units of the price list's currency; null until somebody decided
    monthly_budget = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connector", "origin"], name="one_app_per_origin")]

    def __str__(self) -> str:
        name = next((made.name for made in registry.CLASSES if made.key == self.connector), self.connector)
        return " · ".join(filter(None, [name, self.origin.removeprefix("https://")]))


class LinkedAccount(FlowModel):
    """A member's own account on a platform, and what we may do there. Tokens are sealed to this row."""

    flow = Flow(
        "healthy", {"healthy": "needs_relink unlinked", "needs_relink": "healthy unlinked", "unlinked": "healthy"}
    )

    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="linked_accounts")
    connector = models.CharField(max_length=20)
    origin = models.CharField(max_length=200, blank=True)
    remote_id = models.CharField(max_length=200)
    handle = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    profile_url = models.URLField(max_length=500, blank=True)
    scopes = ArrayField(models.CharField(max_length=60), default=list)
    access = models.TextField(blank=True)
    refresh = models.TextField(blank=True)
    extra = models.TextField(blank=True)  # what else only the connector understands, such as a key; sealed too
    expires_at = models.DateTimeField(null=True)
    refreshing_until = models.DateTimeField(null=True)  # the lease of whoever refreshes now
    paused_until = models.DateTimeField(null=True)  # the platform asked us to wait
    linked_at = models.DateTimeField()
    worked_at = models.DateTimeField(null=True)  # last time the platform did what we asked; at most hourly
    health_note = models.CharField(max_length=300, blank=True)
    check_due_at = models.DateTimeField(null=True)  # when to ask the platform next whether we may still post; now
    reminded_for = models.DateTimeField(null=True)  # the end of the connection we have warned of

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connector", "origin", "remote_id"], name="an_account_has_one_member"),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="accounts_to_refresh", condition=models.Q(state="healthy")),
            models.Index(fields=["check_due_at"], name="accounts_to_check", condition=models.Q(state="healthy")),
        ]


class LinkingDance(models.Model):
    """One OAuth dance in progress, found by its state; its secrets are sealed. Deleted when used or expired."""

    state = models.CharField(max_length=64, primary_key=True)
    member = models.ForeignKey(User, on_delete=models.CASCADE)
    connector = models.CharField(max_length=20)
    origin = models.CharField(max_length=200, blank=True)
    verifier = models.TextField()
    kept = models.TextField(blank=True)  # what the connector wants to have at hand on the way back
    return_to = models.CharField(max_length=300, blank=True)
    relinks = models.ForeignKey(LinkedAccount, null=True, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()


class Revocation(models.Model):
    """Tokens of an account that is no longer linked, kept only until the platform has forgotten them too."""

    key = models.UUIDField(unique=True)  # what the tokens are sealed to
    connector = models.CharField(max_length=20)
    origin = models.CharField(max_length=200, blank=True)
    remote_id = models.CharField(max_length=200)
    access = models.TextField(blank=True)
    refresh = models.TextField(blank=True)
    extra = models.TextField(blank=True)
    due_at = models.DateTimeField()
    give_up_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="revocations_due")]


class SignInMail(models.Model):
    """One mail that lets somebody in, by a code or by its button, once. Only hashes of the two are kept.

    `member` is null where nobody has the address: the page must not tell.
    """

    key = models.UUIDField(unique=True)  # the address of the page that waits for the code
    member = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    code_hash = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    return_to = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class QuietTime(FlowModel):
    """A time in which nothing planned goes out: who asked for it, when, why and until when at the latest. Such a row
    is only ever ended, never changed otherwise or deleted."""

    flow = Flow("on", {"on": "over"})

    begun_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField()
    why = models.CharField(max_length=200)
    until = models.DateTimeField()
    ended_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")  # null: it ran out
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state"], name="one_quiet_time_at_once", condition=models.Q(state="on")),
        ]
