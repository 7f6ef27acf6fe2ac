from django.db import migrations


def called_by_their_titles(apps, schema_editor):
    """What is out says how a guideline is called, else its newest draft; a title that another has keeps its old name."""
    Guideline = apps.get_model("guidelines", "Guideline")
    for guideline in Guideline.objects.order_by("pk"):
        versions = guideline.versions.order_by("number")
        found = versions.filter(state="published").last() or versions.last()
        title = found.content.get(guideline.language, {}).get("title", "")[:120] if found else ""
        if title and not Guideline.objects.filter(name=title).exists():
            Guideline.objects.filter(pk=guideline.pk).update(name=title)


class Migration(migrations.Migration):
    dependencies = [("guidelines", "0030_sent_back_by")]

    operations = [migrations.RunPython(called_by_their_titles, migrations.RunPython.noop)]
