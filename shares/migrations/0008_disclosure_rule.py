from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shares", "0007_feed_marks")]

    operations = [
        migrations.AlterField("share", "disclosure", models.CharField(blank=True, max_length=500)),
        migrations.AddField("share", "disclosure_rule", models.JSONField(blank=True, default=dict)),
        migrations.AddField(
            "share",
            "says_disclosure",
            models.CharField(
                blank=True,
                choices=[("yes", "yes"), ("no", "no"), ("unsure", "unsure")],
                default="",
                max_length=6,
            ),
            preserve_default=False,
        ),
    ]
