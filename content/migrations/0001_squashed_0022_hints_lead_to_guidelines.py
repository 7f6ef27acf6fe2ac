import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from core.first_tables import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ("content", "0001_initial"),
        ("content", "0002_attachments"),
        ("content", "0003_campaign"),
        ("content", "0004_utm_campaign"),
        ("content", "0005_desk"),
        ("content", "0006_makers"),
        ("content", "0007_following"),
        ("content", "0008_disclosure_rules"),
        ("content", "0009_suggestions"),
        ("content", "0010_audience"),
        ("content", "0011_phrases"),
        ("content", "0012_caption_kinds"),
        ("content", "0013_findable"),
        ("content", "0014_stories_of_a_video"),
        ("content", "0015_feed_rules"),
        ("content", "0016_channel"),
        ("content", "0017_launches"),
        ("content", "0018_first_comment"),
        ("content", "0019_picture_problem"),
        ("content", "0020_lent_words"),
        ("content", "0021_nothing_seen"),
        ("content", "0022_hints_lead_to_guidelines"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0011_skills_squashed_0015_members_away"),
        ("audiences", "0001_audience"),
        ("notifications", "0001_squashed_0004_about"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Story",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("key", models.UUIDField(null=True, unique=True)),
                        ("kind", models.CharField(default="web", max_length=10)),
                        ("title", models.CharField(max_length=300)),
                        ("summary", models.TextField(blank=True)),
                        ("url", models.URLField(blank=True, max_length=2000)),
                        ("video", models.FileField(blank=True, upload_to="stories/")),
                        ("picture", models.ImageField(blank=True, upload_to="stories/")),
                        ("picture_alt", models.CharField(blank=True, max_length=500)),
                        ("picture_rights", models.CharField(blank=True, max_length=8)),
                        ("picture_note", models.CharField(blank=True, max_length=200)),
                        ("picture_source", models.CharField(blank=True, max_length=2000)),
                        ("picture_due_at", models.DateTimeField(null=True)),
                        ("picture_tries", models.PositiveSmallIntegerField(default=0)),
                        ("picture_problem", models.CharField(blank=True, max_length=300)),
                        ("language", models.CharField(default="en", max_length=10)),
                        ("feed_guid", models.CharField(blank=True, max_length=500)),
                        ("written_at", models.DateTimeField(blank=True, null=True)),
                        ("utm_campaign", models.CharField(blank=True, max_length=60)),
                        ("live_from", models.DateTimeField(blank=True, null=True)),
                        ("expires_at", models.DateTimeField(blank=True, null=True)),
                        ("live_at", models.DateTimeField(null=True)),
                        ("pinned_until", models.DateTimeField(blank=True, null=True)),
                        ("urgent_until", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                        ("sent_back_reason", models.CharField(blank=True, max_length=300)),
                        ("edition", models.PositiveIntegerField(default=1)),
                        ("edited_at", models.DateTimeField(null=True)),
                        ("partnership", models.BooleanField(default=False)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "audience",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stories",
                                to="audiences.audience",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Topic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, unique=True)),
                        ("hue", models.CharField(default="1", max_length=12)),
                    ],
                ),
                migrations.CreateModel(
                    name="Campaign",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("name", models.CharField(max_length=80)),
                        ("goal", models.TextField(blank=True)),
                        ("wanted_stories", models.PositiveIntegerField(blank=True, null=True)),
                        ("wanted_shares", models.PositiveIntegerField(blank=True, null=True)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("has_prizes", models.BooleanField(default=False)),
                        ("utm_campaign", models.CharField(blank=True, max_length=60)),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DisclosureRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("country", models.CharField(blank=True, max_length=2)),
                        ("language", models.CharField(blank=True, max_length=10)),
                        ("connector", models.CharField(blank=True, max_length=20)),
                        (
                            "wordings",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=160), size=None
                            ),
                        ),
                        ("before", models.BooleanField(default=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("decided_by", models.CharField(blank=True, max_length=120)),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("decided_why", models.TextField(blank=True)),
                        (
                            "campaign",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="disclosures",
                                to="content.campaign",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Feed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("url", models.URLField(max_length=1000, unique=True)),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("language", models.CharField(blank=True, max_length=10)),
                        ("most_a_day", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("etag", models.CharField(blank=True, max_length=300)),
                        ("last_modified", models.CharField(blank=True, max_length=100)),
                        ("due_at", models.DateTimeField()),
                        ("rung_until", models.DateTimeField(null=True)),
                        ("fetched_at", models.DateTimeField(null=True)),
                        ("failing_since", models.DateTimeField(null=True)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "audience",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feeds",
                                to="audiences.audience",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to="content.topic"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Findable",
                    fields=[
                        (
                            "story",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="findable",
                                serialize=False,
                                to="content.story",
                            ),
                        ),
                        ("config", models.CharField(max_length=20)),
                        ("words", django.contrib.postgres.search.SearchVectorField()),
                        ("edition", models.PositiveIntegerField()),
                    ],
                ),
                migrations.AddField(
                    model_name="story",
                    name="campaign",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stories",
                        to="content.campaign",
                    ),
                ),
                migrations.AddField(
                    model_name="story",
                    name="created_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stories_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="story",
                    name="edited_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="story",
                    name="feed",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stories",
                        to="content.feed",
                    ),
                ),
                migrations.AddField(
                    model_name="story",
                    name="submitted_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.CreateModel(
                    name="Caption",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("connector", models.CharField(blank=True, max_length=20)),
                        ("language", models.CharField(default="en", max_length=10)),
                        ("text", models.TextField()),
                        ("first_comment", models.TextField(blank=True)),
                        ("locked", models.BooleanField(default=False)),
                        ("for_makers", models.BooleanField(default=False)),
                        (
                            "given_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "story",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="captions", to="content.story"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("kind", models.CharField(max_length=8)),
                        ("file", models.FileField(upload_to="stories/")),
                        ("alt", models.CharField(blank=True, max_length=500)),
                        ("width", models.PositiveSmallIntegerField(default=0)),
                        ("height", models.PositiveSmallIntegerField(default=0)),
                        (
                            "story",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="content.story",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("edition", models.PositiveIntegerField()),
                        ("asked_at", models.DateTimeField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "story",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approvals",
                                to="content.story",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Launch",
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
                        ("people", models.PositiveIntegerField(default=0)),
                        ("reason", models.CharField(blank=True, max_length=20)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "campaign",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="launch",
                                to="content.campaign",
                            ),
                        ),
                        (
                            "story",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="launch",
                                to="content.story",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Maker",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("lends_post", models.BooleanField(default=False)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "story",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="makers", to="content.story"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Phrase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.CharField(max_length=120)),
                        ("language", models.CharField(blank=True, max_length=10)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("unannounced", "Not announced yet"),
                                    ("competitor", "Another firm"),
                                    ("legal", "A claim that has to be proved"),
                                    ("disclosure", "Who is speaking"),
                                    ("review", "Asking for reviews"),
                                    ("other", "Something else"),
                                ],
                                default="other",
                                max_length=12,
                            ),
                        ),
                        ("is_rule", models.BooleanField(default=False)),
                        ("why", models.CharField(max_length=300)),
                        ("instead", models.CharField(blank=True, max_length=120)),
                        ("link", models.CharField(blank=True, max_length=500)),
                        ("edited_at", models.DateTimeField()),
                        (
                            "edited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "words"],
                    },
                ),
                migrations.CreateModel(
                    name="StoryNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=1000)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "story",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="content.story"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="StoryVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("edition", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "story",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="content.story"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["edition"],
                    },
                ),
                migrations.CreateModel(
                    name="Suggestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("key", models.UUIDField(null=True, unique=True)),
                        ("given_at", models.DateTimeField()),
                        ("title", models.CharField(blank=True, max_length=300)),
                        ("url", models.URLField(blank=True, max_length=2000)),
                        ("words", models.TextField(blank=True)),
                        ("language", models.CharField(default="en", max_length=10)),
                        ("picture", models.ImageField(blank=True, upload_to="stories/")),
                        ("picture_alt", models.CharField(blank=True, max_length=500)),
                        ("picture_consent", models.CharField(blank=True, max_length=8)),
                        ("picture_who", models.CharField(blank=True, max_length=300)),
                        ("picture_hide", models.CharField(blank=True, max_length=300)),
                        ("seen_at", models.DateTimeField(null=True)),
                        ("lends_words", models.BooleanField(default=False)),
                        ("credited", models.BooleanField(default=False)),
                        ("worked_on", models.BooleanField(default=False)),
                        ("answer", models.CharField(blank=True, max_length=300)),
                        (
                            "about",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lent_sentences",
                                to="content.story",
                            ),
                        ),
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
                            "caption",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="content.caption",
                            ),
                        ),
                        (
                            "giver",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="suggestions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "seen_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "story",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="suggestions",
                                to="content.story",
                            ),
                        ),
                    ],
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
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=10)),
                        (
                            "launch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="told", to="content.launch"
                            ),
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
                migrations.AddField(
                    model_name="story",
                    name="topic",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stories",
                        to="content.topic",
                    ),
                ),
                migrations.CreateModel(
                    name="Following",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="followings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="followings",
                                to="content.topic",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Channel",
                    fields=[
                        (
                            "hook",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="channel",
                                serialize=False,
                                to="notifications.hook",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="channels",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="channels",
                                to="content.topic",
                            ),
                        ),
                    ],
                ),
                migrations.AddIndex(
                    model_name="campaign",
                    index=models.Index(
                        condition=models.Q(("state", "open")), fields=["ends_on"], name="campaigns_to_end"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="campaign",
                    constraint=models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="one_campaign_per_name"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="campaign",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="campaigns_end_after_they_begin",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="disclosurerule",
                    constraint=models.UniqueConstraint(
                        fields=("country", "campaign", "language", "connector"),
                        name="one_disclosure_per_combination",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="disclosurerule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("wordings", []), _negated=True), name="disclosures_say_something"
                    ),
                ),
                migrations.AddIndex(
                    model_name="findable",
                    index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="stories_by_words"),
                ),
                migrations.AddIndex(
                    model_name="attachment",
                    index=models.Index(fields=["file"], name="attachments_of_a_file"),
                ),
                migrations.AddConstraint(
                    model_name="attachment",
                    constraint=models.UniqueConstraint(fields=("story", "position"), name="attachments_have_an_order"),
                ),
                migrations.AddConstraint(
                    model_name="attachment",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("kind", "document")), fields=("story",), name="one_document_per_story"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attachment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["picture", "document"])), name="attachments_are_of_a_kind"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approval",
                    constraint=models.UniqueConstraint(
                        fields=("story", "asked_at", "by"), name="one_approval_by_each_of_those_asked"
                    ),
                ),
                migrations.AddIndex(
                    model_name="launch",
                    index=models.Index(
                        condition=models.Q(("state", "telling")), fields=["begun_at"], name="launches_to_tell"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="launch",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("campaign__isnull", False), ("story__isnull", True)),
                            models.Q(("campaign__isnull", True), ("story__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_launch_is_of_one_thing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="maker",
                    constraint=models.UniqueConstraint(fields=("story", "member"), name="a_maker_is_asked_once"),
                ),
                migrations.AddConstraint(
                    model_name="phrase",
                    constraint=models.UniqueConstraint(
                        django.db.models.functions.text.Lower("words"),
                        models.F("language"),
                        name="a_phrase_is_kept_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="storyversion",
                    constraint=models.UniqueConstraint(fields=("story", "edition"), name="each_edition_is_kept_once"),
                ),
                migrations.AddIndex(
                    model_name="suggestion",
                    index=models.Index(
                        condition=models.Q(("state", "open")), fields=["given_at"], name="suggestions_to_answer"
                    ),
                ),
                migrations.AddIndex(
                    model_name="suggestion",
                    index=models.Index(fields=["giver", "-given_at"], name="suggestions_of_member"),
                ),
                migrations.AddConstraint(
                    model_name="suggestion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("picture_consent__in", ["", "nobody", "agreed", "unasked"])),
                        name="pictures_of_people",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="suggestion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("about__isnull", False), ("state", "open")),
                        fields=("giver", "about"),
                        name="one_open_sentence_a_story",
                    ),
                ),
                migrations.AddIndex(
                    model_name="told",
                    index=models.Index(
                        condition=models.Q(("state", "waiting")), fields=["launch", "id"], name="to_be_told"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="told",
                    constraint=models.UniqueConstraint(fields=("launch", "member"), name="told_once_in_a_launch"),
                ),
                migrations.AddIndex(
                    model_name="story",
                    index=models.Index(
                        condition=models.Q(("state", "live")), fields=["-live_at"], name="stories_of_the_feed"
                    ),
                ),
                migrations.AddIndex(
                    model_name="story",
                    index=models.Index(
                        condition=models.Q(("state", "live")), fields=["expires_at"], name="stories_to_expire"
                    ),
                ),
                migrations.AddIndex(
                    model_name="story",
                    index=models.Index(
                        condition=models.Q(("state", "approved")), fields=["live_from"], name="stories_to_go_live"
                    ),
                ),
                migrations.AddIndex(
                    model_name="story",
                    index=models.Index(
                        condition=models.Q(("picture_due_at__isnull", False)),
                        fields=["picture_due_at"],
                        name="pictures_to_fetch",
                    ),
                ),
                migrations.AddIndex(
                    model_name="story",
                    index=models.Index(fields=["state", "-state_at"], name="stories_of_a_lane"),
                ),
                migrations.AddIndex(
                    model_name="story",
                    index=models.Index(fields=["picture"], name="stories_of_a_picture"),
                ),
                migrations.AddIndex(
                    model_name="story",
                    index=models.Index(fields=["video"], name="stories_of_a_video"),
                ),
                migrations.AddConstraint(
                    model_name="story",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["web", "video"]), _negated=True),
                            models.Q(("url", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_address_where_it_needs_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="story",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("feed__isnull", False)),
                        fields=("feed", "feed_guid"),
                        name="one_story_per_feed_item",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="following",
                    constraint=models.UniqueConstraint(fields=("member", "topic"), name="a_topic_is_followed_once"),
                ),
                migrations.AddIndex(
                    model_name="feed",
                    index=models.Index(
                        condition=models.Q(("state", "stopped"), _negated=True), fields=["due_at"], name="feeds_due"
                    ),
                ),
            ]
        ),
    ]
