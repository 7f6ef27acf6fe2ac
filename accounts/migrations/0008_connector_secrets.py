from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_budgets'),
    ]

    operations = [
        migrations.AddField('linkedaccount', 'extra', models.TextField(blank=True)),
        migrations.AddField('linkingdance', 'kept', models.TextField(blank=True)),
        migrations.AddField('revocation', 'extra', models.TextField(blank=True)),
    ]
