from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0017_launches")]

    operations = [
        migrations.AddField("caption", "first_comment", models.TextField(blank=True, default=""), preserve_default=False),
    ]
