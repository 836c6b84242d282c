"""What the parties of a dispute say of taking part, on which side they stand, and who is a minor."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_campaign")]

    operations = [
        migrations.AddField("party", "side", models.SmallIntegerField(default=2)),
        migrations.AddField("party", "willing", models.BooleanField(null=True)),
        migrations.AddField("party", "minor", models.BooleanField(default=False)),
        migrations.RunSQL("UPDATE matter_party SET side = 1 WHERE role = 'reporter'", migrations.RunSQL.noop),
    ]
