"""Trained models; suggestions behind the wall of their matter."""

from django.db import migrations, models

from gantang.kit.scope import no_policy_sql, policy_sql

TABLE = "advice_suggestion"


class Migration(migrations.Migration):
    initial = True
    dependencies = [("matters", "0013_searching")]

    operations = [
        migrations.CreateModel(
            name="Model",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("weights", models.BinaryField()),
                ("card", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("pk", models.CompositePrimaryKey("city", "id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("city", models.SmallIntegerField()),
                ("id", models.UUIDField()),
                ("matter_id", models.UUIDField()),
                ("version", models.IntegerField()),
                ("model", models.BigIntegerField()),
                ("offered", models.JSONField()),
                ("because", models.JSONField()),
                ("gist", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("decided", models.CharField(blank=True, db_collation="C", default="", max_length=64)),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("city", "matter_id", "version"), name="suggestion_once")],
            },
        ),
        migrations.RunSQL(policy_sql(TABLE, column=None, id_column="matter_id"), no_policy_sql(TABLE)),
    ]
