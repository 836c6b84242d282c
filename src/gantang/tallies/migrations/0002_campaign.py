"""Counts of campaigns: one more dimension, also of the key."""

from django.db import migrations, models

BEFORE = ("city", "ground", "basis", "day", "klass", "procedure", "unit", "channel", "urban", "cause", "measure")
KEY = (*BEFORE, "campaign")


def key_sql(columns: tuple[str, ...]) -> str:
    return (
        "ALTER TABLE tallies_tally DROP CONSTRAINT tallies_tally_pkey, "
        f"ADD CONSTRAINT tallies_tally_pkey PRIMARY KEY ({', '.join(columns)})"
    )


class Migration(migrations.Migration):
    dependencies = [("tallies", "0001_initial")]

    operations = [
        *[
            migrations.AddField(model, "campaign", models.BigIntegerField(default=0, db_default=0))
            for model in ("delta", "tally")
        ],
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(key_sql(KEY), key_sql(BEFORE))],
            state_operations=[
                migrations.AlterField(
                    "tally",
                    "pk",
                    models.CompositePrimaryKey(*KEY, blank=True, editable=False, primary_key=True, serialize=False),
                )
            ],
        ),
        migrations.AddIndex(
            "tally",
            models.Index(
                condition=~models.Q(campaign=0), fields=["campaign", "ground"], name="tally_campaign"
            ),
        ),
    ]
