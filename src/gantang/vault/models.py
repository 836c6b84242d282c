"""Sealed entries, the keys that open them, and keyed hashes to find them by. Children of a matter, by its
id."""

from django.db import models


class Entry(models.Model):
    """A person or a text, sealed under its matter's key. Erased, it stays as a tombstone without content."""

    pk = models.CompositePrimaryKey("city", "id")
    city = models.SmallIntegerField()
    id = models.UUIDField(editable=False)
    matter_id = models.UUIDField()
    kind = models.CharField(max_length=12)
    party = models.SmallIntegerField(null=True)
    purpose = models.CharField(max_length=40)
    keep_until = models.DateField(null=True)
    sealed = models.BinaryField(null=True)
    version = models.SmallIntegerField(default=1)
    own_key = models.BooleanField(default=False)
    kept_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["city", "matter_id", "id"], name="vault_entry_matter")]


class Key(models.Model):
    """A matter's data key, wrapped by the master key; empty once destroyed."""

    pk = models.CompositePrimaryKey("city", "matter_id")
    city = models.SmallIntegerField()
    matter_id = models.UUIDField()
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)


class PersonKey(models.Model):
    """The data key of one person of a matter alone, for whoever needs more than the matter's: a minor."""

    pk = models.CompositePrimaryKey("city", "matter_id", "party")
    city = models.SmallIntegerField()
    matter_id = models.UUIDField()
    party = models.SmallIntegerField()
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)


class BlindIndex(models.Model):
    """A keyed hash of a phone, an ID number or a name: it answers "this one?", never "which ones?"."""

    pk = models.CompositePrimaryKey("city", "entry_id", "field", "generation")
    city = models.SmallIntegerField()
    entry_id = models.UUIDField()
    field = models.CharField(max_length=12)
    generation = models.SmallIntegerField()
    matter_id = models.UUIDField()
    hash = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["hash"], name="vault_blind_hash"),
            models.Index(fields=["city", "matter_id"], name="vault_blind_matter"),
        ]


class Generation(models.Model):
    """The keys that blind indexes are made with, by number; the highest makes new ones, all look up."""

    number = models.SmallIntegerField(primary_key=True)
    since = models.DateTimeField()


class Rotation(models.Model):
    """Matters gone through for a new key, master or blind index, city by city; it may stop anywhere."""

    MASTER, INDEX = "master", "index"

    kind = models.CharField(max_length=8)
    number = models.SmallIntegerField()
    city = models.SmallIntegerField(null=True)
    after = models.UUIDField(null=True)
    looked = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    began_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="vault_rotation_once")]


class Visit(models.Model):
    """That an account read a matter's words on a day: the ledger hears of it once."""

    pk = models.CompositePrimaryKey("city", "matter_id", "client", "day")
    city = models.SmallIntegerField()
    matter_id = models.UUIDField()
    client = models.CharField(max_length=80)
    day = models.DateField()


class Forgotten(models.Model):
    """A line of the list of erasures that is not on the list yet: written with the erasure, gone once the
    line stands beside the keys. Ids and codes only."""

    pk = models.CompositePrimaryKey("city", "id")
    city = models.SmallIntegerField()
    id = models.UUIDField(editable=False)
    line = models.TextField()
