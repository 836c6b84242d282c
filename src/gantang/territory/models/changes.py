"""Changes of ground, reviewed and dated; what became of each code; further codes of the same ground."""

from django.db import models
from django.db.models import F, Q

from gantang.territory.models.ground import Dated


class ChangeSet(models.Model):
    """Operations that come into force together, on a day, once a second administrator has reviewed them.

    ``fault`` is the code of the error that kept a reviewed one from coming into force.
    """

    DRAFT, REVIEWED, IN_FORCE, WITHDRAWN = "draft", "reviewed", "in_force", "withdrawn"

    id = models.UUIDField(primary_key=True, editable=False)
    title = models.CharField(max_length=80)
    basis = models.CharField(max_length=200)
    effective_on = models.DateField()
    state = models.CharField(max_length=10, default=DRAFT)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    reviewed_by = models.BigIntegerField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="change_set_state",
                condition=Q(state__in=["draft", "reviewed", "in_force", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="change_set_second_hand",
                condition=Q(reviewed_by=None) | Q(made_by=None) | ~Q(reviewed_by=F("made_by")),
            ),
        ]
        indexes = [
            models.Index(fields=["effective_on"], name="change_set_due", condition=Q(state="reviewed"))
        ]


class ChangeOperation(models.Model):
    """One operation of a change set, in its order; ``data`` as ``rules.operations`` reads it."""

    change = models.ForeignKey(ChangeSet, models.PROTECT, related_name="operations")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16)
    data = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="change_operation_order", fields=["change", "number"]),
        ]


class Succession(models.Model):
    """What became of a code: one row for each successor, one without any where nothing followed.

    ``share`` is the part of the old ground's households that went over, null where nobody said; it serves
    households and targets only, matters go by their point. The ``heir`` takes what has no point.
    """

    change = models.ForeignKey(ChangeSet, models.PROTECT, related_name="successions")
    kind = models.CharField(max_length=16)
    old = models.CharField(max_length=15, db_collation="C", db_index=True)
    new = models.CharField(max_length=15, db_collation="C", default="", blank=True, db_index=True)
    share = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    heir = models.BooleanField(default=False)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="succession_once", fields=["change", "old", "new"]),
            models.UniqueConstraint(
                name="succession_one_heir", fields=["change", "old"], condition=Q(heir=True)
            ),
        ]


class AliasCode(Dated):
    """A code of another system for a division or a grid; one system's code stands for one ground."""

    system = models.CharField(max_length=24, db_collation="C")
    code = models.CharField(max_length=32, db_collation="C")
    ground = models.CharField(max_length=15, db_collation="C", db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="alias_code_once", fields=["system", "code"])]
