"""Sessions that are planned for a matter, and who signed what was agreed."""

from django.db import models

from gantang.matters.models.belongings import Belonging


class Session(Belonging):
    """A session of a matter: when, how, in which room of which unit, led by which post, who is to come.

    ``people`` are numbers of the matter's people; ``sequence`` rises with each change, ``reason`` says why
    the last was made. No words stand here, and nobody's name.
    """

    PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"

    no = models.SmallIntegerField()
    state = models.CharField(max_length=16, default=PLANNED)
    way = models.CharField(max_length=16)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    unit = models.BigIntegerField()
    post = models.BigIntegerField()
    room_unit = models.BigIntegerField(null=True)
    room = models.SmallIntegerField(null=True)
    people = models.JSONField(default=list)
    sequence = models.SmallIntegerField(default=0)
    reason = models.CharField(max_length=16, default="", blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "matter_session"
        constraints = [models.UniqueConstraint(fields=["city", "matter_id", "no"], name="matter_session_no")]
        indexes = [
            models.Index(fields=["unit", "starts_at"], name="matter_session_unit"),
            models.Index(fields=["room_unit", "starts_at"], name="matter_session_room"),
            models.Index(fields=["post", "starts_at"], name="matter_session_post"),
        ]


class Signature(Belonging):
    """One signature on one version of a document.

    ``signer`` is ``party:<number>`` or ``mediator``; what was drawn, or who witnessed on paper, stands in the
    vault under ``entry``. ``taken_by`` is the account that took it, ``witness_post`` the post of another
    account that was there.
    """

    document = models.UUIDField()
    signer = models.CharField(max_length=16)
    way = models.CharField(max_length=16)
    signed_at = models.DateTimeField()
    unit = models.BigIntegerField(null=True)
    post = models.BigIntegerField(null=True)
    entry = models.UUIDField(null=True)
    attachment = models.UUIDField(null=True)
    taken_by = models.BigIntegerField()
    witness_unit = models.BigIntegerField(null=True)
    witness_post = models.BigIntegerField(null=True)
    witnessed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "matter_signature"
        constraints = [
            models.UniqueConstraint(
                fields=["city", "matter_id", "document", "signer"], name="matter_signature_once"
            )
        ]
