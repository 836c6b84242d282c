"""Steps, and the head of each stream. The steps' table is partitioned by month of ``id``; nothing
references it."""

from django.db import models


class StreamHead(models.Model):
    """How long a stream is and how it ends; locked by each append, so that a sequence has no gaps and no
    forks."""

    pk = models.CompositePrimaryKey("city", "stream")
    city = models.SmallIntegerField()
    stream = models.UUIDField()
    kind = models.TextField()
    key = models.TextField(default="")
    count = models.IntegerField(default=0)
    hash = models.BinaryField(default=b"")
    seal = models.BinaryField(default=b"")
    opened_at = models.DateTimeField()


class Step(models.Model):
    """One thing that happened. Never changed, never deleted; codes, ids, moments and versions, never text."""

    pk = models.CompositePrimaryKey("city", "id")
    city = models.SmallIntegerField()
    id = models.UUIDField()
    stream = models.UUIDField()
    seq = models.IntegerField()
    kind = models.TextField()
    name = models.TextField()
    data = models.JSONField()
    client = models.TextField()
    account = models.BigIntegerField(null=True)
    post = models.BigIntegerField(null=True)
    happened_at = models.DateTimeField()
    hash = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["city", "stream", "seq"], name="ledger_step_order")]


class Leaf(models.Model):
    """What the last checkpoint saw of a stream: written by checkpoints alone, never goes back."""

    pk = models.CompositePrimaryKey("city", "stream")
    city = models.SmallIntegerField()
    stream = models.UUIDField()
    count = models.IntegerField()
    hash = models.BinaryField()


class Checkpoint(models.Model):
    """What a city's streams were on a day, signed, chained to the one before; see ``checkpoints/line.py``.

    City 0 is the chain of what is kept sealed: it tells no figures; ``kept`` opens its last root, and is
    sealed by whoever asked for it.
    """

    pk = models.CompositePrimaryKey("city", "no")
    city = models.SmallIntegerField()
    no = models.IntegerField()
    day = models.DateField()
    streams = models.IntegerField()
    steps = models.BigIntegerField()
    root = models.BinaryField()
    previous = models.BinaryField(default=b"")
    accepted = models.BooleanField(default=False)
    dropped = models.BinaryField(default=b"")
    made_at = models.DateTimeField()
    signer = models.TextField()
    key = models.TextField()
    signature = models.BinaryField()
    kept = models.BinaryField(null=True)


class Verification(models.Model):
    """A verification that was asked for: of a city, or (None) of all; made by the worker, told with how far
    it is, kept with what it found (``found``: fault, city, kind, stream, seq or number; codes alone)."""

    WAITING, WORKING, DONE = "waiting", "working", "done"

    city = models.SmallIntegerField(null=True)
    state = models.TextField(default=WAITING)
    done = models.IntegerField(default=0)
    of = models.IntegerField(default=0)
    streams = models.BigIntegerField(default=0)
    steps = models.BigIntegerField(default=0)
    checkpoints = models.IntegerField(default=0)
    faults = models.IntegerField(default=0)
    found = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="ledger_verification_once",
                fields=["city"],
                condition=models.Q(state__in=["waiting", "working"]),
                nulls_distinct=False,
            )
        ]
