"""Units, centres, posts, who holds them, and which unit answers for what: dated, never deleted.

Reference tables, unsharded: dates are half-open, ``valid_to`` is the first day on which the row no longer
holds. An account is known by its number only.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

# GiST without extensions knows no ``=`` for numbers or words, so a number stands as a range of
# one value, and the three words of a remit as the range of their 64-bit hash.
_DAYS = (Func(F("valid_from"), F("valid_to"), function="daterange"), "&&")
_WORDS = Func(
    F("klass"),
    F("ground"),
    F("duty"),
    arg_joiner=" || ' ' || ",  # in this order: migrations write the words sorted, and compare them so
    template="hashtextextended(%(expressions)s, 0)",
)


def _one(expression: F | Func) -> tuple[Func, str]:
    return Func(expression, expression, Value("[]"), function="int8range"), "&&"


class Dated(models.Model):
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_dates_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]


class Unit(Dated):
    name = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=15, db_collation="C", db_index=True)
    kind = models.CharField(max_length=12)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="below")


class Centre(models.Model):
    """A governance centre (综治中心): the unit that runs it."""

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True)
    opened_on = models.DateField()


class Stationing(Dated):
    """A unit's place in a centre; no unit is stationed twice in one centre at a time."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="stationings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="stationings")
    way = models.CharField(max_length=10)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="stationed_once", expressions=[_one(F("centre")), _one(F("unit")), _DAYS]
            ),
        ]


class Function(Dated):
    """Which unit fills one of a centre's five functions."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="functions")
    function = models.CharField(max_length=12)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="functions")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="filled_once",
                expressions=[
                    _one(F("centre")),
                    _one(F("unit")),
                    _one(Func(F("function"), template="hashtextextended(%(expressions)s, 0)")),
                    _DAYS,
                ],
            ),
        ]


class Group(Dated):
    """A standing group (平安建设领导小组, 专项组) of a ground; the unit is its office."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    topic = models.CharField(max_length=24, default="", blank=True)
    ground = models.CharField(max_length=15, db_collation="C", db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="groups")
    basis = models.CharField(max_length=200)


class Membership(Dated):
    """A post in a group: whoever holds the post is the member."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships")
    post = models.ForeignKey("Post", models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(name="member_once", expressions=[_one(F("group")), _one(F("post")), _DAYS]),
        ]


class Post(Dated):
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=80)
    duties = models.JSONField()
    ground = models.CharField(max_length=15, db_collation="C", default="")
    admin = models.BooleanField(default=False)
    role = models.CharField(max_length=16, default="", blank=True, db_default="")
    tasks = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))


class Appointment(Dated):
    """Who holds a post. One account at a time, and one acting (exclusion constraints)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    account = models.BigIntegerField(db_index=True)
    acting = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="one_holder", expressions=[_one(F("post")), _DAYS], condition=Q(acting=False)
            ),
            ExclusionConstraint(
                name="one_acting", expressions=[_one(F("post")), _DAYS], condition=Q(acting=True)
            ),
        ]


class Remit(Dated):
    """No two say the same of the same class, ground and duty at a time (exclusion constraint)."""

    klass = models.CharField(max_length=80, db_collation="C")
    ground = models.CharField(max_length=15, db_collation="C", db_index=True)
    duty = models.CharField(max_length=12)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="remits")
    leader = models.ForeignKey(Post, models.PROTECT, null=True, related_name="led_remits")
    basis = models.CharField(max_length=200)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(name="no_tie", expressions=[_one(_WORDS), _DAYS]),
        ]


class Cooperation(models.Model):
    """A unit that cooperates under a remit."""

    remit = models.ForeignKey(Remit, models.PROTECT, related_name="cooperations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cooperations")

    class Meta:
        constraints = [models.UniqueConstraint(name="cooperation_once", fields=["remit", "unit"])]


class Version(models.Model):
    """A token for each kind of row ("remits", "staff"), new with each change.

    What a process keeps is good while the token stands.
    """

    kind = models.CharField(max_length=10, primary_key=True)
    token = models.BigIntegerField()
