import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.first_tables import CreateTogether
from core.partitions import DROP_FUNCTION, MAKE_FUNCTION


class Migration(migrations.Migration):
    replaces = [
        ("core", "0001_initial"),
        ("core", "0002_buckets"),
        ("core", "0003_alerts"),
        ("core", "0004_jobs"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Pulse",
                    fields=[
                        ("name", models.CharField(max_length=30, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Taken",
                    fields=[
                        ("key", models.CharField(max_length=200, primary_key=True, serialize=False)),
                        ("taken", models.BigIntegerField()),
                        ("cap", models.BigIntegerField(null=True)),
                        ("resets_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Alert",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("kind", models.CharField(max_length=30)),
                        ("about", models.CharField(blank=True, max_length=60)),
                        ("data", models.JSONField(default=dict)),
                        ("begun_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "-state_at"], name="alerts_by_time")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("kind", "about"),
                                name="one_alert_at_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("kind", models.CharField(max_length=60)),
                        ("about", models.CharField(max_length=80)),
                        ("data", models.JSONField(default=dict)),
                        (
                            "actor",
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
                    name="AuditPersonal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("data", models.JSONField(default=dict)),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="personal",
                                to="core.auditentry",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="AuditSeal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="seal", to="core.auditentry"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Job",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=16)),
                        ("state_at", models.DateTimeField()),
                        ("kind", models.CharField(max_length=30)),
                        ("name", models.CharField(blank=True, max_length=200)),
                        ("data", models.JSONField(default=dict)),
                        ("problems", models.JSONField(default=list)),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(default=0)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.AddIndex(
                    model_name="auditentry",
                    index=models.Index(fields=["about", "at"], name="audit_of_one_thing"),
                ),
                migrations.AddIndex(
                    model_name="job",
                    index=models.Index(
                        condition=models.Q(("state__in", ["waiting", "running"])), fields=["state_at"], name="jobs_due"
                    ),
                ),
                migrations.AddIndex(
                    model_name="job",
                    index=models.Index(fields=["kind", "-created_at"], name="jobs_of_a_kind"),
                ),
            ]
        ),
        # A few rows, each rewritten many times a second: with room beside it a row stays on its page.
        migrations.RunSQL(
            "ALTER TABLE core_taken SET (fillfactor = 40, autovacuum_vacuum_scale_factor = 0, "
            "autovacuum_vacuum_threshold = 2000)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(MAKE_FUNCTION, DROP_FUNCTION),
    ]
