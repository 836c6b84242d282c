"""Courses, for the posts of their ground and for whoever administers it."""

from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet

from gantang.engine import Words
from gantang.kit.actor import Actor
from gantang.learning.errors import NoCourseError, NoPostError, NotRunnerError
from gantang.learning.models import Course, Lesson, Question
from gantang.learning.types import CourseView, LessonView, NewCourse, QuestionView
from gantang.posts import queries as posts


def courses(actor: Actor, *, whole: bool = False) -> list[CourseView]:
    """What is open to the actor's post, by name; the ``whole`` of it with lessons. Errors: NoPostError."""
    ground = ground_of(actor)
    rows = _rows().filter(ended_on=None)
    rows = rows.prefetch_related(_lessons()) if whole else rows
    return [view_of(row, row.lessons.all() if whole else ()) for row in rows if open_to(row, ground)]


def course(actor: Actor, number: int) -> CourseView:
    """One that is open to the actor's post, with its lessons. Errors: NoCourseError, NoPostError."""
    row = _rows().prefetch_related(_lessons()).filter(pk=number).first()
    if row is None or not open_to(row, ground_of(actor)):
        raise NoCourseError
    return view_of(row, row.lessons.all())


def run(actor: Actor) -> list[CourseView]:
    """Those of the actor's own ground and below, ended ones too. Errors: NotRunnerError."""
    return [view_of(row) for row in _rows().filter(ground__startswith=home(actor))]


def run_course(actor: Actor, number: int) -> CourseView:
    """One of them with its lessons. Errors: NoCourseError, NotRunnerError."""
    row = _rows().prefetch_related(_lessons()).filter(pk=number).first()
    if row is None or not row.ground.startswith(home(actor)):
        raise NoCourseError
    return view_of(row, row.lessons.all())


def bank(actor: Actor, number: int) -> list[QuestionView]:
    """The questions of a course that one administers, with what is right. Errors: as ``run_course``."""
    run_course(actor, number)
    rows = Question.objects.filter(course=number, ended_on=None).order_by("id")
    return [question_view(row, told=True) for row in rows]


def open_to(row: Course, ground: str) -> bool:
    """Whether a post on this ground may take it."""
    return row.ended_on is None and ground.startswith(row.ground)


def ground_of(actor: Actor) -> str:
    """The ground of the unit that one acts for. Errors: NoPostError."""
    if actor.unit is None:
        raise NoPostError
    return posts.unit(actor.unit).ground


def home(actor: Actor) -> str:
    """The ground that one administers. Errors: NotRunnerError."""
    if not actor.admin:
        raise NotRunnerError
    return ground_of(actor) if actor.unit is not None else ""


def question_view(row: Question, *, told: bool = False) -> QuestionView:
    """A question; ``told`` says what is right."""
    right = frozenset(row.right)
    return QuestionView(row.pk, row.text, tuple(row.options), right if told else frozenset(), len(right) > 1)


def view_of(row: Course, lessons: Iterable[Lesson] = ()) -> CourseView:
    """A row as the room hands it out."""
    figures = (row.hours, row.draws, row.needed, row.attempts, row.months, row.literate)
    course = NewCourse(row.code, Words(row.zh, row.en), *figures, row.about, row.basis)
    shown = tuple(LessonView(one.pk, one.position, one.title, one.text) for one in lessons)
    return CourseView(
        row.pk, row.ground, course, row.ended_on is not None, shown, int(getattr(row, "bank", 0))
    )


def _rows() -> QuerySet[Course]:
    asked = Count("questions", filter=Q(questions__ended_on=None))
    return Course.objects.annotate(bank=asked).order_by("zh", "id")


def _lessons() -> "Prefetch[str]":
    return Prefetch("lessons", queryset=Lesson.objects.filter(ended_on=None).order_by("position"))
