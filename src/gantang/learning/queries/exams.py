"""Exams: one's own alone."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.learning.errors import NoExamError
from gantang.learning.models import Attempt, Question
from gantang.learning.queries.courses import question_view, view_of
from gantang.learning.types import ExamView


def exam(actor: Actor, number: UUID) -> ExamView:
    """One's own, with its questions in the order drawn. Errors: NoExamError."""
    row = _mine(actor).filter(pk=number).first()
    if row is None:
        raise NoExamError
    return _view(row, Question.objects.in_bulk(row.drawn))


def open_exams(actor: Actor) -> list[ExamView]:
    """One's own that are not handed in yet, one of a course at most."""
    rows = list(_mine(actor).filter(closed_at=None).order_by("id"))
    asked = Question.objects.in_bulk({one for row in rows for one in row.drawn})
    return [_view(row, asked) for row in rows]


def _mine(actor: Actor) -> QuerySet[Attempt]:
    return Attempt.objects.select_related("course").filter(account=actor.account or 0)


def _view(row: Attempt, asked: Mapping[int, Question]) -> ExamView:
    questions = tuple(question_view(asked[one]) for one in row.drawn)
    ends = None if row.closed_at is None else row.closed_at.astimezone(clock.ZONE)
    begun = row.begun_at.astimezone(clock.ZONE)
    return ExamView(row.id, view_of(row.course), questions, row.needed, row.right, row.passed, begun, ends)


def sat(actor: Actor, course: int, *, year: int) -> tuple[int, UUID | None]:
    """How many exams of a course one has begun in a year, and the one that is open."""
    mine = Attempt.objects.filter(course=course, account=actor.account or 0)
    rows = list(mine.values_list("id", "begun_at", "closed_at"))
    standing = next((id_ for id_, _begun, closed in rows if closed is None), None)
    return sum(begun.astimezone(clock.ZONE).year == year for _id, begun, _closed in rows), standing
