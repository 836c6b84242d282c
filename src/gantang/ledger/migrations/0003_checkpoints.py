"""Checkpoints, and what the last one saw of each stream."""

from django.db import migrations, models

from gantang.kit.scope import no_policy_sql, policy_sql


def key(*fields: str) -> models.CompositePrimaryKey:
    return models.CompositePrimaryKey(*fields, blank=True, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_streams")]
    operations = [
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("pk", key("city", "stream")),
                ("city", models.SmallIntegerField()),
                ("stream", models.UUIDField()),
                ("count", models.IntegerField()),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("pk", key("city", "no")),
                ("city", models.SmallIntegerField()),
                ("no", models.IntegerField()),
                ("day", models.DateField()),
                ("streams", models.IntegerField()),
                ("steps", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("previous", models.BinaryField(default=b"")),
                ("accepted", models.BooleanField(default=False)),
                ("dropped", models.BinaryField(default=b"")),
                ("made_at", models.DateTimeField()),
                ("signer", models.TextField()),
                ("key", models.TextField()),
                ("signature", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(
            policy_sql("ledger_leaf", column=None, id_column="stream"), no_policy_sql("ledger_leaf")
        ),
    ]
