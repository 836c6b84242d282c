"""Divisions with their history, grids under villages, and the rings that a grid is made of.

These are reference tables: small, read by everybody, keyed by the code itself. Codes are compared byte by
byte, whatever the server's locale is.
"""

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left

from gantang.territory.fields import PolygonField


class Dated(models.Model):
    """Valid from a day on, until the day before ``valid_to``. No beginning: since before the records."""

    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        abstract = True


class Division(Dated):
    prefix = models.CharField(max_length=12, db_collation="C", primary_key=True)
    name = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    urban_class = models.CharField(max_length=3, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="division_level_is_length",
                condition=Q(level=1, prefix__regex="^[0-9]{2}$")
                | Q(level=2, prefix__regex="^[0-9]{4}$")
                | Q(level=3, prefix__regex="^[0-9]{6}$")
                | Q(level=4, prefix__regex="^[0-9]{9}$")
                | Q(level=5, prefix__regex="^[0-9]{12}$"),
            ),
        ]


class DivisionChange(models.Model):
    """What became of a code: one row per successor, or one row without any. Only the year is known."""

    prefix = models.CharField(max_length=12, db_collation="C", db_index=True)
    name = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    since = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField(null=True)
    successor = models.CharField(max_length=12, db_collation="C", default="", db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="division_change_once",
                fields=["prefix", "since", "year", "successor"],
                nulls_distinct=False,
            ),
        ]


class Grid(Dated):
    """One grid. A retired one keeps its row for ever: the key is what keeps a code from being used twice.

    ``urban_class`` is the grid's own statistical class where it is not its village's.
    """

    code = models.CharField(max_length=15, db_collation="C", primary_key=True)
    village = models.ForeignKey(Division, models.PROTECT, related_name="grids")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    version = models.PositiveSmallIntegerField(default=1)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    schematic = models.BooleanField(default=False)
    households = models.PositiveIntegerField(null=True)
    urban_class = models.CharField(max_length=3, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="grid_code_form", condition=Q(code__regex="^[0-9]{15}$")),
            models.CheckConstraint(name="grid_lies_in_village", condition=Q(village_id=Left(F("code"), 12))),
            models.CheckConstraint(
                name="grid_dates_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]


class GridPart(models.Model):
    """One ring of one version of a grid's shape: the outer ring of a part, or a hole in it."""

    grid = models.ForeignKey(Grid, models.PROTECT, related_name="parts")
    version = models.PositiveSmallIntegerField()
    part = models.PositiveSmallIntegerField()
    ring = models.PositiveSmallIntegerField()
    shape = PolygonField()
    points = models.JSONField()

    class Meta:
        indexes = [GistIndex(name="gridpart_outer_shape", fields=["shape"], condition=Q(ring=0))]
        constraints = [
            models.UniqueConstraint(name="gridpart_ring", fields=["grid", "version", "part", "ring"]),
        ]
