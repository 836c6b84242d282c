"""A matter's current row: a projection of its steps, except for the gist."""

from django.db import models
from django.db.models import Q

#: What a list goes by and whether a matter is open: read from an index without the row.
_ORDERED = ("due_at", "ended_at")


class Matter(models.Model):
    """One matter. ``city`` says where the row lives, ``scope`` and ``division`` where the matter lies."""

    pk = models.CompositePrimaryKey("city", "id")
    city = models.SmallIntegerField()
    id = models.UUIDField()
    number = models.CharField(max_length=9)

    # where it lies: scope is the grid or the deepest known division, by prefix
    scope = models.CharField(max_length=32, db_collation="C")
    division = models.CharField(max_length=12, db_collation="C")
    grid_then = models.CharField(max_length=17, db_collation="C", default="")
    grid_now = models.CharField(max_length=17, db_collation="C", default="")
    urban = models.BooleanField(null=True)
    urban_then = models.BooleanField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    # what it is
    class_code = models.CharField(max_length=64, db_collation="C", default="")
    cause_code = models.CharField(max_length=64, db_collation="C", default="")
    channel = models.CharField(max_length=32)
    gist = models.TextField()
    gist_mac = models.BinaryField()
    point_mac = models.BinaryField(null=True)
    point_salt = models.BinaryField(null=True)
    urgent = models.BooleanField(default=False)
    anonymous = models.BooleanField(default=False)
    reachable = models.BooleanField(default=False)

    # how it goes
    procedure = models.CharField(max_length=64)
    procedure_version = models.IntegerField()
    procedure_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=64)
    status = models.CharField(max_length=32)
    owner_duty = models.CharField(max_length=32, default="")
    owner_unit = models.BigIntegerField(null=True)
    owner_post = models.BigIntegerField(null=True)
    unit = models.BigIntegerField(null=True)
    supervision = models.CharField(max_length=16, default="")
    opened_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    total_due_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=64, default="")
    erased_at = models.DateTimeField(null=True)
    legal_hold_until = models.DateField(null=True)  # when a legal hold is looked at again; none: not held
    parent_city = models.SmallIntegerField(null=True)
    parent_id = models.UUIDField(null=True)
    campaign = models.BigIntegerField(null=True)
    facility = models.UUIDField(null=True)
    barred = models.SmallIntegerField(default=0, db_default=0)
    case = models.JSONField()
    counted = models.JSONField(default=list)
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "matter"
        constraints = [models.UniqueConstraint(fields=["city", "number"], name="matter_number")]
        indexes = [
            models.Index(fields=["id"], name="matter_id"),
            models.Index(fields=["scope", "-id"], name="matter_scope"),
            models.Index(
                fields=["scope", "due_at", "id"], name="matter_open_scope", condition=Q(ended_at=None)
            ),
            models.Index(fields=["due_at", "id"], name="matter_open_due", condition=Q(ended_at=None)),
            models.Index(fields=["id"], name="matter_open_id", condition=Q(ended_at=None)),
            models.Index(
                fields=["procedure", "state", "id"], name="matter_open_state", condition=Q(ended_at=None)
            ),
            models.Index(
                fields=["owner_unit", "owner_duty", "due_at", "id"],
                name="matter_open_owner",
                condition=Q(ended_at=None),
            ),
            models.Index(
                fields=["procedure_hash", "ended_at", "id"],
                name="matter_kept",
                condition=Q(ended_at__isnull=False, erased_at=None),
            ),
            models.Index(
                fields=["id"], name="matter_legal_hold", condition=Q(legal_hold_until__isnull=False)
            ),
            models.Index(fields=["wake_at"], name="matter_wake", condition=Q(wake_at__isnull=False)),
            models.Index(
                fields=["campaign", "scope", "id"],
                name="matter_campaign",
                condition=Q(campaign__isnull=False),
            ),
            models.Index(
                fields=["facility", "due_at", "id"],
                name="matter_open_facility",
                condition=Q(facility__isnull=False, ended_at=None),
            ),
            models.Index(fields=["scope", "id"], name="matter_barred", condition=Q(barred__gt=0)),
            # what lists are narrowed by (``queries.sparse``)
            models.Index(fields=["class_code", "scope", "id"], name="matter_class", include=_ORDERED),
            models.Index(fields=["state", "scope", "id"], name="matter_state", include=_ORDERED),
            models.Index(
                fields=["owner_duty", "scope", "due_at", "id"],
                name="matter_open_duty",
                condition=Q(ended_at=None),
            ),
            models.Index(fields=["channel", "scope", "id"], name="matter_channel", include=_ORDERED),
            models.Index(
                fields=["scope", "id"], name="matter_urgent", include=_ORDERED, condition=Q(urgent=True)
            ),
        ]
