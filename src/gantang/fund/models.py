"""A unit's fund, the entries of its book, its years and what of them was published. Unsharded.

Amounts are whole fen. Nobody's name stands here: a giver is an organisation or "an individual", whoever was
paid is known by the number of a matter at most.
"""

from django.db import models
from django.db.models import F, Q

_GIVES = Q(side__in=("opening", "income"), effect__gt=0) | Q(side="use", effect__lt=0)
_TAKES = Q(side__in=("opening", "income"), effect__lt=0) | Q(side="use", effect__gt=0)


class Fund(models.Model):
    """One for a unit. ``balance`` and ``last`` follow from the approved entries, under a lock on this row:
    all of their effects, and the number of the last."""

    unit = models.BigIntegerField(unique=True)
    scope = models.CharField(max_length=6, db_collation="C")
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=80)
    opened_on = models.DateField()
    balance = models.BigIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="fund_never_below", condition=Q(balance__gte=0))]


class Entry(models.Model):
    """One line. ``effect`` is what it does to the balance; ``number`` its place in the book once approved.

    ``reverses`` names the approved entry that it takes back. ``party`` is ``organisation`` (then ``giver``
    is its name), ``individual`` or ``none``. ``city``, ``matter`` and ``matter_number``: the matter that it
    was paid for.
    """

    AWAITING, APPROVED, REFUSED = "awaiting", "approved", "refused"

    id = models.UUIDField(primary_key=True, editable=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="entries")
    scope = models.CharField(max_length=6, db_collation="C")
    on = models.DateField()
    side = models.CharField(max_length=8)
    kind = models.CharField(max_length=64, db_collation="C")
    effect = models.BigIntegerField()
    basis = models.CharField(max_length=120)
    party = models.CharField(max_length=12)
    giver = models.CharField(max_length=60, default="", blank=True)
    city = models.SmallIntegerField(null=True)
    matter = models.UUIDField(null=True)
    matter_number = models.CharField(max_length=9, default="", blank=True, db_collation="C")
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="reversals")
    state = models.CharField(max_length=8, default=AWAITING)
    number = models.PositiveIntegerField(null=True)
    entered_by = models.BigIntegerField()
    entered_post = models.BigIntegerField()
    entered_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decided_post = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fund_entry_effect",
                condition=(Q(reverses=None) & _GIVES) | (Q(reverses__isnull=False) & _TAKES),
            ),
            models.CheckConstraint(
                name="fund_entry_by_another", condition=Q(decided_by=None) | ~Q(decided_by=F("entered_by"))
            ),
            models.CheckConstraint(
                name="fund_entry_decided",
                condition=Q(state="awaiting", decided_by=None, number=None)
                | Q(state="approved", decided_by__isnull=False, number__isnull=False)
                | Q(state="refused", decided_by__isnull=False, number=None),
            ),
            models.UniqueConstraint(name="fund_entry_number", fields=["fund", "number"]),
            models.UniqueConstraint(
                name="fund_entry_reversed_once", fields=["reverses"], condition=~Q(state="refused")
            ),
        ]
        indexes = [
            models.Index(fields=["fund", "on", "number"], name="fund_entry_book"),
            models.Index(fields=["fund", "state", "id"], name="fund_entry_awaiting"),
        ]


class Year(models.Model):
    """A year that is being closed (its figures as they were asked to be confirmed) or is closed; ``open``
    again where a second person refused."""

    OPEN, CLOSING, CLOSED = "open", "closing", "closed"

    id = models.UUIDField(primary_key=True, editable=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="years")
    scope = models.CharField(max_length=6, db_collation="C")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8)
    opening = models.BigIntegerField()
    income = models.BigIntegerField()
    use = models.BigIntegerField()
    closing = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="fund_year_once", fields=["fund", "year"]),
            models.CheckConstraint(
                name="fund_year_adds_up",
                condition=Q(closing=F("opening") + F("income") - F("use"), closing__gte=0),
            ),
            models.CheckConstraint(
                name="fund_year_by_another", condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by"))
            ),
        ]


class Publication(models.Model):
    """What everybody is shown of a closed year; it never changes. ``figures``: see ``rules.publishing``."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="publications")
    year = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    published_by = models.BigIntegerField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="fund_published_once", fields=["fund", "year"])]
