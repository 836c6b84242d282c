"""What was erased and does not stand on the list beside the keys yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vault", "0003_rotation")]

    operations = [
        migrations.CreateModel(
            name="Forgotten",
            fields=[
                ("pk", models.CompositePrimaryKey("city", "id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("city", models.SmallIntegerField()),
                ("id", models.UUIDField(editable=False)),
                ("line", models.TextField()),
            ],
        ),
    ]
