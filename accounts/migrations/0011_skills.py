import django.contrib.postgres.fields
from django.db import migrations, models

SKILLS = django.contrib.postgres.fields.ArrayField(
    base_field=models.CharField(max_length=60), blank=True, default=list, size=None
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_messages_in_one_table")]

    operations = [
        migrations.AddField("organisation", "skills", SKILLS),
        migrations.AddField("user", "skills", SKILLS.clone()),
    ]
