import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.first_tables import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ("shares", "0001_initial"),
        ("shares", "0002_held_for_owner"),
        ("shares", "0003_options"),
        ("shares", "0004_told_once"),
        ("shares", "0005_price"),
        ("shares", "0006_without_link"),
        ("shares", "0007_feed_marks"),
        ("shares", "0008_disclosure_rule"),
        ("shares", "0009_words_of_colleagues"),
        ("shares", "0010_saved_searches"),
        ("shares", "0011_digests"),
        ("shares", "0012_words_approval"),
        ("shares", "0013_bands_of_each_platform"),
        ("shares", "0014_mishaps"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0011_skills_squashed_0015_members_away"),
        ("content", "0001_squashed_0022_hints_lead_to_guidelines"),
        ("links", "0001_squashed_0002_ends_and_ids"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Share",
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
                        ("words", models.TextField()),
                        ("disclosure", models.CharField(blank=True, max_length=500)),
                        ("disclosure_before", models.BooleanField(default=True)),
                        ("disclosure_rule", models.JSONField(blank=True, default=dict)),
                        (
                            "says_disclosure",
                            models.CharField(
                                blank=True, choices=[("yes", "yes"), ("no", "no"), ("unsure", "unsure")], max_length=6
                            ),
                        ),
                        ("language", models.CharField(default="en", max_length=10)),
                        ("options", models.JSONField(blank=True, default=dict)),
                        ("key", models.UUIDField(unique=True)),
                        ("record_key", models.CharField(max_length=13)),
                        ("planned_at", models.DateTimeField()),
                        ("wanted_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("cut_off_at", models.DateTimeField()),
                        ("held_until", models.DateTimeField(null=True)),
                        ("held_for", models.CharField(blank=True, max_length=8)),
                        ("rung_until", models.DateTimeField(null=True)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("attempts_made", models.PositiveSmallIntegerField(default=0)),
                        ("reason", models.CharField(blank=True, max_length=400)),
                        ("post_id", models.CharField(blank=True, max_length=300)),
                        ("post_url", models.URLField(blank=True, max_length=600)),
                        ("published_at", models.DateTimeField(null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shares",
                                to="accounts.linkedaccount",
                            ),
                        ),
                        (
                            "link",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="share",
                                to="links.shortlink",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shares",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "story",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="content.story"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("body", models.JSONField()),
                        ("price", models.PositiveIntegerField(default=0)),
                        ("resend", models.BooleanField(default=False)),
                        ("started_at", models.DateTimeField()),
                        ("lease_until", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("outcome", models.CharField(blank=True, max_length=20)),
                        ("detail", models.CharField(blank=True, max_length=400)),
                        ("post_id", models.CharField(blank=True, max_length=300)),
                        ("post_url", models.URLField(blank=True, max_length=600)),
                        (
                            "share",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="shares.share"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Mark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("days_seen", models.PositiveSmallIntegerField(default=0)),
                        ("seen_at", models.DateTimeField(null=True)),
                        ("skipped_at", models.DateTimeField(null=True)),
                        ("not_for_me_at", models.DateTimeField(null=True)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="marks",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "story",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="content.story"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Mishap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=1000)),
                        ("began_at", models.DateTimeField()),
                        ("held", models.PositiveIntegerField(default=0)),
                        ("seen_at", models.DateTimeField(null=True)),
                        ("answer", models.CharField(blank=True, max_length=2000)),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "helper",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mishap",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("shares", models.ManyToManyField(related_name="+", to="shares.share")),
                    ],
                ),
                migrations.CreateModel(
                    name="Reservation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("family", models.CharField(blank=True, max_length=20)),
                        ("until", models.DateTimeField()),
                        (
                            "caption",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reservations",
                                to="content.caption",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reservations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SavedDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("content", models.JSONField()),
                        ("saved_at", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drafts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("story", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="content.story")),
                    ],
                ),
                migrations.CreateModel(
                    name="SavedSearch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("wish", models.JSONField()),
                        ("saved_at", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saved_searches",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Tally",
                    fields=[
                        (
                            "story",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="tally",
                                serialize=False,
                                to="content.story",
                            ),
                        ),
                        ("voices", models.PositiveIntegerField(default=0)),
                        ("visits", models.PositiveIntegerField(default=0)),
                        ("counted_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["counted_at"], name="tallies_to_count")],
                    },
                ),
                migrations.CreateModel(
                    name="Told",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=10)),
                        ("at", models.DateTimeField()),
                        (
                            "share",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="told", to="shares.share"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="WordsApproval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("asked_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reader",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "share",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="approvals", to="shares.share"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Digest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "stories",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, size=None
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="digests",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("member", "day"), name="one_digest_a_day")],
                    },
                ),
                migrations.CreateModel(
                    name="Fingerprint",
                    fields=[
                        (
                            "share",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="fingerprint",
                                serialize=False,
                                to="shares.share",
                            ),
                        ),
                        ("connector", models.CharField(max_length=20)),
                        ("at", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        (
                            "pairs",
                            django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                        ),
                        (
                            "bands",
                            django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.AddIndex(
                    model_name="share",
                    index=models.Index(
                        condition=models.Q(("state__in", ["scheduled", "retrying"])),
                        fields=["due_at"],
                        name="shares_due",
                    ),
                ),
                migrations.AddIndex(
                    model_name="share",
                    index=models.Index(
                        condition=models.Q(("state__in", ["sending", "uncertain", "held", "deleting"])),
                        fields=["due_at"],
                        name="shares_to_settle",
                    ),
                ),
                migrations.AddIndex(
                    model_name="share",
                    index=models.Index(
                        condition=models.Q(("held_for", "pause"), ("state", "held")),
                        fields=["member"],
                        name="shares_paused",
                    ),
                ),
                migrations.AddIndex(
                    model_name="share",
                    index=models.Index(
                        condition=models.Q(("state__in", ["failed", "asked"])),
                        fields=["state_at"],
                        name="shares_for_a_person",
                    ),
                ),
                migrations.AddIndex(
                    model_name="share",
                    index=models.Index(fields=["member", "-planned_at"], name="shares_of_member"),
                ),
                migrations.AddIndex(
                    model_name="share",
                    index=models.Index(
                        condition=models.Q(("state", "published")), fields=["-published_at"], name="shares_published"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="share",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            ("account__isnull", False),
                            (
                                "state__in",
                                [
                                    "scheduled",
                                    "retrying",
                                    "sending",
                                    "held",
                                    "uncertain",
                                    "asked",
                                    "published",
                                    "deleting",
                                ],
                            ),
                        ),
                        fields=("member", "story", "account"),
                        name="one_open_share_per_account",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="share",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("account__isnull", False),
                            ("state__in", ["handed_over", "said_posted", "dropped"]),
                            _connector="OR",
                        ),
                        name="an_account_or_by_hand",
                    ),
                ),
                migrations.AddIndex(
                    model_name="attempt",
                    index=models.Index(fields=["started_at"], name="attempts_of_late"),
                ),
                migrations.AddConstraint(
                    model_name="attempt",
                    constraint=models.UniqueConstraint(fields=("share", "number"), name="attempts_are_numbered"),
                ),
                migrations.AddIndex(
                    model_name="mark",
                    index=models.Index(
                        condition=models.Q(("not_for_me_at__isnull", False)), fields=["member"], name="stories_put_away"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mark",
                    constraint=models.UniqueConstraint(fields=("member", "story"), name="one_mark_per_story"),
                ),
                migrations.AddIndex(
                    model_name="reservation",
                    index=models.Index(fields=["until"], name="reservations_to_forget"),
                ),
                migrations.AddConstraint(
                    model_name="reservation",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("family", ""), _negated=True),
                        fields=("caption", "family"),
                        name="reserved_for_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reservation",
                    constraint=models.UniqueConstraint(fields=("caption", "family", "member"), name="reserved_once"),
                ),
                migrations.AddConstraint(
                    model_name="saveddraft",
                    constraint=models.UniqueConstraint(fields=("member", "story"), name="one_draft_per_story"),
                ),
                migrations.AddConstraint(
                    model_name="savedsearch",
                    constraint=models.UniqueConstraint(fields=("member", "wish"), name="a_search_is_kept_once"),
                ),
                migrations.AddConstraint(
                    model_name="told",
                    constraint=models.UniqueConstraint(fields=("share", "kind"), name="told_once"),
                ),
                migrations.AddIndex(
                    model_name="wordsapproval",
                    index=models.Index(
                        condition=models.Q(("state", "waits")), fields=["reader", "due_at"], name="words_that_wait"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="wordsapproval",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "waits")), fields=("share",), name="one_open_question"
                    ),
                ),
                migrations.AddIndex(
                    model_name="fingerprint",
                    index=django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["bands"], name="fingerprints_alike"
                    ),
                ),
                migrations.AddIndex(
                    model_name="fingerprint",
                    index=models.Index(fields=["until"], name="fingerprints_to_forget"),
                ),
            ]
        ),
    ]
