"""The kit's tables. All are unsharded and hold nothing of the field."""

from django.db import models


class Counter(models.Model):
    """A number that only rises, taken in blocks."""

    name = models.TextField(primary_key=True)
    value = models.BigIntegerField(default=0)


class KeyMark(models.Model):
    """A mark of the root key this database was written under, so that foreign key files are noticed."""

    name = models.TextField(primary_key=True)
    mark = models.BinaryField()


class IdempotencyKey(models.Model):
    """A key a client sent with a write: what was asked (hash), what came of it (status, references)."""

    client = models.TextField()
    key = models.TextField()
    body_hash = models.BinaryField()
    status = models.SmallIntegerField(null=True)
    ref = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="kit_one_key_a_client")]
        indexes = [models.Index(fields=["created_at"], name="kit_key_created")]


class Trouble(models.Model):
    """Something that a job failed at: left alone until ``next_at``, and for good (None) once it has failed
    too often. Ids and codes only."""

    job = models.TextField()
    item = models.TextField()
    tries = models.SmallIntegerField()
    last_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    error = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "item"], name="kit_one_trouble")]


class Bucket(models.Model):
    """What somebody has left of a limit; ``who`` is a keyed hash of the purpose and of who it is."""

    who = models.BinaryField(primary_key=True)
    remaining = models.FloatField()
    at = models.DateTimeField(db_index=True)
