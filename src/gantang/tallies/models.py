"""Counts that are kept, not counted: deltas as they come, and what they fold into."""

from django.db import models


class _Dimensions(models.Model):
    """What every count is of."""

    day = models.DateField()
    klass = models.CharField(max_length=80, db_collation="C")
    procedure = models.CharField(max_length=60)
    unit = models.BigIntegerField()
    channel = models.CharField(max_length=40)
    urban = models.CharField(max_length=5)
    cause = models.CharField(max_length=60)
    measure = models.CharField(max_length=60)
    campaign = models.BigIntegerField(default=0, db_default=0)
    n = models.BigIntegerField()

    class Meta:
        abstract = True


class Delta(_Dimensions):
    """One act's change of one count; gone once folded."""

    pk = models.CompositePrimaryKey("city", "id")
    city = models.SmallIntegerField()
    id = models.UUIDField(editable=False)
    scope = models.CharField(max_length=20, db_collation="C")
    grid_then = models.CharField(max_length=15, db_collation="C")
    grid_now = models.CharField(max_length=15, db_collation="C")


class Tally(_Dimensions):
    """A folded count of one ground at one of the six levels."""

    pk = models.CompositePrimaryKey(
        "city",
        "ground",
        "basis",
        "day",
        "klass",
        "procedure",
        "unit",
        "channel",
        "urban",
        "cause",
        "measure",
        "campaign",
    )
    city = models.SmallIntegerField()
    ground = models.CharField(max_length=20, db_collation="C")
    basis = models.CharField(max_length=1)

    class Meta:
        # Without the number: it changes with every fold, and an index that holds it would grow each time.
        indexes = [
            models.Index(fields=["ground", "measure", "day"], name="tally_read"),
            models.Index(
                fields=["campaign", "ground"], name="tally_campaign", condition=~models.Q(campaign=0)
            ),
        ]


class Margin(models.Model):
    """Counts of one ground added up over all dimensions but one, and over a span of days (``margins``)."""

    pk = models.CompositePrimaryKey("city", "ground", "dimension", "measure", "span", "day", "value", "basis")
    city = models.SmallIntegerField()
    ground = models.CharField(max_length=12, db_collation="C")
    above = models.CharField(max_length=9, db_collation="C")
    dimension = models.CharField(max_length=10, db_collation="C")
    measure = models.CharField(max_length=60, db_collation="C")
    span = models.SmallIntegerField()
    day = models.DateField()
    value = models.CharField(max_length=80, db_collation="C")
    basis = models.CharField(max_length=1, db_collation="C")
    n = models.BigIntegerField()

    class Meta:
        indexes = [  # without the number, as above
            models.Index(fields=[where, "dimension", "measure", "span", "day"], name=f"margin_{where}")
            for where in ("ground", "above")
        ]


class Fold(models.Model):
    """One row a city: whoever holds it folds."""

    city = models.SmallIntegerField(primary_key=True)
    folded_at = models.DateTimeField(null=True)
