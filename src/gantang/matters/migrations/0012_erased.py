"""A matter whose people and words were erased on time says when; what is closed and not erased is found."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("matters", "0011_facility")]

    operations = [
        migrations.AddField(model_name="matter", name="erased_at", field=models.DateTimeField(null=True)),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False), ("erased_at", None)),
                fields=["procedure_hash", "ended_at", "id"],
                name="matter_kept",
            ),
        ),
    ]
