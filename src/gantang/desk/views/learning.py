"""Learning by whoever holds a post: courses, an exam that can be gone on with, one's certificates."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gantang.desk.admin import actor_of
from gantang.desk.guard import frame, staffed
from gantang.desk.learningforms import ExamForm
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.learning import queries, service
from gantang.learning.types import CertificateView


@never_cache
@require_safe
@staffed
def learning(request: HttpRequest) -> HttpResponse:
    """The courses open to one's post, and one's certificates."""
    actor, lang = actor_of(request), get_language() or ""
    context = {
        **frame(request, "learning"),
        "courses": [(one, one.name(lang)) for one in queries.courses(actor)],
        "certificates": [(one, one.title.of(lang)) for one in queries.mine(actor)],
    }
    return render(request, "desk/learning.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def course(request: HttpRequest, course: int) -> HttpResponse:
    """A course with its lessons; a post begins an exam, or goes on with the one that is open."""
    actor, one = actor_of(request), queries.course(actor_of(request), course)
    error: GantangError | None = None
    if request.method == "POST":
        try:
            return redirect("desk:exam", service.begin(actor=actor, course=course, now=clock.now()))
        except GantangError as refused:
            error = refused
    many, standing = queries.sat(actor, course, year=clock.now().year)
    context = {
        **frame(request, "learning"),
        "course": one,
        "name": one.name(get_language() or ""),
        "left": max(one.course.attempts - many, 0),
        "standing": standing,
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/learning_course.html", context, status=error.status if error else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def exam(request: HttpRequest, exam: UUID) -> HttpResponse:
    """One's exam: its questions until it is handed in, its result afterwards."""
    actor, one = actor_of(request), queries.exam(actor_of(request), exam)
    form = ExamForm(request.POST if request.method == "POST" else None, exam=one)
    error: GantangError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            service.submit(actor=actor, exam=exam, given=form.given(), now=clock.now())
            return redirect("desk:exam", exam)
        except GantangError as refused:
            error = refused
    context = {
        **frame(request, "learning"),
        "exam": one,
        "name": one.course.name(get_language() or ""),
        "form": form,
        "problem": problem(error) if error else None,
    }
    status = error.status if error else 422 if request.method == "POST" else 200
    return render(request, "desk/learning_exam.html", context, status=status)


@never_cache
@require_safe
@staffed
def certificate(request: HttpRequest, certificate: UUID) -> HttpResponse:
    """A certificate to print: one's own, or one of the ground that one administers."""
    return paper(request, queries.certificate(actor_of(request), certificate))


def paper(request: HttpRequest, one: CertificateView, *, status: int = 200, **more: object) -> HttpResponse:
    """The page of a certificate."""
    from gantang.desk.certificates import shown

    context = {**frame(request, "learning"), **shown(actor_of(request), one), **more}
    return render(request, "desk/learning_certificate.html", context, status=status)
