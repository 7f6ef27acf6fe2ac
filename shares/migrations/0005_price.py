from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shares", "0004_told_once")]

    operations = [migrations.AddField("attempt", "price", models.PositiveIntegerField(default=0))]
