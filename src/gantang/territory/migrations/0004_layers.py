"""What maps are drawn from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territory", "0003_facilities")]

    operations = [
        migrations.CreateModel(
            name="Layer",
            fields=[
                (
                    "ground",
                    models.CharField(db_collation="C", max_length=9, primary_key=True, serialize=False),
                ),
                ("made_from", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("etag", models.CharField(max_length=64)),
                ("body", models.BinaryField()),
                ("outline", models.BinaryField()),
            ],
        ),
    ]
