"""Sweeps: what has to be done to every open matter of a ground, batch by batch; what it moved."""

from django.db import models
from django.db.models import Q


class Sweep(models.Model):
    """A changed calendar, an outage or changed remits on the way through the open matters, changed ground
    through all. ``cursor`` is the last one seen.

    ``done_at`` is empty until all were seen. ``again`` asks for one more pass at a later moment: for what was
    opened while an outage still went on.
    """

    CALENDAR, OUTAGE, REMIT, GROUND = "calendar", "outage", "remit", "ground"

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=8)
    ground = models.CharField(max_length=15, db_collation="C", default="", blank=True)
    key = models.CharField(max_length=80)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=16, default="", blank=True)
    account = models.BigIntegerField(null=True)
    cursor = models.UUIDField(null=True)
    looked = models.IntegerField(default=0)
    moved = models.IntegerField(default=0)
    settled = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
    after = models.DateTimeField()
    again = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "matter_sweep"
        constraints = [
            models.UniqueConstraint(fields=["kind", "ground", "key"], name="matter_sweep_once"),
            models.CheckConstraint(
                name="matter_sweep_kind", condition=Q(kind__in=["calendar", "outage", "remit", "ground"])
            ),
        ]
        indexes = [models.Index(fields=["after"], name="matter_sweep_next", condition=Q(done_at=None))]


class Moved(models.Model):
    """A matter whose deadline or holder a sweep moved, as it was and as it became."""

    pk = models.CompositePrimaryKey("city", "sweep", "matter_id")
    city = models.SmallIntegerField()
    sweep = models.UUIDField()
    matter_id = models.UUIDField()
    scope = models.CharField(max_length=32, db_collation="C")
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)
    total_before = models.DateTimeField(null=True)
    total_after = models.DateTimeField(null=True)
    unit_before = models.BigIntegerField(null=True)
    unit_after = models.BigIntegerField(null=True)

    class Meta:
        db_table = "matter_moved"
        indexes = [models.Index(fields=["sweep", "matter_id"], name="matter_moved_order")]
