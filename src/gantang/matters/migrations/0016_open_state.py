"""What a feed states is found by its procedure and state, among what is open."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("matters", "0015_point")]

    operations = [
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["procedure", "state", "id"],
                name="matter_open_state",
            ),
        ),
    ]
