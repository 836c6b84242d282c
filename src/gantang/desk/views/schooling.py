"""Learning run by whoever administers: courses, lessons, questions, certificates and their removal."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gantang.desk.admin import actor_of, administered
from gantang.desk.guard import frame
from gantang.desk.learningforms import CourseForm, IssueForm, LessonForm, QuestionForm, RemovalForm
from gantang.desk.people import REASONS as OPENING
from gantang.desk.views.learning import paper
from gantang.faces.errors import problem
from gantang.kit import clock, keys
from gantang.kit.errors import GantangError
from gantang.learning import queries, service
from gantang.learning.errors import NoCertificateError
from gantang.learning.types import CertificateView
from gantang.territory import queries as territory
from gantang.vault import service as vault


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def courses(request: HttpRequest) -> HttpResponse:
    """The courses of one's own ground, and a new one."""
    form = CourseForm(request.POST if request.method == "POST" else None)
    error: GantangError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = service.set_course(actor=actor_of(request), course=form.course(), now=clock.now())
        except GantangError as one:
            error = one
        else:
            messages.success(request, _("存好了。接着加课和题。"))
            return redirect("desk:school-course", made)
    lang = get_language() or ""
    context = {
        **frame(request, "school"),
        "courses": [(one, one.name(lang)) for one in queries.run(actor_of(request))],
        "form": form,
        "open": request.method == "POST",
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/school.html", context, status=_status(request, error))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def course(request: HttpRequest, course: int) -> HttpResponse:
    """A course with its lessons and its bank; each form says by ``act`` what it does."""
    actor, act = actor_of(request), request.POST.get("act", "")
    one = queries.run_course(actor, course)
    forms = _forms(request, act, one)
    error: GantangError | None = None
    if act and (act not in forms or forms[act].is_valid()):
        try:
            _set(request, course, act, forms)
        except GantangError as refused:
            error = refused
        else:
            messages.success(request, _("存好了。"))
            return redirect("desk:school-course", course)
    context = {
        **frame(request, "school"),
        "course": one,
        "name": one.name(get_language() or ""),
        "forms": forms,
        "bank": queries.bank(actor, course),
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/school_course.html", context, status=_status(request, error))


def _forms(request: HttpRequest, act: str, one: Any) -> dict[str, Any]:
    given = {name: request.POST if act == name else None for name in ("course", "lesson", "question")}
    return {
        "course": CourseForm(given["course"], held=one),
        "lesson": LessonForm(given["lesson"], initial={"position": len(one.lessons) + 1}),
        "question": QuestionForm(given["question"]),
    }


def _set(request: HttpRequest, course: int, act: str, forms: dict[str, Any]) -> None:
    given: dict[str, Any] = {"actor": actor_of(request), "now": clock.now()}
    number = request.POST.get("number", "")
    place = int(number) if number.isdecimal() else 0
    if act == "course":
        service.set_course(course=forms[act].course(), **given)
    elif act == "lesson":
        service.set_lesson(course=course, **forms[act].cleaned_data, **given)
    elif act == "question":
        service.add_question(course=course, **forms[act].question(), **given)
    elif act == "end_lesson":
        service.end_lesson(course=course, position=place, **given)
    elif act == "end_question":
        service.end_question(course=course, question=place, **given)
    else:
        service.end_course(course=course, **given)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def certificates(request: HttpRequest) -> HttpResponse:
    """The newest certificates of one's own ground, those that wait for a review, and a new one."""
    actor, lang = actor_of(request), get_language() or ""
    literate = [one for one in queries.run(actor) if one.course.literate and not one.ended]
    given = request.POST if request.method == "POST" else None
    form = IssueForm(given, courses=[(one.id, one.name(lang)) for one in literate])
    error: GantangError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = service.issue(actor=actor, **form.issue(), now=clock.now())
        except GantangError as one:
            error = one
        else:
            return redirect("desk:certificate", made)
    within = request.GET.get("within", "")[:15]
    context = {
        **frame(request, "school"),
        "within": within,
        "waits": _lines(queries.issued(actor, waiting=True)),
        "lines": _lines(queries.issued(actor, within=within)),
        "form": form,
        "open": request.method == "POST",
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/school_certificates.html", context, status=_status(request, error))


@never_cache
@require_POST
@administered
def removal(request: HttpRequest, certificate: UUID) -> HttpResponse:
    """Ask for the removal of a certificate, or decide what another asked."""
    one, act = queries.certificate(actor_of(request), certificate), request.POST.get("act", "")
    form = RemovalForm(request.POST)
    given: dict[str, Any] = {"actor": actor_of(request), "certificate": certificate}
    try:
        if act in ("uphold", "refuse"):
            service.decide_removal(**given, upheld=act == "uphold", now=clock.now())
        elif form.is_valid():
            service.ask_removal(**given, reason=form.cleaned_data["reason"], now=clock.now())
        else:
            return paper(request, one, status=422)
    except GantangError as error:
        return paper(request, one, status=error.status, problem=problem(error))
    return redirect("desk:certificate", certificate)


@never_cache
@require_POST
@administered
def holder(request: HttpRequest, certificate: UUID) -> HttpResponse:
    """Open the holder's name for this answer alone; who, when and why is on the ledger."""
    actor = actor_of(request)
    one, reason = queries.certificate(actor, certificate), request.POST.get("reason", "")
    if one.entry is None or not queries.runs(actor, one):
        raise NoCertificateError
    if reason not in OPENING:
        return paper(request, one, status=422)
    name = vault.open_field(
        actor=actor,
        city=keys.city_of(one.id),
        matter=one.id,
        entry=one.entry,
        field="name",
        reason=reason,
        holds_duty=True,
        now=clock.now(),
    )
    return paper(request, one, opened=name)


def _lines(found: list[CertificateView]) -> list[tuple[CertificateView, str, str]]:
    names = territory.names({one.ground for one in found})
    lang = get_language() or ""
    return [(one, one.title.of(lang), names.get(one.ground, one.ground)) for one in found]


def _status(request: HttpRequest, error: GantangError | None) -> int:
    return error.status if error else 422 if request.method == "POST" else 200
