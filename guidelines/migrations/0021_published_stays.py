from importlib import import_module

from django.db import migrations

_now = import_module("guidelines.migrations.0001_squashed_0022_what_was_set")


class Migration(migrations.Migration):
    dependencies = [("guidelines", "0020_packs")]

    operations = [migrations.RunSQL(_now.MADE, _now.GONE)]
