"""What people asked about their own data: the register, with nobody's name in it."""

from django.db import models
from django.db.models import Q


class Asking(models.Model):
    """One request of a person about its own data (个人信息保护法 §45–47, §50): what was asked, when, who
    answers, how it ended.

    Nobody is named: whom it is about stands in the matter it names, if any, and on the paper it came with.
    ``scope`` is the ground of the unit that received it.
    """

    RECEIVED, TAKEN, ANSWERED, REFUSED = "received", "taken", "answered", "refused"
    ACCESS, CORRECTION, ERASURE = "access", "correction", "erasure"

    id = models.UUIDField(primary_key=True, editable=False)
    scope = models.CharField(max_length=32, db_collation="C")
    unit = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    way = models.CharField(max_length=12)
    matter_number = models.CharField(max_length=9, default="", blank=True)
    received_on = models.DateField()
    received_post = models.BigIntegerField()
    state = models.CharField(max_length=8, default=RECEIVED)
    post = models.BigIntegerField(null=True)
    because = models.CharField(max_length=16, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "matter_asking"
        constraints = [
            models.CheckConstraint(
                name="matter_asking_answered",
                condition=Q(state__in=["received", "taken"], answered_at=None)
                | Q(state__in=["answered", "refused"], answered_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["scope", "-id"], name="matter_asking_scope"),
            models.Index(
                fields=["scope", "received_on", "id"],
                name="matter_asking_open",
                condition=Q(answered_at=None),
            ),
        ]
