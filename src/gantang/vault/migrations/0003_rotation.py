"""How far a new key has come."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_person_keys")]

    operations = [
        migrations.CreateModel(
            name="Rotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=8)),
                ("number", models.SmallIntegerField()),
                ("city", models.SmallIntegerField(null=True)),
                ("after", models.UUIDField(null=True)),
                ("looked", models.BigIntegerField(default=0)),
                ("done", models.BigIntegerField(default=0)),
                ("began_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "number"), name="vault_rotation_once")
                ],
            },
        ),
    ]
