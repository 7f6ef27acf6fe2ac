import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.first_tables import CreateTogether

# A version is a row that moves, so it cannot be closed to changes as a whole. Its words can, once they are out.
MADE = """
CREATE FUNCTION guidelines_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moves text[] := ARRAY['state', 'state_at', 'asked_all_at', 'edited_by_id', 'submitted_by_id'];
BEGIN
    IF OLD.state IN ('draft', 'in_review') THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF OLD.state IN ('superseded', 'withdrawn') AND TG_OP = 'UPDATE'
        AND (NEW.state, NEW.state_at) IS DISTINCT FROM (OLD.state, OLD.state_at) THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied: what is over does not come back';
    END IF;
    IF TG_OP = 'DELETE' OR NEW.state IN ('draft', 'in_review') OR to_jsonb(OLD) - moves <> to_jsonb(NEW) - moves THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied: what was published cannot be changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON guidelines_version
    FOR EACH ROW EXECUTE FUNCTION guidelines_published_stays();
"""
GONE = """
DROP TRIGGER published_stays ON guidelines_version;
DROP FUNCTION guidelines_published_stays();
"""


class Migration(migrations.Migration):
    replaces = [
        ("guidelines", "0001_initial"),
        ("guidelines", "0002_told"),
        ("guidelines", "0003_knowing_and_asking"),
        ("guidelines", "0004_translations"),
        ("guidelines", "0010_situations"),
        ("guidelines", "0020_packs"),
        ("guidelines", "0021_published_stays"),
        ("guidelines", "0022_what_was_set"),
    ]

    initial = True

    dependencies = [
        ("audiences", "0001_audience"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Poll",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(unique=True)),
                        ("opened_at", models.DateTimeField()),
                        ("closes_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Guideline",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("language", models.CharField(max_length=10)),
                        ("grace_days", models.PositiveSmallIntegerField(default=0)),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[("usual", "usual"), ("gentle", "gentle"), ("none", "none")],
                                default="usual",
                                max_length=6,
                            ),
                        ),
                        ("manager_after", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "audience",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guidelines",
                                to="audiences.audience",
                            ),
                        ),
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
                    name="CoverageDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("people", models.PositiveIntegerField()),
                        ("signed", models.PositiveIntegerField()),
                        ("overdue", models.PositiveIntegerField()),
                        (
                            "guideline",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="days",
                                to="guidelines.guideline",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Pack",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("asked_at", models.DateTimeField()),
                        ("language", models.CharField(max_length=10)),
                        ("day", models.DateField()),
                        ("until", models.DateTimeField()),
                        ("plan", models.JSONField(default=dict)),
                        ("files", models.JSONField(default=list)),
                        ("total", models.PositiveIntegerField(default=0)),
                        ("turn", models.PositiveIntegerField(default=0)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("manifest", models.CharField(blank=True, max_length=64)),
                        ("problem", models.CharField(blank=True, max_length=200)),
                        ("size", models.BigIntegerField(default=0)),
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
                            "guideline",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="guidelines.guideline",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PollDone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                            "poll",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="done", to="guidelines.poll"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PollTally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("question", models.CharField(max_length=12)),
                        ("answer", models.PositiveSmallIntegerField()),
                        ("count", models.PositiveIntegerField(default=0)),
                        (
                            "poll",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tallies",
                                to="guidelines.poll",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Publication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("language", models.CharField(max_length=10)),
                        ("content", models.JSONField()),
                        ("what_changed", models.JSONField(default=dict)),
                        ("change", models.CharField(max_length=9)),
                        ("terms", models.JSONField(null=True)),
                        ("some_terms", models.JSONField(null=True)),
                        ("sign_within", models.PositiveSmallIntegerField()),
                        ("least_seconds", models.PositiveSmallIntegerField()),
                        ("proof", models.CharField(max_length=5)),
                        ("asks", models.PositiveSmallIntegerField(default=0)),
                        ("must_pass", models.BooleanField(default=False)),
                        ("pool", models.CharField(blank=True, max_length=64)),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("previous", models.CharField(blank=True, max_length=64)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "guideline",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publications",
                                to="guidelines.guideline",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Pool",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("situations", models.JSONField()),
                        (
                            "publication",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="asked_from",
                                to="guidelines.publication",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Due",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("asked_at", models.DateTimeField()),
                        ("set_for", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("waits_from", models.DateTimeField()),
                        ("remind_at", models.DateTimeField(null=True)),
                        ("manager_told_at", models.DateTimeField(null=True)),
                        ("told_at", models.DateTimeField(null=True)),
                        ("opened_at", models.DateTimeField(null=True)),
                        ("answered", models.PositiveSmallIntegerField(default=0)),
                        ("passed", models.PositiveSmallIntegerField(default=0)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dues",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "guideline",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dues",
                                to="guidelines.guideline",
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dues",
                                to="guidelines.publication",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("section", models.CharField(blank=True, max_length=40)),
                        ("words", models.CharField(max_length=1000)),
                        ("draft", models.TextField(blank=True)),
                        ("asked_at", models.DateTimeField()),
                        ("promised_at", models.DateTimeField()),
                        ("answer", models.TextField(blank=True)),
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
                            "asker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "guideline",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="guidelines.guideline",
                            ),
                        ),
                        (
                            "helper",
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
                    name="Case",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("section", models.CharField(blank=True, max_length=40)),
                        ("language", models.CharField(max_length=10)),
                        ("words", models.CharField(max_length=1000)),
                        ("answer", models.TextField()),
                        ("proposed_at", models.DateTimeField()),
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
                            "guideline",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="guidelines.guideline",
                            ),
                        ),
                        (
                            "question",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="case",
                                to="guidelines.question",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Receipt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=10)),
                        ("asked_at", models.DateTimeField(null=True)),
                        ("opened", models.BooleanField()),
                        ("language", models.CharField(blank=True, max_length=10)),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("proof", models.CharField(blank=True, max_length=8)),
                        ("situations", models.CharField(blank=True, max_length=6)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts",
                                to="guidelines.publication",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ReceiptPersonal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("typed_name", models.CharField(blank=True, max_length=200)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "receipt",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="personal",
                                to="guidelines.receipt",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=7)),
                        ("at", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="guidelines.publication",
                            ),
                        ),
                        (
                            "told",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Tally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("situation", models.CharField(max_length=40)),
                        ("choice", models.PositiveSmallIntegerField()),
                        ("count", models.PositiveIntegerField(default=0)),
                        ("shown", models.PositiveIntegerField(default=0)),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tallies",
                                to="guidelines.publication",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Version",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("number", models.PositiveSmallIntegerField()),
                        ("content", models.JSONField(default=dict)),
                        ("what_changed", models.JSONField(default=dict)),
                        ("translated_from", models.JSONField(default=dict)),
                        (
                            "change",
                            models.CharField(
                                choices=[("editorial", "editorial"), ("material", "material"), ("some", "some")],
                                default="material",
                                max_length=9,
                            ),
                        ),
                        ("sign_within", models.PositiveSmallIntegerField(default=14)),
                        ("least_seconds", models.PositiveSmallIntegerField(default=20)),
                        (
                            "proof",
                            models.CharField(
                                choices=[("name", "name"), ("again", "again")], default="name", max_length=5
                            ),
                        ),
                        ("asks", models.PositiveSmallIntegerField(default=3)),
                        ("must_pass", models.BooleanField(default=False)),
                        ("ours", models.JSONField(default=list)),
                        ("own", models.JSONField(default=list)),
                        ("edition", models.PositiveIntegerField(default=1)),
                        ("edited_at", models.DateTimeField()),
                        ("asked_all_at", models.DateTimeField(null=True)),
                        ("sent_back_reason", models.CharField(blank=True, max_length=300)),
                        (
                            "edited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "guideline",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="guidelines.guideline",
                            ),
                        ),
                        (
                            "some",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="audiences.audience",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.AddField(
                    model_name="publication",
                    name="version",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publication", to="guidelines.version"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guideline",
                    constraint=models.UniqueConstraint(fields=("name",), name="one_guideline_per_name"),
                ),
                migrations.AddConstraint(
                    model_name="coverageday",
                    constraint=models.UniqueConstraint(fields=("guideline", "day"), name="a_day_is_counted_once"),
                ),
                migrations.AddIndex(
                    model_name="pack",
                    index=models.Index(
                        condition=models.Q(("state__in", ["asked", "making"])),
                        fields=["state_at"],
                        name="packs_to_make",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="polldone",
                    constraint=models.UniqueConstraint(fields=("poll", "member"), name="asked_once_a_poll"),
                ),
                migrations.AddConstraint(
                    model_name="polltally",
                    constraint=models.UniqueConstraint(
                        fields=("poll", "question", "answer"), name="one_poll_tally_per_answer"
                    ),
                ),
                migrations.AddIndex(
                    model_name="due",
                    index=models.Index(
                        condition=models.Q(("state__in", ("open", "declined"))),
                        fields=["member", "waits_from"],
                        name="dues_of_member",
                    ),
                ),
                migrations.AddIndex(
                    model_name="due",
                    index=models.Index(fields=["guideline", "state"], name="dues_of_a_guideline"),
                ),
                migrations.AddIndex(
                    model_name="due",
                    index=models.Index(
                        condition=models.Q(("remind_at__isnull", False), ("state", "open")),
                        fields=["remind_at"],
                        name="dues_to_remind",
                    ),
                ),
                migrations.AddIndex(
                    model_name="due",
                    index=models.Index(
                        condition=models.Q(("state", "open"), ("told_at__isnull", True)),
                        fields=["id"],
                        name="dues_to_tell",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="due",
                    constraint=models.UniqueConstraint(fields=("member", "publication"), name="asked_once"),
                ),
                migrations.AddConstraint(
                    model_name="due",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ("open", "declined"))),
                        fields=("member", "guideline"),
                        name="one_due_at_once",
                    ),
                ),
                migrations.AddIndex(
                    model_name="question",
                    index=models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["helper", "promised_at"],
                        name="questions_that_wait",
                    ),
                ),
                migrations.AddIndex(
                    model_name="question",
                    index=models.Index(fields=["asker", "-asked_at"], name="questions_of_a_member"),
                ),
                migrations.AddIndex(
                    model_name="question",
                    index=models.Index(fields=["guideline", "section"], name="questions_by_paragraph"),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(("state", "agreed")), fields=["-state_at"], name="cases_in_the_book"
                    ),
                ),
                migrations.AddIndex(
                    model_name="receipt",
                    index=models.Index(fields=["publication", "kind"], name="receipts_of_a_publication"),
                ),
                migrations.AddConstraint(
                    model_name="receipt",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("kind", "signed")), fields=("member", "publication"), name="signed_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="receipt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ("signed", "declined", "left", "superseded", "withdrawn"))),
                        name="receipts_are_of_a_kind",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="receipt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("situations__in", ["", "gone", "passed"])),
                        name="situations_were_gone_through_or_passed",
                    ),
                ),
                migrations.AddIndex(
                    model_name="reminder",
                    index=models.Index(fields=["publication", "at"], name="reminders_of_a_publication"),
                ),
                migrations.AddConstraint(
                    model_name="tally",
                    constraint=models.UniqueConstraint(
                        fields=("publication", "situation", "choice"), name="one_tally_per_answer"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="version",
                    constraint=models.UniqueConstraint(fields=("guideline", "number"), name="versions_are_numbered"),
                ),
                migrations.AddConstraint(
                    model_name="version",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "in_review"])),
                        fields=("guideline",),
                        name="one_version_is_written",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="version",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "published")),
                        fields=("guideline",),
                        name="one_version_is_published",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="version",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("asks__lte", 5)), name="few_situations_are_asked"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="version",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("change", "some"), _negated=True), ("some__isnull", False), _connector="OR"
                        ),
                        name="a_change_for_some_says_for_whom",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="publication",
                    constraint=models.UniqueConstraint(fields=("guideline", "number"), name="published_once"),
                ),
            ]
        ),
        migrations.RunSQL(MADE, GONE),
    ]
