"""Changed ground: sweeps of its own, and whether a matter began on urban ground."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0008_rerouting'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='sweep',
            name='matter_sweep_kind',
        ),
        migrations.AddField(
            model_name='matter',
            name='urban_then',
            field=models.BooleanField(null=True),
        ),
        migrations.RunSQL("UPDATE matter SET urban_then = urban", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='sweep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['calendar', 'outage', 'remit', 'ground'])), name='matter_sweep_kind'),
        ),
    ]
