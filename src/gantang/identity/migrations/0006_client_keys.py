"""Keys of programs: a last day, the old one beside a new one, and ordered before anybody holds it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_first_password")]

    operations = [
        migrations.AddField("apiclient", "waiting", models.BooleanField(db_default=False, default=False)),
        migrations.AddField("apiclient", "expires_at", models.DateTimeField(null=True)),
        migrations.AddField("apiclient", "old_hash", models.BinaryField(null=True, unique=True)),
        migrations.AddField("apiclient", "old_until", models.DateTimeField(null=True)),
    ]
