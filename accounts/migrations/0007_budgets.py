from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_campaign_words")]

    operations = [
        migrations.AddField("platformapp", "lowered", models.JSONField(blank=True, default=dict)),
        migrations.AddField("platformapp", "monthly_budget", models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField("organisation", "spread_minutes", models.PositiveSmallIntegerField(default=120)),
        migrations.AddField("user", "keeps_to_hours", models.BooleanField(default=True)),
        migrations.AddField("user", "least_pause", models.PositiveSmallIntegerField(default=30)),
    ]
