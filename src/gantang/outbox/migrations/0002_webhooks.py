"""Receivers of news; how often an answer was lost."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]
    operations = [
        migrations.AddField("Row", "unsure", models.SmallIntegerField(default=0)),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.TextField()),
                ("kinds", models.JSONField(default=list)),
                ("ground", models.CharField(blank=True, db_collation="C", default="", max_length=32)),
                ("basis", models.TextField(blank=True, default="")),
                ("secret", models.BinaryField()),
                ("old_secret", models.BinaryField(null=True)),
                ("old_until", models.DateTimeField(null=True)),
                ("ordered_by", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_why", models.CharField(blank=True, default="", max_length=20)),
            ],
        ),
    ]
