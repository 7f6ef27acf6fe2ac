from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shares", "0002_held_for_owner")]

    operations = [migrations.AddField("attempt", "price", models.PositiveIntegerField(default=0))]
