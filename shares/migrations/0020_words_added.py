from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shares", "0014_mishaps")]

    operations = [
        migrations.AlterField(
            model_name="mishap", name="words", field=models.CharField(blank=True, max_length=4000)
        ),
        migrations.AddField(model_name="mishap", name="added_at", field=models.DateTimeField(null=True)),
    ]
