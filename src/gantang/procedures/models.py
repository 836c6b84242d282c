"""Which version of which procedure is in force, where and since when. Rows are only added."""

from django.db import models


class ProcedureVersion(models.Model):
    """One entry into force. `source` is the procedure itself, as the engine keeps it.

    `ground` "" is everywhere; `in_force_from` null is from the beginning; a row without
    `source` ends the procedure on that ground. `layers` are what was laid over the base, in
    their order: `[{kind, name, version, ground}]`; `variant` is the first of them, if any.
    """

    name = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    hash = models.CharField(max_length=64, db_index=True)
    pack = models.CharField(max_length=40)
    source = models.JSONField(null=True)
    serves = models.JSONField(default=list)
    ground = models.CharField(max_length=15, db_collation="C", blank=True, default="")
    variant = models.CharField(max_length=40, blank=True, default="")
    layers = models.JSONField(default=list)
    in_force_from = models.DateTimeField(null=True)
    basis = models.CharField(max_length=200, blank=True, default="")
    account = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()


class Upgrade(models.Model):
    """How running matters go over from one version to the next; one row for each pair of hashes.

    What was decided never changes; how far it is done does: `after` is the last matter looked
    at on this pass through them, begun at `began_at`, on which `found` were to go over.
    """

    name = models.CharField(max_length=40)
    old_version = models.PositiveIntegerField()
    new_version = models.PositiveIntegerField()
    old_hash = models.CharField(max_length=64)
    new_hash = models.CharField(max_length=64)
    states = models.JSONField()
    uses = models.JSONField(default=dict)
    basis = models.JSONField(default=list)
    in_force_from = models.DateTimeField(null=True)
    account = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    after = models.UUIDField(null=True)
    began_at = models.DateTimeField(null=True)
    found = models.IntegerField(default=0)
    moved = models.IntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old_hash", "new_hash"], name="procedures_upgrade_once")
        ]


class Proof(models.Model):
    """What the checker had against a version when it was asked for last; ``first`` and ``last`` are the
    longest times, in Chinese and English."""

    WAITING, WORKING, DONE = "waiting", "working", "done"

    hash = models.CharField(max_length=64, primary_key=True)
    state = models.CharField(max_length=12, default=WAITING)
    findings = models.JSONField(default=list)
    first = models.JSONField(default=list)
    last = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class Campaign(models.Model):
    """One period of a campaign: which procedure is opened once for each place (or unit) of a list.

    A repeated campaign has a row for each of its periods, all with the ``series`` of the first one. ``until``
    is its last day. ``targets`` is how many matters it is to open, known once the opening has begun.
    """

    series = models.BigIntegerField(null=True)
    no = models.PositiveIntegerField(default=1)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    procedure = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    klass = models.CharField(max_length=64, db_collation="C")
    each = models.CharField(max_length=16)
    grounds = models.JSONField(default=list)
    units = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    since = models.DateField()
    until = models.DateField()
    repeat = models.CharField(max_length=16, blank=True, default="")
    basis = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=12, default="planned")
    targets = models.IntegerField(null=True)
    account = models.BigIntegerField(null=True)
    unit = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "no"], name="campaign_period_once")]
        indexes = [models.Index(fields=["state", "since"], name="campaign_due")]
