"""What belongs to a matter: people (by reference to the vault), shares, links, messages, attachments."""

from django.db import models

from gantang.matters.models.matter import Matter


class Belonging(models.Model):
    """A row of one matter, in the matter's city, dropped with it."""

    pk = models.CompositePrimaryKey("city", "id")
    city = models.SmallIntegerField()
    id = models.UUIDField()
    matter_id = models.UUIDField()
    matter = models.ForeignObject(
        Matter,
        on_delete=models.CASCADE,
        from_fields=("city", "matter_id"),
        to_fields=("city", "id"),
        related_name="%(class)s_rows",
    )

    class Meta:
        abstract = True


class Party(Belonging):
    """A reporter or a party; who it is stands in the vault under ``entry``.

    ``side`` says with whom in the dispute, 1 the reporter's; ``willing`` what it said of taking part, null
    before it was asked; a ``minor`` has a key of its own in the vault and is masked in every document.
    """

    no = models.SmallIntegerField()
    role = models.CharField(max_length=16)
    entry = models.UUIDField(null=True)
    anonymous = models.BooleanField(default=False)
    reachable_by = models.CharField(max_length=16, default="")
    has_code = models.BooleanField(default=False)
    issue = models.SmallIntegerField(default=1)
    side = models.SmallIntegerField(default=2)
    willing = models.BooleanField(null=True)
    minor = models.BooleanField(default=False)

    class Meta:
        db_table = "matter_party"
        constraints = [models.UniqueConstraint(fields=["city", "matter_id", "no"], name="matter_party_no")]


class AccessCode(models.Model):
    """The keyed hash of a code and the matter it leads to. It holds nothing that names a person."""

    pk = models.CompositePrimaryKey("city", "hash")
    city = models.SmallIntegerField()
    hash = models.BinaryField(max_length=32)
    matter_city = models.SmallIntegerField()
    matter_id = models.UUIDField()
    party = models.SmallIntegerField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "matter_access_code"
        indexes = [models.Index(fields=["matter_city", "matter_id"], name="matter_access_of")]


class Share(models.Model):
    """A unit that takes part in a matter wherever it lies: cooperating, holding, or held before."""

    pk = models.CompositePrimaryKey("city", "unit", "matter_id", "role")
    city = models.SmallIntegerField()
    unit = models.BigIntegerField()
    matter_id = models.UUIDField()
    role = models.CharField(max_length=16)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "matter_share"
        indexes = [
            models.Index(fields=["unit", "-matter_id"], name="matter_share_unit"),
            models.Index(
                fields=["unit", "role", "-matter_id"],
                name="matter_share_role",
                condition=models.Q(until=None),
            ),
            models.Index(fields=["city", "matter_id"], name="matter_share_matter"),
        ]


class Link(Belonging):
    """One direction of a link; the other row stands under the other matter."""

    kind = models.CharField(max_length=16)
    required = models.BooleanField(default=False)
    other_city = models.SmallIntegerField()
    other_id = models.UUIDField()
    since = models.DateTimeField()

    class Meta:
        db_table = "matter_link"
        constraints = [
            models.UniqueConstraint(
                fields=["city", "matter_id", "kind", "other_city", "other_id"], name="matter_link_once"
            )
        ]


class Message(Belonging):
    """A message between a matter's staff and one of its people; the words stand in the vault."""

    party = models.SmallIntegerField()
    kind = models.CharField(max_length=16)
    entry = models.UUIDField()
    sent_at = models.DateTimeField()
    from_unit = models.BigIntegerField(null=True)

    class Meta:
        db_table = "matter_message"
        indexes = [models.Index(fields=["city", "matter_id", "sent_at"], name="matter_message_order")]


class Attachment(Belonging):
    """Bytes sealed under the matter's key; name and type are inside the seal."""

    stored = models.CharField(max_length=128)
    mac = models.BinaryField(max_length=64)
    media = models.CharField(max_length=100)
    size = models.IntegerField()
    entry = models.UUIDField(null=True)
    party = models.SmallIntegerField(null=True)
    public = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "matter_attachment"
        indexes = [models.Index(fields=["stored"], name="matter_attachment_stored")]
        constraints = [
            models.UniqueConstraint(fields=["city", "matter_id", "mac"], name="matter_attachment_once")
        ]


class Document(Belonging):
    """What the matter issued: bytes sealed under its key, once for each kind and version, never
    overwritten.

    ``serial`` is its number (文号) in the unit's series of the year, ``sign`` the unit's letters before it
    as they were then (机关代字; a text, so in no step), ``mac`` a keyed hash of the bytes as printed,
    ``audience`` whom it is for.
    """

    kind = models.CharField(max_length=64)
    version = models.SmallIntegerField()
    serial = models.IntegerField(null=True)
    sign = models.TextField(default="", blank=True)
    audience = models.CharField(max_length=16)
    unit = models.BigIntegerField(null=True)
    stored = models.CharField(max_length=128)
    mac = models.BinaryField(max_length=64)
    size = models.IntegerField()
    made_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "matter_document"
        indexes = [models.Index(fields=["stored"], name="matter_document_stored")]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "matter_id", "kind", "version"], name="matter_document_once"
            )
        ]


class DocumentCode(models.Model):
    """The keyed hash of a document's square code, and the document it leads to."""

    pk = models.CompositePrimaryKey("city", "hash")
    city = models.SmallIntegerField()
    hash = models.BinaryField(max_length=64)
    matter_city = models.SmallIntegerField()
    matter_id = models.UUIDField()
    document = models.UUIDField()

    class Meta:
        db_table = "matter_document_code"


class DocumentSeries(models.Model):
    """The last number a unit has given out in a year: without a gap, drawn by the last statement of an
    act."""

    pk = models.CompositePrimaryKey("city", "unit", "year")
    city = models.SmallIntegerField()
    unit = models.BigIntegerField()
    year = models.SmallIntegerField()
    last = models.IntegerField()

    class Meta:
        db_table = "matter_document_series"
