"""Terms (classes, causes, channels), legal periods, the days of the calendar: reference tables, all dated.

A row that no longer holds gets an end and stays; codes and grounds are compared byte by byte.
"""

from django.db import models
from django.db.models import F, Q


class Term(models.Model):
    """One word of a tree or list. ``kind`` is class, cause, channel or fund; the code is a dotted path."""

    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=64, db_collation="C")
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="catalogue_term_once", fields=["kind", "code"], condition=Q(valid_to=None)
            ),
            models.CheckConstraint(
                name="catalogue_term_code",
                condition=Q(code__regex=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"),
            ),
            models.CheckConstraint(
                name="catalogue_term_dates",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]


class Period(models.Model):
    """A period that a rule of law sets. An empty span is a slot to be filled in."""

    code = models.CharField(max_length=64, db_collation="C")
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=80)
    span = models.CharField(max_length=40, default="", blank=True)
    extension = models.CharField(max_length=40, default="", blank=True)
    source = models.CharField(max_length=200)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="catalogue_period_once", fields=["code"], condition=Q(valid_to=None))
        ]


class Day(models.Model):
    """A day that deviates from the weekday rule on a ground; "" is the whole country.

    ``known_from`` and ``known_to`` say when this was in force, so that a past count can be told again.
    """

    ground = models.CharField(max_length=15, db_collation="C", default="", blank=True)
    on = models.DateField()
    kind = models.CharField(max_length=10)
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=60)
    hours = models.JSONField(null=True)
    source = models.CharField(max_length=200)
    known_from = models.DateTimeField(null=True)
    known_to = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="catalogue_day_once", fields=["ground", "on"], condition=Q(known_to=None)
            ),
            models.CheckConstraint(
                name="catalogue_day_kind", condition=Q(kind__in=["working", "rest", "makeup"])
            ),
        ]


class Year(models.Model):
    """A year whose notice is published: all its days are settled."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=200)
    known_from = models.DateTimeField(null=True)


class Edition(models.Model):
    """One change of a ground's calendar: which days, from which moment on, by which paper."""

    id = models.UUIDField(primary_key=True, editable=False)
    ground = models.CharField(max_length=15, db_collation="C", default="", blank=True)
    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField(null=True)
    put = models.JSONField(default=list)
    cleared = models.JSONField(default=list)
    source = models.CharField(max_length=200)
    known_from = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="catalogue_edition_once", fields=["ground", "number"]),
        ]


class Slot(models.Model):
    """A value that no public source gives, from a day on; NULL waits to be filled in. Never overwritten."""

    code = models.CharField(max_length=64, db_collation="C")
    position = models.PositiveSmallIntegerField()
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=80)
    form = models.CharField(max_length=8)
    value = models.JSONField(null=True)
    ours = models.BooleanField(default=False)
    source = models.CharField(max_length=200, default="", blank=True)
    basis = models.CharField(max_length=200)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="catalogue_slot_once", fields=["code"], condition=Q(valid_to=None)),
            models.CheckConstraint(
                name="catalogue_slot_form", condition=Q(form__in=["number", "text", "span", "list", "record"])
            ),
        ]


class Version(models.Model):
    """One row: a random token that changes with every change, so that what a process keeps can be trusted."""

    name = models.CharField(max_length=10, primary_key=True)
    token = models.BigIntegerField()
