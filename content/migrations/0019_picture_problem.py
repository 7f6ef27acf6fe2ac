from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0017_launches")]

    operations = [
        migrations.AddField("story", "picture_problem", models.CharField(blank=True, max_length=300)),
    ]
