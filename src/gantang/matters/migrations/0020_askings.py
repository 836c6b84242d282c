"""The register of what people asked about their own data."""

from django.db import migrations, models

from gantang.kit.scope import no_policy_sql, policy_sql


class Migration(migrations.Migration):

    dependencies = [("matters", "0019_sessions")]

    operations = [
        migrations.CreateModel(
            name="Asking",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("scope", models.CharField(db_collation="C", max_length=32)),
                ("unit", models.BigIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("way", models.CharField(max_length=12)),
                ("matter_number", models.CharField(blank=True, default="", max_length=9)),
                ("received_on", models.DateField()),
                ("received_post", models.BigIntegerField()),
                ("state", models.CharField(default="received", max_length=8)),
                ("post", models.BigIntegerField(null=True)),
                ("because", models.CharField(blank=True, default="", max_length=16)),
                ("answered_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "matter_asking",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("state__in", ["received", "taken"])),
                            models.Q(("answered_at__isnull", False), ("state__in", ["answered", "refused"])),
                            _connector="OR",
                        ),
                        name="matter_asking_answered",
                    )
                ],
                "indexes": [
                    models.Index(fields=["scope", "-id"], name="matter_asking_scope"),
                    models.Index(
                        condition=models.Q(("answered_at", None)),
                        fields=["scope", "received_on", "id"],
                        name="matter_asking_open",
                    ),
                ],
            },
        ),
        migrations.RunSQL(policy_sql("matter_asking"), no_policy_sql("matter_asking")),
    ]
