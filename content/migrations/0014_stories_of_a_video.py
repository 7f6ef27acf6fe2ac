from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0013_findable")]

    operations = [
        migrations.AddIndex("story", models.Index(fields=["video"], name="stories_of_a_video")),
    ]
