from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_keeping_well'),
    ]

    operations = [
        migrations.AddField('linkedaccount', 'extra', models.TextField(blank=True)),
        migrations.AddField('linkingdance', 'kept', models.TextField(blank=True)),
        migrations.AddField('revocation', 'extra', models.TextField(blank=True)),
    ]
