"""Streams' heads, and the steps' table divided into months."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from gantang.kit import clock
from gantang.kit.scope import no_policy_sql, policy_sql
from gantang.ledger import months

STEP = """
CREATE TABLE ledger_step (
    city smallint NOT NULL, id uuid NOT NULL, stream uuid NOT NULL, seq integer NOT NULL,
    kind text NOT NULL, name text NOT NULL, data jsonb NOT NULL,
    client text NOT NULL, account bigint NULL, post bigint NULL,
    happened_at timestamp with time zone NOT NULL, hash bytea NOT NULL,
    PRIMARY KEY (city, id)
) PARTITION BY RANGE (id)
"""
ORDER = "CREATE INDEX ledger_step_order ON ledger_step (city, stream, seq)"


def make_months(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The months around today; later ones are added by ``migrate`` and the worker."""
    for month in months.around(clock.now(), behind=months.BEHIND):
        schema_editor.execute(months.month_sql(*month))


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="StreamHead",
            fields=[
                ("pk", models.CompositePrimaryKey("city", "stream", blank=True, editable=False, primary_key=True, serialize=False)),
                ("city", models.SmallIntegerField()),
                ("stream", models.UUIDField()),
                ("kind", models.TextField()),
                ("key", models.TextField(default="")),
                ("count", models.IntegerField(default=0)),
                ("hash", models.BinaryField(default=b"")),
                ("seal", models.BinaryField(default=b"")),
                ("opened_at", models.DateTimeField()),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL([STEP, ORDER], "DROP TABLE ledger_step"),
                migrations.RunPython(make_months, migrations.RunPython.noop),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Step",
                    fields=[
                        ("pk", models.CompositePrimaryKey("city", "id", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("city", models.SmallIntegerField()),
                        ("id", models.UUIDField()),
                        ("stream", models.UUIDField()),
                        ("seq", models.IntegerField()),
                        ("kind", models.TextField()),
                        ("name", models.TextField()),
                        ("data", models.JSONField()),
                        ("client", models.TextField()),
                        ("account", models.BigIntegerField(null=True)),
                        ("post", models.BigIntegerField(null=True)),
                        ("happened_at", models.DateTimeField()),
                        ("hash", models.BinaryField()),
                    ],
                    options={"indexes": [models.Index(fields=["city", "stream", "seq"], name="ledger_step_order")]},
                ),
            ],
        ),
        migrations.RunSQL(policy_sql("ledger_streamhead", column=None, id_column="stream"), no_policy_sql("ledger_streamhead")),
        migrations.RunSQL(policy_sql("ledger_step", column=None, id_column="stream"), no_policy_sql("ledger_step")),
    ]
