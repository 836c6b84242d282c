"""What lists are narrowed by is found by indexes of its own, on one's ground, with what orders the list."""

from django.db import migrations, models

_ORDERED = ("due_at", "ended_at")


def _index(name: str, *fields: str, **more: models.Q) -> migrations.AddIndex:
    return migrations.AddIndex("matter", models.Index(fields=fields, include=_ORDERED, name=name, **more))


class Migration(migrations.Migration):

    dependencies = [("matters", "0021_shared")]

    operations = [
        _index("matter_class", "class_code", "scope", "id"),
        _index("matter_state", "state", "scope", "id"),
        migrations.AddIndex(
            "matter",
            models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["owner_duty", "scope", "due_at", "id"],
                name="matter_open_duty",
            ),
        ),
        _index("matter_channel", "channel", "scope", "id"),
        _index("matter_urgent", "scope", "id", condition=models.Q(("urgent", True))),
    ]
