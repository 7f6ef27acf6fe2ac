import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from core.first_tables import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_quiet_time"),
        ("accounts", "0003_invitation_note"),
        ("accounts", "0004_keeping_well"),
        ("accounts", "0005_server_limits"),
        ("accounts", "0006_campaign_words"),
        ("accounts", "0007_budgets"),
        ("accounts", "0008_connector_secrets"),
        ("accounts", "0009_approvers"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Organisation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(default="Advocacy", max_length=120)),
                        ("logo", models.ImageField(blank=True, upload_to="organisation/")),
                        ("accent", models.CharField(default="#0a5c68", max_length=7)),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10), default=list, size=None
                            ),
                        ),
                        ("country", models.CharField(default="GB", max_length=2)),
                        ("time_zone", models.CharField(default="Europe/London", max_length=64)),
                        ("customers_word", models.JSONField(blank=True, default=dict)),
                        ("boards_on", models.BooleanField(default=False)),
                        (
                            "networks",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=43), blank=True, default=list, size=None
                            ),
                        ),
                        ("set_up_at", models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Team",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, unique=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, null=True)),
                        ("sign_in_name", models.CharField(blank=True, max_length=60, null=True)),
                        ("name", models.CharField(max_length=120)),
                        ("picture", models.ImageField(blank=True, upload_to="members/")),
                        ("job_title", models.CharField(blank=True, max_length=120)),
                        ("country", models.CharField(default="GB", max_length=2)),
                        ("place", models.CharField(blank=True, max_length=80)),
                        ("language", models.CharField(default="en", max_length=10)),
                        ("time_zone", models.CharField(default="Europe/London", max_length=64)),
                        ("working_hours", models.JSONField(blank=True, null=True)),
                        ("theme", models.CharField(blank=True, default="", max_length=6)),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=16), blank=True, default=list, size=None
                            ),
                        ),
                        ("counts_clicks", models.BooleanField(default=True)),
                        ("is_active", models.BooleanField(default=True)),
                        ("sessions_ended", models.PositiveIntegerField(default=0)),
                        ("joined_at", models.DateTimeField()),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="members",
                                to="accounts.team",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="LinkedAccount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("connector", models.CharField(max_length=20)),
                        ("origin", models.CharField(blank=True, max_length=200)),
                        ("remote_id", models.CharField(max_length=200)),
                        ("handle", models.CharField(max_length=200)),
                        ("name", models.CharField(blank=True, max_length=200)),
                        ("profile_url", models.URLField(blank=True, max_length=500)),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60), default=list, size=None
                            ),
                        ),
                        ("access", models.TextField(blank=True)),
                        ("refresh", models.TextField(blank=True)),
                        ("expires_at", models.DateTimeField(null=True)),
                        ("refreshing_until", models.DateTimeField(null=True)),
                        ("paused_until", models.DateTimeField(null=True)),
                        ("linked_at", models.DateTimeField()),
                        ("worked_at", models.DateTimeField(null=True)),
                        ("health_note", models.CharField(blank=True, max_length=300)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="linked_accounts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="LinkingDance",
                    fields=[
                        ("state", models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ("connector", models.CharField(max_length=20)),
                        ("origin", models.CharField(blank=True, max_length=200)),
                        ("verifier", models.TextField()),
                        ("return_to", models.CharField(blank=True, max_length=300)),
                        ("expires_at", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "relinks",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.CASCADE, to="accounts.linkedaccount"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PlatformApp",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("connector", models.CharField(max_length=20)),
                        ("origin", models.CharField(blank=True, max_length=200)),
                        ("enabled", models.BooleanField(default=True)),
                        ("client_id", models.CharField(blank=True, max_length=300)),
                        ("client_secret", models.TextField(blank=True)),
                        ("redirect_uri", models.CharField(blank=True, max_length=300)),
                        ("paused_until", models.DateTimeField(blank=True, null=True)),
                        ("pause_reason", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("connector", "origin"), name="one_app_per_origin")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Revocation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(unique=True)),
                        ("connector", models.CharField(max_length=20)),
                        ("origin", models.CharField(blank=True, max_length=200)),
                        ("remote_id", models.CharField(max_length=200)),
                        ("access", models.TextField(blank=True)),
                        ("refresh", models.TextField(blank=True)),
                        ("due_at", models.DateTimeField()),
                        ("give_up_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["due_at"], name="revocations_due")],
                    },
                ),
                migrations.CreateModel(
                    name="SignInMail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(unique=True)),
                        ("email", models.EmailField(max_length=254)),
                        ("code_hash", models.CharField(max_length=64)),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("return_to", models.CharField(blank=True, max_length=300)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(null=True)),
                        (
                            "member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("name", models.CharField(blank=True, max_length=120)),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=16), blank=True, default=list, size=None
                            ),
                        ),
                        ("code_hash", models.CharField(max_length=64, unique=True)),
                        ("expires_at", models.DateTimeField()),
                        (
                            "invited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="invited",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="invitation",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "returning",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to="accounts.team"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddIndex(
                    model_name="linkedaccount",
                    index=models.Index(
                        condition=models.Q(("state", "healthy")), fields=["expires_at"], name="accounts_to_refresh"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="linkedaccount",
                    constraint=models.UniqueConstraint(
                        fields=("connector", "origin", "remote_id"), name="an_account_has_one_member"
                    ),
                ),
                migrations.AddIndex(
                    model_name="user",
                    index=models.Index(
                        condition=models.Q(("is_active", True)), fields=["team"], name="active_members_of_team"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="user",
                    constraint=models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="one_member_per_address"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="user",
                    constraint=models.UniqueConstraint(
                        django.db.models.functions.text.Lower("sign_in_name"), name="one_member_per_sign_in_name"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="user",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("roles__contained_by", ["curator", "hr", "administrator", "council"])),
                        name="known_roles",
                    ),
                ),
                migrations.CreateModel(
                    name="QuietTime",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("begun_at", models.DateTimeField()),
                        ("why", models.CharField(max_length=200)),
                        ("until", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "begun_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "on")), fields=("state",), name="one_quiet_time_at_once"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="note",
                    field=models.CharField(blank=True, max_length=120),
                ),
                migrations.AddField(
                    model_name="linkedaccount",
                    name="check_due_at",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name="linkedaccount",
                    name="reminded_for",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="regulated",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="platformapp",
                    name="pause_is_fault",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="user",
                    name="after_post",
                    field=models.CharField(
                        choices=[("page", "page"), ("mail", "mail"), ("off", "off")], default="page", max_length=4
                    ),
                ),
                migrations.AddField(
                    model_name="user",
                    name="mails_accounts",
                    field=models.BooleanField(default=True),
                ),
                migrations.AddField(
                    model_name="user",
                    name="mails_alerts",
                    field=models.BooleanField(default=True),
                ),
                migrations.AddIndex(
                    model_name="linkedaccount",
                    index=models.Index(
                        condition=models.Q(("state", "healthy")), fields=["check_due_at"], name="accounts_to_check"
                    ),
                ),
                migrations.AddField(
                    model_name="platformapp",
                    name="limits",
                    field=models.JSONField(blank=True, default=dict),
                ),
                migrations.AddField(
                    model_name="platformapp",
                    name="limits_read_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="utm_source",
                    field=models.CharField(blank=True, default="", max_length=60),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="utm_medium",
                    field=models.CharField(blank=True, default="", max_length=60),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="utm_campaign",
                    field=models.CharField(blank=True, default="", max_length=60),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name="platformapp",
                    name="lowered",
                    field=models.JSONField(blank=True, default=dict),
                ),
                migrations.AddField(
                    model_name="platformapp",
                    name="monthly_budget",
                    field=models.PositiveIntegerField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="spread_minutes",
                    field=models.PositiveSmallIntegerField(default=120),
                ),
                migrations.AddField(
                    model_name="user",
                    name="keeps_to_hours",
                    field=models.BooleanField(default=True),
                ),
                migrations.AddField(
                    model_name="user",
                    name="least_pause",
                    field=models.PositiveSmallIntegerField(default=30),
                ),
                migrations.AddField(
                    model_name="linkedaccount",
                    name="extra",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="linkingdance",
                    name="kept",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="revocation",
                    name="extra",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="organisation",
                    name="approvers",
                    field=models.PositiveSmallIntegerField(default=1),
                ),
            ]
        ),
    ]
