from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("content", "0003_campaign")]
    operations = [migrations.RenameField("story", "campaign", "utm_campaign")]
