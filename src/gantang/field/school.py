"""The school on the phone: courses with their lessons, and one's exams as they were drawn, to be read and
answered with no signal. Beginning an exam and handing it in are the server's."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gantang.faces import words
from gantang.field import forms
from gantang.field.shapes import ExamIn
from gantang.kit.actor import Actor
from gantang.learning import queries, service
from gantang.learning.types import CertificateView, CourseView, ExamView, QuestionView


def school(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """What the post may learn, whole, and one's certificates in force. Errors: as ``queries.courses``."""
    exams = {one.course.id: one for one in queries.open_exams(actor)}
    return {
        "now": now.isoformat(),
        "courses": [_course(one, exams.get(one.id)) for one in queries.courses(actor, whole=True)],
        "papers": [_paper(one) for one in queries.mine(actor) if one.state == "valid"],
    }


def begun(actor: Actor, course: int, *, now: datetime) -> dict[str, Any]:
    """An exam of a course, drawn now or gone on with. Errors: those of ``learning.service.begin``."""
    return _exam(queries.exam(actor, service.begin(actor=actor, course=course, now=now)))


def hand_in(actor: Actor, body: ExamIn, *, now: datetime) -> dict[str, Any]:
    """What came of it, in words. Errors: those of ``learning.service.submit``."""
    given = {int(one): frozenset(chosen) for one, chosen in body.given.items()}
    passed = service.submit(actor=actor, exam=body.exam, given=given, now=now)
    return {"number": "", "shown": _("通过了") if passed else _("没有通过"), "due": "", "warnings": []}


def _course(one: CourseView, exam: ExamView | None) -> dict[str, Any]:
    course = one.course
    said = _("%(hours)s学时 · 考%(draws)s题，答对%(needed)s题通过")
    return {
        "id": one.id,
        "title": one.name(forms.lang()),
        "about": course.about,
        "figures": said % {"hours": course.hours, "draws": course.draws, "needed": course.needed},
        "lessons": [{"id": each.id, "title": each.title, "text": each.text} for each in one.lessons],
        "exam": _exam(exam) if exam else None,
    }


def _paper(one: CertificateView) -> dict[str, str]:
    day = words.day(one.lapses_on, weekday=False) if one.lapses_on else ""
    until = _("到%(day)s前") % {"day": day} if day else _("长期")
    return {"title": one.title.of(forms.lang()), "until": until}


def _exam(exam: ExamView) -> dict[str, Any]:
    asked = [_question(place, one) for place, one in enumerate(exam.questions, 1)]
    return {"id": str(exam.id), "course": exam.course.id, "fields": asked}


def _question(place: int, one: QuestionView) -> dict[str, Any]:
    """As the phone draws the questions of a pack."""
    return {
        "name": str(one.id),
        "kind": "choices" if one.many else "choice",
        "title": f"{place}. {one.text}",
        "help": _("不止一个对。") if one.many else "",
        "required": True,
        "options": [[str(number), text] for number, text in enumerate(one.options)],
    }
