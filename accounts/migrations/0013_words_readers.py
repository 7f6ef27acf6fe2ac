from django.conf import settings
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_welcome")]

    operations = [
        migrations.AddField("organisation", "words_hours", models.PositiveSmallIntegerField(default=4)),
        migrations.CreateModel(
            name="WordsReader",
            fields=[
                (
                    "place",
                    models.CharField(
                        choices=[("approver", "approver"), ("deputy", "deputy")],
                        max_length=8,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
    ]
