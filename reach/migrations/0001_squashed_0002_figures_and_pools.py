import django.db.models.deletion
from django.db import migrations, models

from core.first_tables import CreateTogether
from core.partitions import CreatePartitionedModel

# The running product may not delete readings; this forgets those of posts that are gone, and no others.
FORGET = """
CREATE OR REPLACE FUNCTION advocacy_forget_readings(which bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    forgotten bigint;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM reach_readingplan WHERE share_id = which AND gone_at IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM shares_share WHERE id = which AND state = 'deleted') THEN
        RAISE EXCEPTION 'the post of share % is not gone', which;
    END IF;
    DELETE FROM reach_dailyreading WHERE share_id = which;
    DELETE FROM reach_reading WHERE share_id = which;
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END $$;
"""
# Lets go one month of single readings: never one of the last two, and never one that is not rolled up by day.
DROP = """
CREATE OR REPLACE FUNCTION advocacy_drop_readings(month date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    first date := date_trunc('month', month);
    child text := 'reach_reading_' || to_char(first, 'YYYYMM');
    newest text;
    missing boolean;
BEGIN
    IF to_regclass(quote_ident(child)) IS NULL THEN
        RETURN false;
    END IF;
    -- The months to come are made three ahead of the present one, so the newest partition tells what is now.
    SELECT max(right(c.relname, 6)) INTO newest
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'reach_reading'::regclass;
    IF to_char(first + interval '5 months', 'YYYYMM') > newest THEN
        RAISE EXCEPTION 'the readings of % are too young to be dropped', to_char(first, 'YYYY-MM');
    END IF;
    EXECUTE format(
        'SELECT EXISTS (SELECT 1 FROM %I r JOIN shares_share s ON s.id = r.share_id WHERE NOT EXISTS ('
        'SELECT 1 FROM reach_dailyreading d WHERE d.share_id = r.share_id'
        ' AND d.day = (r.at AT TIME ZONE ''UTC'')::date))', child) INTO missing;
    IF missing THEN
        RAISE EXCEPTION 'the readings of % are not all rolled up by day', to_char(first, 'YYYY-MM');
    END IF;
    EXECUTE format('DROP TABLE %I', child);
    RETURN true;
END $$;
"""


class Migration(migrations.Migration):
    replaces = [
        ("reach", "0001_initial"),
        ("reach", "0002_figures_and_pools"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_squashed_0004_jobs"),
        ("shares", "0001_squashed_0014_mishaps"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="ReadingCost",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("connector", models.CharField(max_length=20)),
                        ("day", models.DateField()),
                        ("calls", models.PositiveIntegerField(default=0)),
                        ("posts", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("connector", "day"), name="one_cost_per_day")],
                    },
                ),
                migrations.CreateModel(
                    name="ReadingPlan",
                    fields=[
                        (
                            "share",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="reading_plan",
                                serialize=False,
                                to="shares.share",
                            ),
                        ),
                        ("pool", models.CharField(default="", max_length=240)),
                        ("due_at", models.DateTimeField(null=True)),
                        ("late_at", models.DateTimeField(null=True)),
                        ("rung_until", models.DateTimeField(null=True)),
                        ("last_at", models.DateTimeField(null=True)),
                        ("said", models.CharField(blank=True, default="", max_length=120)),
                        ("still", models.PositiveSmallIntegerField(default=0)),
                        ("failures", models.PositiveSmallIntegerField(default=0)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("gone_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("late_at__isnull", False)), fields=["late_at"], name="readings_late"
                            ),
                            models.Index(
                                condition=models.Q(("late_at__isnull", False)),
                                fields=["pool", "late_at"],
                                name="readings_of_pool",
                            ),
                            models.Index(
                                condition=models.Q(("due_at__isnull", False)),
                                fields=["pool", "due_at"],
                                name="readings_to_come",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DailyReading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("likes", models.PositiveIntegerField(null=True)),
                        ("reposts", models.PositiveIntegerField(null=True)),
                        ("replies", models.PositiveIntegerField(null=True)),
                        ("quotes", models.PositiveIntegerField(null=True)),
                        ("impressions", models.PositiveIntegerField(null=True)),
                        ("reach", models.PositiveIntegerField(null=True)),
                        ("views", models.PositiveIntegerField(null=True)),
                        ("saves", models.PositiveIntegerField(null=True)),
                        ("clicks", models.PositiveIntegerField(null=True)),
                        ("at", models.DateTimeField()),
                        ("day", models.DateField()),
                        (
                            "share",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="daily_readings",
                                to="shares.share",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["day"], name="daily_readings_by_day")],
                        "constraints": [models.UniqueConstraint(fields=("share", "day"), name="one_daily_reading")],
                    },
                ),
                CreatePartitionedModel(
                    name="Reading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("likes", models.PositiveIntegerField(null=True)),
                        ("reposts", models.PositiveIntegerField(null=True)),
                        ("replies", models.PositiveIntegerField(null=True)),
                        ("quotes", models.PositiveIntegerField(null=True)),
                        ("impressions", models.PositiveIntegerField(null=True)),
                        ("reach", models.PositiveIntegerField(null=True)),
                        ("views", models.PositiveIntegerField(null=True)),
                        ("saves", models.PositiveIntegerField(null=True)),
                        ("clicks", models.PositiveIntegerField(null=True)),
                        ("at", models.DateTimeField()),
                        (
                            "share",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="readings",
                                to="shares.share",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["share", "-at"], name="readings_of_share")],
                    },
                ),
            ]
        ),
        migrations.RunSQL(FORGET, "DROP FUNCTION IF EXISTS advocacy_forget_readings(bigint)"),
        migrations.RunSQL(DROP, "DROP FUNCTION IF EXISTS advocacy_drop_readings(date)"),
    ]
