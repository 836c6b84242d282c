"""A data key of one person's own, behind the wall like the matter's."""

from django.db import migrations, models

from gantang.kit.scope import no_policy_sql, policy_sql


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [
        migrations.AddField("entry", "own_key", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "city",
                        "matter_id",
                        "party",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("city", models.SmallIntegerField()),
                ("matter_id", models.UUIDField()),
                ("party", models.SmallIntegerField()),
                ("wrapped", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunSQL(
            policy_sql("vault_personkey", column=None, id_column="matter_id"),
            no_policy_sql("vault_personkey"),
        ),
    ]
