from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_server_limits")]

    operations = [
        migrations.AddField("organisation", name, models.CharField(blank=True, default="", max_length=60), False)
        for name in ("utm_source", "utm_medium", "utm_campaign")
    ]
