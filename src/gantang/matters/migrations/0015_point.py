"""The point of a matter stands on its row alone: a step holds the salted, keyed hash of it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("matters", "0014_legal_hold")]

    operations = [
        migrations.AddField(model_name="matter", name="point_mac", field=models.BinaryField(null=True)),
        migrations.AddField(model_name="matter", name="point_salt", field=models.BinaryField(null=True)),
    ]
