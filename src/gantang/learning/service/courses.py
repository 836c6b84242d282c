"""Courses, their lessons and their bank of questions. By whoever administers the course's ground."""

import re
from datetime import datetime
from typing import Any

from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import work
from gantang.learning import errors
from gantang.learning.models import Course, Lesson, Question
from gantang.learning.service.common import home_of, must_run, own_course, record_course
from gantang.learning.types import NewCourse

_CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")
_BASIS, _ABOUT, _TITLE, _TEXT, _ASKED, _OPTION = 200, 4000, 120, 20_000, 500, 200


def set_course(*, actor: Actor, course: NewCourse, now: datetime) -> int:
    """Add a course to the actor's own ground, or say what is so of it from now on; the course's id.

    Exams that are open go on as they were drawn, certificates stay as they were issued. Errors:
    NotRunnerError, EntryError.
    """
    home, columns = home_of(actor), _columns(course)
    with work(actor) as w:
        row = Course.objects.select_for_update().filter(code=course.code).first()
        if row is None:
            row = Course(code=course.code, ground=home or "36", changed_at=now, **columns)
            w.add(row)
        else:
            must_run(actor, row.ground)
            for name, value in {**columns, "changed_at": now, "ended_on": None}.items():
                setattr(row, name, value)
            w.change(row, [*columns, "changed_at", "ended_on"])
        record_course(w, row, "set", {"hours": course.hours, "draws": course.draws}, now)
    return int(row.pk)


def end_course(*, actor: Actor, course: int, now: datetime) -> None:
    """Nobody begins it any more; what was passed stays. Errors: NoCourseError, NotRunnerError."""
    with work(actor) as w:
        row = own_course(actor, course)
        row.ended_on = now.date()
        w.change(row, ["ended_on"])
        record_course(w, row, "ended", {}, now)


def set_lesson(*, actor: Actor, course: int, position: int, title: str, text: str, now: datetime) -> None:
    """Put a lesson into its place, or say what stands there now. Errors: NoCourseError, NotRunnerError,
    EntryError."""
    title, text = title.strip(), text.strip()
    if not (1 <= position <= 99 and 0 < len(title) <= _TITLE and 0 < len(text) <= _TEXT) or "\0" in text:
        raise errors.wrong("lesson")
    with work(actor) as w:
        row = own_course(actor, course)
        lesson = Lesson.objects.filter(course=row, position=position).first()
        if lesson is None:
            w.add(Lesson(course=row, position=position, title=title, text=text))
        else:
            lesson.title, lesson.text, lesson.ended_on = title, text, None
            w.change(lesson, ["title", "text", "ended_on"])
        record_course(w, row, "lesson_set", {"position": position}, now)


def end_lesson(*, actor: Actor, course: int, position: int, now: datetime) -> None:
    """Take a lesson out. Errors: NoCourseError, NotRunnerError, EntryError."""
    with work(actor) as w:
        row = own_course(actor, course)
        found = Lesson.objects.filter(course=row, position=position, ended_on=None)
        if not found.update(ended_on=now.date()):
            raise errors.wrong("lesson")
        record_course(w, row, "lesson_ended", {"position": position}, now)


def add_question(
    *,
    actor: Actor,
    course: int,
    text: str,
    options: tuple[str, ...],
    right: frozenset[int],
    key: str,
    now: datetime,
) -> int:
    """Put a question into the bank; its id. The same key is one question. Errors: NoCourseError,
    NotRunnerError, EntryError, KeyReusedError."""
    text, options = _question(text, options, right)
    body = {"course": course, "text": text, "options": list(options), "right": sorted(right)}
    with work(actor) as w:
        row = own_course(actor, course)
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return int(claim.ref["question"])
        made = Question(course=row, text=text, options=list(options), right=sorted(right))
        w.add(made)
        w.flush()
        record_course(w, row, "question_added", {"question": made.pk}, now)
        claim.keep(201, {"question": made.pk})
    return int(made.pk)


def end_question(*, actor: Actor, course: int, question: int, now: datetime) -> None:
    """Exams draw it no longer; those that have it keep it. Errors: NoCourseError, NotRunnerError,
    EntryError."""
    with work(actor) as w:
        row = own_course(actor, course)
        found = Question.objects.filter(course=row, pk=question, ended_on=None)
        if not found.update(ended_on=now.date()):
            raise errors.wrong("question")
        record_course(w, row, "question_ended", {"question": question}, now)


def _columns(one: NewCourse) -> dict[str, Any]:
    if not _CODE.fullmatch(one.code):
        raise errors.wrong("code", one.code)
    zh, en = one.title.zh.strip(), one.title.en.strip()
    if not (0 < len(zh) <= 40 and 0 < len(en) <= 80):
        raise errors.wrong("words")
    if len(one.about) > _ABOUT or len(one.basis) > _BASIS or "\0" in one.about + one.basis:
        raise errors.wrong("text")
    _check_figures(one)
    figures = {name: getattr(one, name) for name in ("hours", "draws", "needed", "attempts", "months")}
    words = {"zh": zh, "en": en, "about": one.about.strip(), "basis": one.basis.strip()}
    return {**words, **figures, "literate": one.literate}


def _check_figures(one: NewCourse) -> None:
    exam = 0 <= one.hours <= 200 and 1 <= one.needed <= one.draws <= 100 and 1 <= one.attempts <= 20
    if not exam or not (one.months is None or 1 <= one.months <= 120):
        raise errors.wrong("figures")


def _question(text: str, options: tuple[str, ...], right: frozenset[int]) -> tuple[str, tuple[str, ...]]:
    text, options = text.strip(), tuple(one.strip() for one in options)
    closed = 2 <= len(options) <= 6 and len(set(options)) == len(options)
    fits = 0 < len(text) <= _ASKED and all(0 < len(one) <= _OPTION for one in options)
    key = bool(right) and right < frozenset(range(len(options)))
    if not (closed and fits and key) or "\0" in text + "".join(options):
        raise errors.wrong("question")
    return text, options
