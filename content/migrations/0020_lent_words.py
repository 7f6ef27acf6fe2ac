from django.db import migrations, models


class Migration(migrations.Migration):
    """Of what was suggested before nobody was asked, so that those words become no suggestion."""

    dependencies = [("content", "0019_picture_problem")]

    operations = [
        migrations.AddField("suggestion", "lends_words", models.BooleanField(default=False)),
    ]
