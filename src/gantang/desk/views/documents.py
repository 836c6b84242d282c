"""The documents of a matter: read, and corrected by a new version in their place."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gantang.desk.guard import staffed
from gantang.desk.papers import correcting
from gantang.desk.views.matter import show
from gantang.faces.rows import wants_more
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.errors import MatterNotFoundError

PDF = "application/pdf"


@never_cache
@require_safe
@staffed
def document(request: HttpRequest, number: str, document: UUID) -> HttpResponse:
    """A document, through the same sight as its matter; that it was read is on the ledger."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.document(actor, queries.in_sight(actor, number), document, now=clock.now())
    return HttpResponse(found.data, content_type=PDF, headers={"Content-Disposition": "inline"})


@never_cache
@require_safe
@staffed
def case_file(request: HttpRequest, number: str) -> HttpResponse:
    """The case file as one PDF, bound as the matter stands."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    made = queries.case_file(actor, queries.in_sight(actor, number), now=clock.now())
    return HttpResponse(made, content_type=PDF, headers={"Content-Disposition": "inline"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def correct(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Ask what is wrong and why; a post issues the next version."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.get(actor, number, now=clock.now())
    if kind not in {one.kind for one in queries.documents(actor, found.id)}:
        raise MatterNotFoundError
    given = request.POST if request.method == "POST" else None
    asked = correcting(found, kind, given, key=request.POST.get("key", ""))
    if asked is None:
        raise MatterNotFoundError
    more = given is not None and wants_more(given)
    if given is None or more or not asked["form"].is_valid():
        response = show(request, number, correcting=asked)
        response.status_code = 200 if given is None or more else 422
        return response
    answers = asked["form"].cleaned_answers()
    try:
        matters.correct(
            actor=actor,
            matter=found.id,
            kind=kind,
            reason=answers.pop("reason"),
            answers=answers,
            key=asked["key"] or secrets.token_urlsafe(16),
            now=clock.now(),
        )
    except GantangError as error:
        return show(request, number, correcting=asked, error=error)
    messages.success(request, _("更正好了，旧的一份留着，注明已由新版代替。"))
    return redirect("desk:matter", number=number)
