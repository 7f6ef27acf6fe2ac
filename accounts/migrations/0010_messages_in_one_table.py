"""What members chose about messages moves into the table of topics and channels; nobody's choice is lost."""

from django.db import migrations

AFTER_POST = {"mail": ["mail", "page"], "off": []}


def keep_choices(apps, schema_editor):
    member, wishes = apps.get_model("accounts", "User"), apps.get_model("notifications", "Wishes")
    changed = member.objects.exclude(after_post="page", mails_accounts=True, mails_alerts=True)
    rows = []
    for one in changed.iterator():
        channels = {}
        if one.after_post in AFTER_POST:
            channels["up"] = AFTER_POST[one.after_post]
        if not one.mails_accounts:
            channels["accounts"] = ["page"]
        if not one.mails_alerts:
            channels["alerts"] = ["page"]
        rows.append(wishes(member=one, channels=channels))
    wishes.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def give_back(apps, schema_editor):
    member, wishes = apps.get_model("accounts", "User"), apps.get_model("notifications", "Wishes")
    for one in wishes.objects.exclude(channels={}).iterator():
        up = one.channels.get("up", ["page"])
        member.objects.filter(pk=one.member_id).update(
            after_post="mail" if "mail" in up else "page" if "page" in up else "off",
            mails_accounts="mail" in one.channels.get("accounts", ["mail"]),
            mails_alerts="mail" in one.channels.get("alerts", ["mail"]),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_approvers"),
        ("notifications", "0002_channels"),
    ]

    operations = [
        migrations.RunPython(keep_choices, give_back),
        # Data and shape in one transaction: what is deferred has to be settled before the table changes.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="user", name="after_post"),
        migrations.RemoveField(model_name="user", name="mails_accounts"),
        migrations.RemoveField(model_name="user", name="mails_alerts"),
    ]
