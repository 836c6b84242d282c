"""A matter about a broken facility says which."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("matters", "0010_document_sign")]

    operations = [
        migrations.AddField(model_name="matter", name="facility", field=models.UUIDField(null=True)),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("facility__isnull", False)),
                fields=["facility", "due_at", "id"],
                name="matter_open_facility",
            ),
        ),
    ]
