"""A matter under a legal hold says when that is to be looked at again; those are found."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("matters", "0013_searching")]

    operations = [
        migrations.AddField(model_name="matter", name="legal_hold_until", field=models.DateField(null=True)),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("legal_hold_until__isnull", False)), fields=["id"], name="matter_legal_hold"
            ),
        ),
    ]
