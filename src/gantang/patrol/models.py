"""Points, vessels, zones at each level of the water, routes; officers, rosters, shifts, and what a
change of the water asks for.

Unsharded, behind the wall by ``ground``. An officer is a post and whoever held it when it was entered;
no name stands here. What ended keeps its row.
"""

from django.db import models
from django.db.models import F, Q


class Held(models.Model):
    """A row of a ground, which the wall reads."""

    id = models.UUIDField(primary_key=True, editable=False)
    ground = models.CharField(max_length=15, db_collation="C")

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["ground", "id"], name="%(class)s_of_ground")]


class Dated(Held):
    """Something with a name, from a day on until the day before ``valid_to``."""

    name = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta(Held.Meta):
        abstract = True


class Point(Dated):
    """A place of the patrol, in CGCS2000. ``levels``: at which levels of the water it can be reached."""

    kind = models.CharField(max_length=16)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    levels = models.JSONField()

    class Meta(Dated.Meta):
        db_table = "patrol_point"


class Vessel(Dated):
    """A vessel of an agency's unit, its plate and how it is since when."""

    plate = models.CharField(max_length=24)
    unit = models.BigIntegerField()
    state = models.CharField(max_length=12)
    since = models.DateField()

    class Meta(Dated.Meta):
        db_table = "patrol_vessel"


class Zone(Dated):
    """A zone of the lake; where it lies depends on the water."""

    class Meta(Dated.Meta):
        db_table = "patrol_zone"


class Shape(Held):
    """A zone at a level of the water: rings of points, none where it is dry or flooded over. Another
    outline is another row; the newest counts."""

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="shapes")
    level = models.CharField(max_length=8)
    rings = models.JSONField()
    made_at = models.DateTimeField()

    class Meta(Held.Meta):
        db_table = "patrol_shape"


class Level(Held):
    """That the water stood at a level on a day, said by a post with its source; metres where it was read."""

    level = models.CharField(max_length=8)
    on = models.DateField()
    gauge = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    source = models.CharField(max_length=120)
    post = models.BigIntegerField(null=True)
    said_at = models.DateTimeField()

    class Meta(Held.Meta):
        db_table = "patrol_level"


class Route(Dated):
    """Points in their order, and the zones on the way: lists of their ids."""

    stops = models.JSONField()
    zones = models.JSONField()

    class Meta(Dated.Meta):
        db_table = "patrol_route"


class Officer(Held):
    """A post that serves, as long as ``account`` holds it; its qualifications and the days it does not
    serve."""

    post = models.BigIntegerField()
    account = models.BigIntegerField()
    unit = models.BigIntegerField()
    skills = models.JSONField()
    leave = models.JSONField()
    valid_to = models.DateField(null=True)

    class Meta(Held.Meta):
        db_table = "patrol_officer"
        constraints = [
            models.UniqueConstraint(name="patrol_officer_once", fields=["post"], condition=Q(valid_to=None)),
        ]


class Roster(Held):
    """A roster: its plan as it was asked for, what the search came to, and who issued it: another than
    who asked."""

    ORDERED, MADE, NONE, UNKNOWN, ISSUED, WITHDRAWN = (
        "ordered", "made", "none", "unknown", "issued", "withdrawn",
    )  # fmt: skip

    first = models.DateField()
    days = models.PositiveSmallIntegerField()
    plan = models.JSONField()
    state = models.CharField(max_length=10, default=ORDERED)
    found = models.JSONField(null=True)
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    issued_by = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField(null=True)

    class Meta(Held.Meta):
        db_table = "patrol_roster"
        constraints = [
            models.CheckConstraint(
                name="patrol_roster_second_hand",
                condition=Q(issued_by=None) | Q(asked_by=None) | ~Q(issued_by=F("asked_by")),
            ),
        ]


