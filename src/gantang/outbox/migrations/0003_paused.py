"""A receiver that is paused: what it is told waits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_webhooks")]
    operations = [migrations.AddField("Webhook", "paused_at", models.DateTimeField(null=True))]
