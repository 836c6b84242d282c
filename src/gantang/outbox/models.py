"""Effects that still have to leave, written in the transaction of the act that caused them."""

from django.db import models
from django.db.models import Q


class Row(models.Model):
    """One effect for one destination. It carries codes and ids only; its text is made when it leaves."""

    WAITING, SENT, DEAD, SKIPPED = "waiting", "sent", "dead", "skipped"

    id = models.UUIDField(primary_key=True, editable=False)
    destination = models.CharField(max_length=40)
    kind = models.CharField(max_length=80)
    city = models.SmallIntegerField()
    stream = models.UUIDField()
    version = models.BigIntegerField()
    refs = models.JSONField(default=dict)
    state = models.CharField(max_length=8, default=WAITING)
    attempts = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField()
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=60, default="", blank=True)
    unsure = models.SmallIntegerField(default=0)  # tries whose answer was lost: it may have arrived

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="outbox_due", condition=Q(state="waiting")),
            # Whoever takes a row asks whether an earlier one of its stream still stands before it.
            models.Index(
                fields=["destination", "stream", "version", "id"],
                name="outbox_order",
                condition=Q(state__in=["waiting", "dead"]),
            ),
            models.Index(
                fields=["settled_at"], name="outbox_settled", condition=Q(state__in=["sent", "skipped"])
            ),
        ]


class Webhook(models.Model):
    """A receiver of news: an institution's address, what it hears of and where, and the secrets that its
    news is signed with (sealed)."""

    address = models.TextField()
    kinds = models.JSONField(default=list)
    ground = models.CharField(max_length=32, db_collation="C", default="", blank=True)
    basis = models.TextField(default="", blank=True)
    secret = models.BinaryField()
    old_secret = models.BinaryField(null=True)
    old_until = models.DateTimeField(null=True)
    ordered_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)  # what it is told waits until it goes on
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=20, default="", blank=True)
