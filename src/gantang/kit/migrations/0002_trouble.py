"""What fails again and again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Trouble",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("job", models.TextField()),
                ("item", models.TextField()),
                ("tries", models.SmallIntegerField()),
                ("last_at", models.DateTimeField()),
                ("next_at", models.DateTimeField(null=True)),
                ("error", models.TextField()),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("job", "item"), name="kit_one_trouble")]},
        ),
    ]
