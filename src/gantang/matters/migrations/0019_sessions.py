"""Sessions planned for a matter, and signatures on its agreement."""

import django.db.models.deletion
from django.db import migrations, models

from gantang.kit.scope import no_policy_sql, policy_sql, search_sql

CHILDREN = ("matter_session", "matter_signature")
# Ids alone, past the wall: what of the matters may be seen is then read with the wall up.
AT = search_sql(
    "matter_sessions_at(units bigint[], led_by bigint, since timestamptz, till timestamptz)",
    "SETOF uuid",
    """
    SELECT matter_id FROM matter_session WHERE unit = ANY (units) AND starts_at < till AND ends_at > since
    UNION
    SELECT matter_id FROM matter_session WHERE room_unit = ANY (units) AND starts_at < till AND ends_at > since
    UNION
    SELECT matter_id FROM matter_session WHERE post = led_by AND starts_at < till AND ends_at > since
    """,
)


def foreign_key(table):
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_of FOREIGN KEY (city, matter_id) "
        "REFERENCES matter (city, id) ON DELETE CASCADE NOT DEFERRABLE"
    )


def of_a_matter():
    return [
        ("pk", models.CompositePrimaryKey("city", "id", blank=True, editable=False, primary_key=True, serialize=False)),
        ("city", models.SmallIntegerField()),
        ("id", models.UUIDField()),
        ("matter_id", models.UUIDField()),
        ("matter", models.ForeignObject(from_fields=("city", "matter_id"), on_delete=django.db.models.deletion.CASCADE, related_name="%(class)s_rows", to="matters.matter", to_fields=("city", "id"))),
    ]


class Migration(migrations.Migration):

    dependencies = [("matters", "0018_named")]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                *of_a_matter(),
                ("no", models.SmallIntegerField()),
                ("state", models.CharField(default="planned", max_length=16)),
                ("way", models.CharField(max_length=16)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("unit", models.BigIntegerField()),
                ("post", models.BigIntegerField()),
                ("room_unit", models.BigIntegerField(null=True)),
                ("room", models.SmallIntegerField(null=True)),
                ("people", models.JSONField(default=list)),
                ("sequence", models.SmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, default="", max_length=16)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "matter_session",
                "constraints": [models.UniqueConstraint(fields=("city", "matter_id", "no"), name="matter_session_no")],
                "indexes": [
                    models.Index(fields=["unit", "starts_at"], name="matter_session_unit"),
                    models.Index(fields=["room_unit", "starts_at"], name="matter_session_room"),
                    models.Index(fields=["post", "starts_at"], name="matter_session_post"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                *of_a_matter(),
                ("document", models.UUIDField()),
                ("signer", models.CharField(max_length=16)),
                ("way", models.CharField(max_length=16)),
                ("signed_at", models.DateTimeField()),
                ("unit", models.BigIntegerField(null=True)),
                ("post", models.BigIntegerField(null=True)),
                ("entry", models.UUIDField(null=True)),
                ("attachment", models.UUIDField(null=True)),
                ("taken_by", models.BigIntegerField()),
                ("witness_unit", models.BigIntegerField(null=True)),
                ("witness_post", models.BigIntegerField(null=True)),
                ("witnessed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "matter_signature",
                "constraints": [models.UniqueConstraint(fields=("city", "matter_id", "document", "signer"), name="matter_signature_once")],
            },
        ),
        *[migrations.RunSQL(foreign_key(table), f"ALTER TABLE {table} DROP CONSTRAINT {table}_of") for table in CHILDREN],
        *[
            migrations.RunSQL(policy_sql(table, column=None, id_column="matter_id"), no_policy_sql(table))
            for table in CHILDREN
        ],
        migrations.RunSQL(AT, ["DROP FUNCTION matter_sessions_at(bigint[], bigint, timestamptz, timestamptz)"]),
    ]
