from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0002_attachments")]

    operations = [
        migrations.AddField(
            model_name="story",
            name="campaign",
            field=models.CharField(blank=True, default="", max_length=60),
            preserve_default=False,
        ),
    ]
