"""What a centre offers and when, who booked which time, notices and comments, editions of figures.

Reference tables and rows of codes, unsharded. Who comes and what people write lie in the vault.
"""

from django.db import models
from django.db.models import F, Q


class Service(models.Model):
    """A line of the list of services: one open row for a code, what ended is kept. ``bring_*``: one thing a
    line."""

    code = models.CharField(max_length=32, db_collation="C")
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=80)
    bring_zh = models.TextField(default="", blank=True)
    bring_en = models.TextField(default="", blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(max_length=200, default="", blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="service_open_once", fields=["code"], condition=Q(valid_to=None)),
        ]


class Listing(models.Model):
    """A centre's entry in the directory: a public place, the office's telephone, weekly hours
    (``{"0": [["09:00", "12:00"]]}``, 0 = Monday)."""

    centre = models.OneToOneField("posts.Centre", models.PROTECT, primary_key=True)
    address = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, default="", blank=True)
    week = models.JSONField(default=dict)
    shown = models.BooleanField(default=True)
    changed_at = models.DateTimeField()


class Offer(models.Model):
    """A service at a centre: how long one visit takes, how many at a time; ``places`` 0 takes no booking."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="offers")
    service = models.CharField(max_length=32, db_collation="C")
    minutes = models.PositiveSmallIntegerField(default=30)
    places = models.PositiveSmallIntegerField(default=0)
    ahead = models.PositiveSmallIntegerField(default=14)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="offer_once", fields=["listing", "service"]),
            models.CheckConstraint(name="offer_lasts", condition=Q(minutes__gte=5, minutes__lte=480)),
        ]


class Booking(models.Model):
    """One place of one time of an offer. ``code`` is the keyed hash of the booking code, ``entry`` the
    person's in the vault, null where nobody left a name."""

    BOOKED, CANCELLED = "booked", "cancelled"

    id = models.UUIDField(primary_key=True, editable=False)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="bookings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=BOOKED)
    code = models.BinaryField(unique=True)
    entry = models.UUIDField(null=True)
    reachable = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    forget_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="booking_state", condition=Q(state__in=["booked", "cancelled"])),
            models.CheckConstraint(name="booking_lasts", condition=Q(ends_at__gt=F("starts_at"))),
        ]
        indexes = [
            models.Index(fields=["offer", "starts_at"], name="booking_taken", condition=Q(state="booked")),
            models.Index(
                fields=["forget_on", "id"], name="booking_forget", condition=Q(forget_on__isnull=False)
            ),
        ]


class Edition(models.Model):
    """A frozen table of figures: a ground's, for a run of whole months. ``number`` counts corrections.

    ``kept`` holds every cell with its number, left out or not, so that a correction is compared with it;
    ``left_out`` the cells that nobody is shown.
    """

    ground = models.CharField(max_length=12, db_collation="C")
    since = models.DateField()
    until = models.DateField()
    number = models.PositiveSmallIntegerField()
    names = models.JSONField()
    kept = models.JSONField()
    left_out = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="edition_once", fields=["ground", "since", "until", "number"]),
        ]


class EditionOrder(models.Model):
    """An edition that was ordered: ``done`` of its ``of`` parts are counted and covered. ``told_at`` is when
    whoever makes it last said so; ``why`` the code of the error that ended it."""

    STATES = WAITING, WORKING, DONE, REFUSED = ("waiting", "working", "done", "refused")

    ground = models.CharField(max_length=12, db_collation="C")
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=10, default=WAITING)
    done = models.PositiveSmallIntegerField(default=0)
    of = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=60, default="", blank=True)
    edition = models.ForeignKey(Edition, models.PROTECT, null=True)
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="edition_ordered_once",
                fields=["ground", "since", "until"],
                condition=Q(state__in=["waiting", "working"]),
            ),
            models.CheckConstraint(
                name="edition_order_state", condition=Q(state__in=["waiting", "working", "done", "refused"])
            ),
        ]


class Notice(models.Model):
    """What an authority puts before the public, and until when it may be commented on.

    ``city`` and ``matter`` name the matter that it belongs to, if it does; ``summary`` is what a person wrote
    about the comments afterwards.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    unit = models.BigIntegerField()
    ground = models.CharField(max_length=15, db_collation="C")
    city = models.SmallIntegerField(null=True)
    matter = models.UUIDField(null=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    link = models.CharField(max_length=300, default="", blank=True)
    basis = models.CharField(max_length=200, default="", blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    span = models.CharField(max_length=40, default="", blank=True)
    calendar = models.CharField(max_length=80, default="", blank=True)
    summary = models.TextField(default="", blank=True)
    summed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="notice_lasts", condition=Q(until__gt=F("since"))),
        ]
        indexes = [models.Index(fields=["-until", "id"], name="notice_newest")]


class Comment(models.Model):
    """A comment on a notice: when it came, and where its words lie in the vault. Nobody's name is asked."""

    id = models.UUIDField(primary_key=True, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="comments")
    entry = models.UUIDField()
    receipt = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
