"""Campaigns: one row for each period of one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("series", models.BigIntegerField(null=True)),
                ("no", models.PositiveIntegerField(default=1)),
                ("title_zh", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=120)),
                ("procedure", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("klass", models.CharField(db_collation="C", max_length=64)),
                ("each", models.CharField(max_length=16)),
                ("grounds", models.JSONField(default=list)),
                ("units", models.JSONField(default=list)),
                ("answers", models.JSONField(default=dict)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("repeat", models.CharField(blank=True, default="", max_length=16)),
                ("basis", models.CharField(blank=True, default="", max_length=200)),
                ("state", models.CharField(default="planned", max_length=12)),
                ("targets", models.IntegerField(null=True)),
                ("account", models.BigIntegerField(null=True)),
                ("unit", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["series", "no"], name="campaign_period_once")],
                "indexes": [models.Index(fields=["state", "since"], name="campaign_due")],
            },
        ),
    ]
