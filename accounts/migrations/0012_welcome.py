from django.db import migrations, models
from django.db.models import F


def they_are_here_already(apps, schema_editor):
    apps.get_model("accounts", "User").objects.update(welcomed_at=F("joined_at"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_skills")]

    operations = [
        migrations.AddField("organisation", "working_time", models.CharField(blank=True, default="", max_length=300), preserve_default=False),
        migrations.AddField("user", "welcomed_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(they_are_here_already, migrations.RunPython.noop),
    ]
