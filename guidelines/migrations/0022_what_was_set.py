from django.db import migrations, models


def until_now_as_it_was_set(apps, schema_editor):
    """And of what is answered nothing is kept that would tell how long it took."""
    dues = apps.get_model("guidelines", "Due").objects
    dues.update(set_for=models.F("due_at"))
    dues.exclude(state__in=["open", "declined"]).update(opened_at=None, answered=0, passed=0)


class Migration(migrations.Migration):
    dependencies = [("guidelines", "0021_published_stays")]

    operations = [
        migrations.AddField("due", "set_for", models.DateTimeField(null=True)),
        migrations.RunPython(until_now_as_it_was_set, migrations.RunPython.noop),
        migrations.AlterField("due", "set_for", models.DateTimeField()),
    ]
