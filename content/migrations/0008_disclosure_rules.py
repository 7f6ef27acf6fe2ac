import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


def keep_wordings(apps, schema_editor):
    for rule in apps.get_model("content", "DisclosureRule").objects.all():
        rule.wordings = [rule.text[:160] or "I work at {organisation}."]
        rule.save(update_fields=["wordings"])


class Migration(migrations.Migration):
    dependencies = [("content", "0007_following"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["ends_on"], name="campaigns_to_end"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="one_campaign_per_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="campaigns_end_after_they_begin",
                    ),
                ],
            },
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
        migrations.RenameModel("Disclosure", "DisclosureRule"),
        migrations.AlterField("disclosurerule", "country", models.CharField(blank=True, max_length=2)),
        migrations.AddField("disclosurerule", "language", models.CharField(blank=True, max_length=10)),
        migrations.AddField("disclosurerule", "connector", models.CharField(blank=True, max_length=20)),
        migrations.AddField(
            "disclosurerule",
            "campaign",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="disclosures",
                to="content.campaign",
            ),
        ),
        migrations.AddField("disclosurerule", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField("disclosurerule", "decided_by", models.CharField(blank=True, max_length=120)),
        migrations.AddField("disclosurerule", "decided_on", models.DateField(blank=True, null=True)),
        migrations.AddField("disclosurerule", "decided_why", models.TextField(blank=True)),
        migrations.AddField(
            "disclosurerule",
            "wordings",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=160), default=list, size=None
            ),
            preserve_default=False,
        ),
        migrations.RunPython(keep_wordings, migrations.RunPython.noop),
        migrations.RemoveField("disclosurerule", "text"),
        migrations.AddConstraint(
            "disclosurerule",
            models.UniqueConstraint(
                fields=("country", "campaign", "language", "connector"),
                name="one_disclosure_per_combination",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            "disclosurerule",
            models.CheckConstraint(
                condition=models.Q(("wordings", []), _negated=True), name="disclosures_say_something"
            ),
        ),
    ]
