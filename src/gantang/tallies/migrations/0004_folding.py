"""Folding made cheaper: an update of a count touches no index, and what was folded is swept away at once."""

from django.db import migrations, models

ROOM = "ALTER TABLE tallies_tally SET (fillfactor = {})"
# Every reader looks through the deltas that wait; after a great import the empty pages behind them would cost
# far more than the deltas do.
SWEPT = """
ALTER TABLE tallies_delta SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000)
"""
USUAL = """
ALTER TABLE tallies_delta RESET (
    autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold,
    autovacuum_analyze_scale_factor, autovacuum_analyze_threshold)
"""


class Migration(migrations.Migration):
    dependencies = [("tallies", "0003_margins")]

    operations = [
        migrations.RemoveIndex("tally", "tally_read"),
        migrations.AddIndex("tally", models.Index(fields=["ground", "measure", "day"], name="tally_read")),
        migrations.RunSQL(ROOM.format(80), ROOM.format(100)),
        migrations.RunSQL(SWEPT, USUAL),
    ]
