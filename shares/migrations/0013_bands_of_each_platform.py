"""The bands of a fingerprint tell its platform too, so that a search on one platform meets none of the others' rows."""

from django.db import migrations

from connectors.alike import key_of

PART = """
UPDATE shares_fingerprint SET bands = (
    SELECT array_agg(band # %s ORDER BY place) FROM unnest(bands) WITH ORDINALITY AS kept (band, place)
) WHERE connector = %s AND bands <> '{}'
"""


def part(apps, schema_editor):
    """Done twice it is undone."""
    part_bands(schema_editor.connection)


def part_bands(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT connector FROM shares_fingerprint")
        for (platform,) in cursor.fetchall():
            cursor.execute(PART, [key_of(platform), platform])


class Migration(migrations.Migration):
    dependencies = [("shares", "0012_words_approval")]
    operations = [migrations.RunPython(part, part)]
