from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guidelines", "0031_one_name")]

    operations = [migrations.AddField("receipt", "signed_on", models.DateField(null=True))]
