import django.db.models.deletion
from django.db import migrations, models

from gantang.kit.scope import no_policy_sql, policy_sql


class Migration(migrations.Migration):

    dependencies = [
        ("matters", "0005_sweeps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("pk", models.CompositePrimaryKey("city", "id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("city", models.SmallIntegerField()),
                ("id", models.UUIDField()),
                ("matter_id", models.UUIDField()),
                ("kind", models.CharField(max_length=64)),
                ("version", models.SmallIntegerField()),
                ("serial", models.IntegerField(null=True)),
                ("audience", models.CharField(max_length=16)),
                ("unit", models.BigIntegerField(null=True)),
                ("stored", models.CharField(max_length=128)),
                ("mac", models.BinaryField(max_length=64)),
                ("size", models.IntegerField()),
                ("made_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("matter", models.ForeignObject(from_fields=("city", "matter_id"), on_delete=django.db.models.deletion.CASCADE, related_name="%(class)s_rows", to="matters.matter", to_fields=("city", "id"))),
            ],
            options={
                "db_table": "matter_document",
                "constraints": [models.UniqueConstraint(fields=("city", "matter_id", "kind", "version"), name="matter_document_once")],
            },
        ),
        migrations.CreateModel(
            name="DocumentCode",
            fields=[
                ("pk", models.CompositePrimaryKey("city", "hash", blank=True, editable=False, primary_key=True, serialize=False)),
                ("city", models.SmallIntegerField()),
                ("hash", models.BinaryField(max_length=64)),
                ("matter_city", models.SmallIntegerField()),
                ("matter_id", models.UUIDField()),
                ("document", models.UUIDField()),
            ],
            options={"db_table": "matter_document_code"},
        ),
        migrations.CreateModel(
            name="DocumentSeries",
            fields=[
                ("pk", models.CompositePrimaryKey("city", "unit", "year", blank=True, editable=False, primary_key=True, serialize=False)),
                ("city", models.SmallIntegerField()),
                ("unit", models.BigIntegerField()),
                ("year", models.SmallIntegerField()),
                ("last", models.IntegerField()),
            ],
            options={"db_table": "matter_document_series"},
        ),
        migrations.RunSQL(
            "ALTER TABLE matter_document ADD CONSTRAINT matter_document_of FOREIGN KEY (city, matter_id) "
            "REFERENCES matter (city, id) ON DELETE CASCADE NOT DEFERRABLE",
            "ALTER TABLE matter_document DROP CONSTRAINT matter_document_of",
        ),
        migrations.RunSQL(
            policy_sql("matter_document", column=None, id_column="matter_id"), no_policy_sql("matter_document")
        ),
    ]
