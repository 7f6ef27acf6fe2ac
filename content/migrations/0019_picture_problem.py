from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0018_first_comment")]

    operations = [
        migrations.AddField("story", "picture_problem", models.CharField(blank=True, max_length=300)),
    ]
