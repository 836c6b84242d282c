"""Facilities and places that combine services, with the lists that administrators keep of their kinds.

A facility is a thing that stands somewhere, is looked at and breaks. There is no column for what it shows,
sends or whom it sees, and none may come (``tests/territory/test_facility_limits.py``).
"""

from django.db import models
from django.db.models import Q

from gantang.territory.models.ground import Dated


class Listed(Dated):
    """A line of a list that administrators edit: one open row for a code, what ended is kept."""

    code = models.CharField(max_length=32, db_collation="C")
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(name="%(class)s_open_once", fields=["code"], condition=Q(valid_to=None)),
        ]


class FacilityKind(Listed):
    """A kind of facility. Empty is what nobody has ruled: ``inspect_days`` between two inspections, and
    ``needs``, how many working ones a grid of a kind must have (``{"basic": 2}``).

    ``class_code`` is the class of a matter about a broken one; none leaves it to the desk.
    """

    class_code = models.CharField(max_length=64, db_collation="C", default="", blank=True)
    inspect_days = models.PositiveSmallIntegerField(null=True)
    needs = models.JSONField(default=dict)

    class Meta(Listed.Meta):
        pass


class PlaceService(Listed):
    """A service that a place may offer. The list ships empty."""

    class Meta(Listed.Meta):
        pass


class Located(models.Model):
    """Something that stands on a ground: a village or a grid; the point is in CGCS2000."""

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=60)
    ground = models.CharField(max_length=15, db_collation="C")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        abstract = True


class Facility(Located):
    """A public facility. One that was taken away keeps its row, and its ``code`` is never given again.

    ``keeper`` is the id of a unit (posts stand above this room); ``due_on`` the day of its next inspection,
    null where no rule asks for one; ``repaired_on`` the day a matter about it ended, until somebody looks.
    """

    code = models.CharField(max_length=32, db_collation="C", unique=True)
    kind = models.CharField(max_length=32, db_collation="C")
    installed_on = models.DateField(null=True)
    keeper = models.BigIntegerField(null=True)
    condition = models.CharField(max_length=16, default="working")
    inspected_on = models.DateField(null=True)
    repaired_on = models.DateField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="facility_condition", condition=Q(condition__in=["working", "faulty", "out_of_service"])
            ),
            models.CheckConstraint(
                name="facility_ground", condition=Q(ground__regex="^[0-9]{12}([0-9]{3})?$")
            ),
        ]
        indexes = [
            models.Index(fields=["ground", "code"], name="facility_stands", condition=Q(valid_to=None)),
            models.Index(
                fields=["ground", "code"],
                name="facility_due",
                condition=Q(valid_to=None, due_on__isnull=False),
            ),
        ]


class Inspection(models.Model):
    """A look at a facility: in which condition it was, and what was wrong, from a closed list."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="inspections")
    on = models.DateField()
    condition = models.CharField(max_length=16)
    faults = models.JSONField(default=list)
    post = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["facility", "-id"], name="inspection_newest")]


class FacilityCount(models.Model):
    """How many facilities stand on a ground, by kind and condition: kept with every change, never counted."""

    ground = models.CharField(max_length=15, db_collation="C")
    kind = models.CharField(max_length=32, db_collation="C")
    condition = models.CharField(max_length=16)
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="facility_count_once", fields=["ground", "kind", "condition"]),
        ]


class Place(Located):
    """A place that combines services: an office, its hours and its telephone, nobody's own."""

    address = models.CharField(max_length=120, default="", blank=True)
    services = models.JSONField(default=list)
    hours = models.CharField(max_length=120, default="", blank=True)
    phone = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["ground", "id"], name="place_stands", condition=Q(valid_to=None))]
