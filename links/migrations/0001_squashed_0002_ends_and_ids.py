import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.first_tables import CreateTogether
from core.partitions import CreatePartitionedModel


class Migration(migrations.Migration):
    replaces = [
        ("links", "0001_initial"),
        ("links", "0002_ends_and_ids"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_squashed_0004_jobs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="ShortLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=16, unique=True)),
                        ("target", models.URLField(max_length=2000)),
                        ("group", models.CharField(db_index=True, max_length=40)),
                        ("counts", models.BooleanField(default=True)),
                        ("created_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField(null=True)),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="short_links",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                CreatePartitionedModel(
                    name="Click",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("first_today", models.BooleanField()),
                        ("robot", models.BooleanField()),
                        ("own_network", models.BooleanField(default=False)),
                        (
                            "link",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="clicks",
                                to="links.shortlink",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["link", "at"], name="clicks_of_link")],
                    },
                ),
            ]
        ),
    ]
