from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guidelines", "0022_what_was_set")]

    operations = [migrations.AddField("receipt", "signed_on", models.DateField(null=True))]