class Shift(Held):
    """A shift of an issued roster at a point, with its vessel and route once they are assigned; ``found``:
    numbers of the matters that its crew came upon."""

    PLANNED, OPEN, CLOSED, CANCELLED = "planned", "open", "closed", "cancelled"

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="shifts")
    point = models.ForeignKey(Point, models.PROTECT, related_name="shifts")
    kind = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    vessel = models.ForeignKey(Vessel, models.PROTECT, null=True, related_name="shifts")
    route = models.ForeignKey(Route, models.PROTECT, null=True, related_name="shifts")
    state = models.CharField(max_length=10, default=PLANNED)
    found = models.JSONField(default=list)

    class Meta(Held.Meta):
        db_table = "patrol_shift"
        indexes = [
            models.Index(fields=["ground", "starts_at", "id"], name="patrol_shift_days"),
            models.Index(fields=["-starts_at", "-id"], name="patrol_shift_past"),
        ]
        constraints = [
            models.CheckConstraint(name="patrol_shift_lasts", condition=Q(ends_at__gt=F("starts_at"))),
        ]


class Crew(Held):
    """A post that serves in a shift, and the unit that sends it."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="crew")
    post = models.BigIntegerField()
    unit = models.BigIntegerField()

    class Meta(Held.Meta):
        db_table = "patrol_crew"
        indexes = [models.Index(fields=["post", "id"], name="patrol_crew_post")]
        constraints = [models.UniqueConstraint(name="patrol_crew_once", fields=["shift", "post"])]


class Concern(Held):
    """That a shift leads through what there is not at the level of the water: a point or a zone. Open until
    somebody decides, or the water comes back."""

    OPEN, REROUTED, CANCELLED, PASSED = "open", "rerouted", "cancelled", "passed"

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="concerns")
    kind = models.CharField(max_length=8)
    thing = models.UUIDField()
    level = models.CharField(max_length=8)
    state = models.CharField(max_length=10, default=OPEN)
    found_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta(Held.Meta):
        db_table = "patrol_concern"
        constraints = [
            models.UniqueConstraint(
                name="patrol_concern_once", fields=["shift", "thing"], condition=Q(state="open")
            ),
        ]


class Log(Held):
    """A vessel out on a shift: from going out until it is back, with the level and the outlines as they
    were then."""

    shift = models.OneToOneField(Shift, models.PROTECT, related_name="log")
    vessel = models.ForeignKey(Vessel, models.PROTECT, related_name="logs")
    level = models.CharField(max_length=8, default="", blank=True)
    shapes = models.JSONField()
    out_at = models.DateTimeField()
    back_at = models.DateTimeField(null=True)

    class Meta(Held.Meta):
        db_table = "patrol_log"
        indexes = [models.Index(fields=["back_at", "id"], name="patrol_log_back")]
        constraints = [
            models.UniqueConstraint(
                name="patrol_log_vessel_once", fields=["vessel"], condition=Q(back_at=None)
            ),
        ]


class Position(Held):
    """Where a vessel on duty was; nobody's track. Erased after its term."""

    log = models.ForeignKey(Log, models.PROTECT, related_name="positions")
    at = models.DateTimeField()
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta(Held.Meta):
        db_table = "patrol_position"


class Order(Held):
    """What the command asks of a shift, in codes: a kind, a point, a matter's number. Heard and done by
    its crew; where nobody hears it in time it is raised to the command, then to the leader."""

    GIVEN, HEARD, DONE, WITHDRAWN = "given", "heard", "done", "withdrawn"

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=12)
    point = models.ForeignKey(Point, models.PROTECT, null=True, related_name="+")
    matter = models.CharField(max_length=16, default="", blank=True)
    state = models.CharField(max_length=10, default=GIVEN)
    given_at = models.DateTimeField()
    given_by = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    heard_by = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.BigIntegerField(null=True)
    raised_at = models.DateTimeField(null=True)
    led_at = models.DateTimeField(null=True)

    class Meta(Held.Meta):
        db_table = "patrol_order"
        indexes = [models.Index(fields=["state", "due_at"], name="patrol_order_due")]


class Handover(Held):
    """What a shift leaves open for another: given by one of its crew, taken by another person of the
    other's."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="given")
    to = models.ForeignKey(Shift, models.PROTECT, related_name="taken")
    orders = models.JSONField()
    given_at = models.DateTimeField()
    given_by = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.BigIntegerField(null=True)

    class Meta(Held.Meta):
        db_table = "patrol_handover"
        constraints = [
            models.UniqueConstraint(
                name="patrol_handover_open_once", fields=["shift"], condition=Q(taken_at=None)
            ),
            models.CheckConstraint(
                name="patrol_handover_two", condition=Q(taken_by=None) | ~Q(taken_by=F("given_by"))
            ),
        ]
