from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("matters", "0007_sealed_notice")]

    operations = [
        migrations.RemoveConstraint(model_name="sweep", name="matter_sweep_kind"),
        migrations.AddConstraint(
            model_name="sweep",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["calendar", "outage", "remit"])), name="matter_sweep_kind"
            ),
        ),
        migrations.AddField(model_name="moved", name="unit_before", field=models.BigIntegerField(null=True)),
        migrations.AddField(model_name="moved", name="unit_after", field=models.BigIntegerField(null=True)),
    ]
