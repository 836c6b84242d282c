"""What opens the last commitment over what is kept sealed, itself sealed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_checkpoints")]
    operations = [migrations.AddField("Checkpoint", "kept", models.BinaryField(null=True))]
