"""Protected tips: rows that hold ciphertext, keyed hashes and what the clock needs, and none of the open
tables.

Nothing here has a number, a class, a ground or a moment of arrival. What happened and what was said are
pieces, sealed to a key that only two holders together can open; ``kept`` is what the server must know to
run the clock.
"""

from django.db import models


class SealedHolder(models.Model):
    """A pair of a post's own, the newest in use for new halves; the private key is locked under a
    passphrase that the server never keeps."""

    post = models.BigIntegerField(db_index=True)
    public = models.BinaryField()
    locked = models.BinaryField()

    class Meta:
        db_table = "sealed_holder"


class SealedBox(models.Model):
    """What a unit receives tips in: two posts, each with a half of the key, sealed to the post's own pair.

    The marks are keyed hashes of the halves, by which a half typed from paper is known.
    """

    unit = models.BigIntegerField()
    first = models.BigIntegerField()
    second = models.BigIntegerField()
    public = models.BinaryField(null=True)
    first_key = models.BigIntegerField(null=True)
    second_key = models.BigIntegerField(null=True)
    first_half = models.BinaryField(null=True)
    second_half = models.BinaryField(null=True)
    first_mark = models.BinaryField(null=True)
    second_mark = models.BinaryField(null=True)
    first_printed = models.BooleanField(default=False)
    second_printed = models.BooleanField(default=False)
    ended = models.BooleanField(default=False)

    class Meta:
        db_table = "sealed_box"
        constraints = [
            models.UniqueConstraint(fields=["unit"], name="sealed_box_one", condition=models.Q(ended=False)),
            models.CheckConstraint(
                name="sealed_box_two_posts", condition=~models.Q(first=models.F("second"))
            ),
        ]


class SealedConflict(models.Model):
    """A unit that a holder's post declared a conflict with; told to nobody, used by the routing alone."""

    pk = models.CompositePrimaryKey("post", "unit")
    post = models.BigIntegerField()
    unit = models.BigIntegerField()

    class Meta:
        db_table = "sealed_conflict"


class SealedTip(models.Model):
    """One tip. ``scope`` is ``~`` and the unit that has it in hand; ``keys`` is its key, sealed to each box
    that may come to hold it, and empty once destroyed; ``talk`` is the key of what the reporter may read,
    sealed under the receipt."""

    id = models.UUIDField(primary_key=True)
    scope = models.CharField(max_length=32, db_collation="C")
    receipt = models.BinaryField(unique=True)
    kept = models.BinaryField()
    keys = models.BinaryField(null=True)
    talk = models.BinaryField(null=True)
    wake_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "sealed_tip"
        indexes = [models.Index(fields=["scope"], name="sealed_tip_scope")]


class SealedHead(models.Model):
    """How long a stream of pieces is and how it ends; ``public`` is the key its pieces are sealed to."""

    stream = models.UUIDField(primary_key=True)
    public = models.BinaryField()
    count = models.IntegerField(default=0)
    hash = models.BinaryField(default=b"")
    seal = models.BinaryField(default=b"")

    class Meta:
        db_table = "sealed_head"


class SealedPiece(models.Model):
    """Something that happened or was said, chained over its ciphertext. ``told`` is the reporter's copy."""

    pk = models.CompositePrimaryKey("stream", "seq")
    stream = models.UUIDField()
    seq = models.IntegerField()
    sealed = models.BinaryField()
    told = models.BinaryField(null=True)
    hash = models.BinaryField()

    class Meta:
        db_table = "sealed_piece"


class SealedOpening(models.Model):
    """An opening under way or in force: what the two browsers, each with its own passing key, need of it.

    Halves are sealed to the first holder's passing key, views (the tip's key) to each one's own. The passing
    keys are in the browsers only; the row ends with the opening.
    """

    tip = models.UUIDField(primary_key=True)
    box = models.BigIntegerField()
    first_account = models.BigIntegerField()
    second_account = models.BigIntegerField(null=True)
    first_public = models.BinaryField()
    second_public = models.BinaryField(null=True)
    first_half = models.BinaryField(null=True)
    second_half = models.BinaryField(null=True)
    first_view = models.BinaryField(null=True)
    second_view = models.BinaryField(null=True)
    until = models.DateTimeField()

    class Meta:
        db_table = "sealed_opening"


class SealedNotice(models.Model):
    """That something of another unit is late and was told to this one: a day, and nothing else."""

    id = models.UUIDField(primary_key=True)
    scope = models.CharField(max_length=32, db_collation="C")
    day = models.DateField()

    class Meta:
        db_table = "sealed_notice"
        indexes = [models.Index(fields=["scope"], name="sealed_notice_scope")]
