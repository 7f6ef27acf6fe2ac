import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.first_tables import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ("notifications", "0001_initial"),
        ("notifications", "0002_channels"),
        ("notifications", "0003_hooks"),
        ("notifications", "0004_about"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Hook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("key", models.UUIDField(unique=True)),
                        (
                            "kind",
                            models.CharField(choices=[("slack", "Slack"), ("teams", "Microsoft Teams")], max_length=8),
                        ),
                        ("sealed", models.TextField()),
                        ("address_hash", models.CharField(max_length=64, unique=True)),
                        ("host", models.CharField(max_length=200)),
                        ("ending", models.CharField(max_length=4)),
                        ("language", models.CharField(default="en", max_length=10)),
                        ("made_at", models.DateTimeField()),
                        ("since", models.DateTimeField()),
                        ("quiet_until", models.DateTimeField(null=True)),
                        ("failures", models.PositiveSmallIntegerField(default=0)),
                        ("reason", models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("channel", models.CharField(max_length=8)),
                        ("kind", models.CharField(max_length=40)),
                        ("about", models.CharField(blank=True, default="", max_length=40)),
                        ("subject", models.CharField(max_length=300)),
                        ("text", models.TextField(blank=True)),
                        ("html", models.TextField(blank=True)),
                        ("url", models.CharField(blank=True, max_length=500)),
                        ("created_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("until", models.DateTimeField(null=True)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="HookMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("about", models.CharField(max_length=40)),
                        ("created_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=40)),
                        (
                            "hook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to="notifications.hook",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Mail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("to", models.EmailField(max_length=254)),
                        ("subject", models.CharField(max_length=300)),
                        ("text", models.TextField()),
                        ("html", models.TextField(blank=True)),
                        ("headers", models.JSONField(blank=True, default=dict)),
                        ("bulk", models.BooleanField(default=False)),
                        ("about", models.CharField(blank=True, default="", max_length=40)),
                        ("created_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="notifications.delivery",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("about", models.CharField(blank=True, default="", max_length=40)),
                        ("text", models.TextField()),
                        ("url", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(null=True)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PushAddress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("key", models.UUIDField(unique=True)),
                        ("endpoint_hash", models.CharField(max_length=64, unique=True)),
                        ("sealed", models.TextField()),
                        ("browser", models.CharField(blank=True, max_length=60)),
                        ("made_at", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="push_addresses",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Wishes",
                    fields=[
                        (
                            "member",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="wishes",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("channels", models.JSONField(blank=True, default=dict)),
                        ("paused_until", models.DateTimeField(blank=True, null=True)),
                        ("most_a_day", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "digest",
                            models.CharField(
                                blank=True,
                                choices=[("", "never"), ("day", "day"), ("week", "week")],
                                default="",
                                max_length=4,
                            ),
                        ),
                        ("digest_weekday", models.PositiveSmallIntegerField(default=1)),
                        ("digest_minute", models.PositiveSmallIntegerField(default=510)),
                        ("digest_due_at", models.DateTimeField(blank=True, null=True)),
                        ("digest_offered_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("digest_due_at__isnull", False)),
                                fields=["digest_due_at"],
                                name="digests_due",
                            )
                        ],
                    },
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=models.Q(("state__in", ["waiting", "going"])),
                        fields=["due_at"],
                        name="deliveries_due",
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=models.Q(("state", "gone")), fields=["member", "state_at"], name="deliveries_of_a_day"
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=models.Q(("about", ""), _negated=True),
                        fields=["about"],
                        name="deliveries_of_a_launch",
                    ),
                ),
                migrations.AddIndex(
                    model_name="hookmessage",
                    index=models.Index(
                        condition=models.Q(("state__in", ["waiting", "going"])),
                        fields=["due_at"],
                        name="hook_messages_due",
                    ),
                ),
                migrations.AddIndex(
                    model_name="hookmessage",
                    index=models.Index(
                        condition=models.Q(("state__in", ["gone", "unsure"])),
                        fields=["hook", "state_at"],
                        name="hook_messages_of_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hookmessage",
                    constraint=models.UniqueConstraint(fields=("hook", "about"), name="a_channel_is_told_once"),
                ),
                migrations.AddIndex(
                    model_name="mail",
                    index=models.Index(fields=["to", "-id"], name="mails_to_one_address"),
                ),
                migrations.AddIndex(
                    model_name="mail",
                    index=models.Index(
                        condition=models.Q(("state", "queued")), fields=["bulk", "due_at", "id"], name="mails_to_send"
                    ),
                ),
                migrations.AddIndex(
                    model_name="mail",
                    index=models.Index(
                        condition=models.Q(("state__in", ["queued", "sending"])), fields=["due_at"], name="mails_due"
                    ),
                ),
                migrations.AddIndex(
                    model_name="mail",
                    index=models.Index(
                        condition=models.Q(
                            ("state__in", ["queued", "sending", "failed"]), models.Q(("about", ""), _negated=True)
                        ),
                        fields=["about"],
                        name="unsent_mails_of_a_launch",
                    ),
                ),
                migrations.AddIndex(
                    model_name="mail",
                    index=models.Index(
                        condition=models.Q(("delivery__isnull", False)), fields=["delivery"], name="mail_of_a_delivery"
                    ),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(fields=["member", "-at"], name="notices_of_member"),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(
                        condition=models.Q(("read_at__isnull", True), models.Q(("about", ""), _negated=True)),
                        fields=["about"],
                        name="unread_lines_of_a_launch",
                    ),
                ),
                migrations.AddIndex(
                    model_name="pushaddress",
                    index=models.Index(
                        condition=models.Q(("state", "open")), fields=["member"], name="open_push_of_member"
                    ),
                ),
            ]
        ),
    ]
