"""Courses with lessons and a bank of questions, exams as they were sat, certificates and their removal;
households that villages declare, lectures and visits, hours of training elsewhere.

Unsharded. Who holds a certificate without being an account lies in the vault; no row orders people.
"""

from django.db import models
from django.db.models import F, Q


class Course(models.Model):
    """A course of a ground, for the posts on it and below. ``draws`` questions make an exam, ``needed`` right
    ones pass it, ``attempts`` a year; ``months`` null: its certificate does not lapse. ``literate``: whoever
    passes counts as 法律明白人 of the own village."""

    ground = models.CharField(max_length=12, db_collation="C")
    code = models.CharField(max_length=32, db_collation="C")
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=80)
    about = models.TextField(default="", blank=True)
    basis = models.CharField(max_length=200, default="", blank=True)
    hours = models.PositiveSmallIntegerField()
    draws = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField()
    attempts = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField(null=True)
    literate = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="course_once", fields=["code"]),
            models.CheckConstraint(
                name="course_passable", condition=Q(needed__gte=1, needed__lte=F("draws"))
            ),
        ]


class Lesson(models.Model):
    """A lesson of a course, in its place."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="lesson_once", fields=["course", "position"])]


class Question(models.Model):
    """A question of the bank with closed answers; ``right`` are the places of those that are right. It never
    changes: another wording is another question."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="questions")
    text = models.CharField(max_length=500)
    options = models.JSONField()
    right = models.JSONField()
    ended_on = models.DateField(null=True)


class Attempt(models.Model):
    """An exam as it was sat: ``drawn`` follows from ``seed`` and the bank of that moment. ``given`` are the
    answers by question, ``hours`` what a pass counts for."""

    id = models.UUIDField(primary_key=True, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="exams")
    post = models.BigIntegerField()
    account = models.BigIntegerField()
    seed = models.BigIntegerField()
    drawn = models.JSONField()
    needed = models.PositiveSmallIntegerField()
    given = models.JSONField(null=True)
    right = models.PositiveSmallIntegerField(null=True)
    passed = models.BooleanField(null=True)
    hours = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="attempt_open_once", fields=["course", "account"], condition=Q(closed_at=None)
            ),
        ]
        indexes = [models.Index(fields=["account", "closed_at"], name="attempt_of_account")]


class Certificate(models.Model):
    """That somebody passed a course, until ``lapses_on``. ``code`` is the keyed hash of what verifies it;
    ``entry`` the holder's in the vault where it is no account."""

    id = models.UUIDField(primary_key=True, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="certificates")
    ground = models.CharField(max_length=15, db_collation="C")
    post = models.BigIntegerField(null=True)
    account = models.BigIntegerField(null=True)
    attempt = models.OneToOneField(Attempt, models.PROTECT, null=True)
    entry = models.UUIDField(null=True)
    code = models.BinaryField(unique=True)
    issued_on = models.DateField()
    lapses_on = models.DateField(null=True)
    removed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="certificate_lasts", condition=Q(lapses_on=None) | Q(lapses_on__gt=F("issued_on"))
            ),
        ]
        indexes = [models.Index(fields=["ground", "id"], name="certificate_ground")]


class Removal(models.Model):
    """That a certificate be removed, asked by one and decided by another."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="removals")
    reason = models.CharField(max_length=20)
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="removal_open_once", fields=["certificate"], condition=Q(decided_at=None)
            ),
            models.CheckConstraint(
                name="removal_by_another", condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by"))
            ),
        ]


class Households(models.Model):
    """How many households a village declared from a day on: one number, no list of them."""

    village = models.CharField(max_length=12, db_collation="C")
    on = models.DateField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="households_once", fields=["village", "on"])]


class Event(models.Model):
    """A lecture or a visit that took place, and how many came: nobody's name."""

    id = models.UUIDField(primary_key=True, editable=False)
    ground = models.CharField(max_length=15, db_collation="C")
    kind = models.CharField(max_length=12)
    topic = models.CharField(max_length=60)
    place = models.CharField(max_length=60)
    on = models.DateField()
    attendance = models.PositiveIntegerField()
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["ground", "on"], name="event_ground")]


class Training(models.Model):
    """Hours of a training elsewhere, declared for whoever held a post."""

    id = models.UUIDField(primary_key=True, editable=False)
    post = models.BigIntegerField()
    account = models.BigIntegerField()
    on = models.DateField()
    topic = models.CharField(max_length=60)
    hours = models.PositiveSmallIntegerField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "on"], name="training_of_account")]
