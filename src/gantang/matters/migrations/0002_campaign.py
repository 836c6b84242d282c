"""The campaign a matter belongs to, and how often a gate barred it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]

    operations = [
        migrations.AddField("matter", "campaign", models.BigIntegerField(null=True)),
        migrations.AddField("matter", "barred", models.SmallIntegerField(default=0, db_default=0)),
        migrations.AddIndex(
            "matter",
            models.Index(
                condition=models.Q(campaign__isnull=False),
                fields=["campaign", "scope", "id"],
                name="matter_campaign",
            ),
        ),
        migrations.AddIndex(
            "matter",
            models.Index(condition=models.Q(barred__gt=0), fields=["scope", "id"], name="matter_barred"),
        ),
    ]
