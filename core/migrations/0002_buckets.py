from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Taken",
            fields=[
                ("key", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("taken", models.BigIntegerField()),
                ("cap", models.BigIntegerField(null=True)),
                ("resets_at", models.DateTimeField()),
            ],
        ),
        # A few rows, each rewritten many times a second: with room beside it a row stays on its page.
        migrations.RunSQL(
            "ALTER TABLE core_taken SET (fillfactor = 40, autovacuum_vacuum_scale_factor = 0, "
            "autovacuum_vacuum_threshold = 2000)",
            migrations.RunSQL.noop,
        ),
    ]
