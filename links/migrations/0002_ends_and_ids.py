from django.db import migrations, models


class Migration(migrations.Migration):
    """Links can end. What made a batch safe to repeat is now the id of each click, not the name of its file."""

    dependencies = [("links", "0001_initial")]

    operations = [
        migrations.AddField(model_name="shortlink", name="ends_at", field=models.DateTimeField(null=True)),
        migrations.DeleteModel(name="ReplayedSpill"),
    ]
