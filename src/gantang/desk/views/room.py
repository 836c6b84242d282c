"""The mediation room of a matter: its sessions, who comes, the agreement, and who signed it."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gantang.desk import people, sessions, signing
from gantang.desk.admin import actor_of
from gantang.desk.guard import frame, staffed
from gantang.desk.panel import offers, open_moves
from gantang.desk.sessionforms import SignForm, wrong
from gantang.faces import brakes, vocabulary
from gantang.kit import clock
from gantang.kit.errors import GantangError, NotFoundError
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.types import MatterView
from gantang.procedures import queries as procedures

AGREEMENT = "agreement"


@never_cache
@require_safe
@staffed
def room(request: HttpRequest, number: str) -> HttpResponse:
    """The room. A matter whose procedure holds no sessions has none."""
    return _room(request, number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def sign(request: HttpRequest, number: str, document: UUID, signer: str) -> HttpResponse:
    """Take a signature on the standing agreement."""
    actor, found = actor_of(request), _talked(request, number)
    form = SignForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _signing(request, found, signer, form)
    key = form.cleaned_data["key"] or secrets.token_urlsafe(16)
    try:
        given = form.given(signer, _scan(request, found, form, key))
        matters.sign(actor=actor, matter=found.id, document=document, given=given, key=key, now=clock.now())
    except GantangError as error:
        return _signing(request, found, signer, form, error)
    messages.success(request, _("签好了。"))
    return redirect("desk:room", number=number)


@never_cache
@require_POST
@staffed
def witness(request: HttpRequest, number: str, document: UUID) -> HttpResponse:
    """Witness what waits for it; once everybody signed, the page of signatures is issued."""
    actor, found = actor_of(request), _talked(request, number)
    key = request.POST.get("key") or secrets.token_urlsafe(16)
    try:
        matters.witness(actor=actor, matter=found.id, document=document, key=key, now=clock.now())
    except GantangError as error:
        return _room(request, number, error)
    messages.success(request, _("见证好了。"))
    return redirect("desk:room", number=number)


@never_cache
@require_POST
@staffed
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Issue the page of signatures."""
    found = _talked(request, number)
    key = request.POST.get("key") or secrets.token_urlsafe(16)
    try:
        matters.issue_signatures(actor=actor_of(request), matter=found.id, key=key, now=clock.now())
    except GantangError as error:
        return _room(request, number, error)
    messages.success(request, _("签署页出好了。"))
    return redirect("desk:room", number=number)


def _scan(request: HttpRequest, found: MatterView, form: SignForm, key: str) -> UUID | None:
    """The page that was signed on paper, kept as an attachment of the matter."""
    file = form.cleaned_data["scan"]
    if file is None or form.cleaned_data["way"] != "paper":
        return None
    actor = actor_of(request)
    brakes.sent_file(actor)
    return matters.attach(
        actor=actor, matter=found.id, data=file, public=False, key=f"{key[:60]}.scan", now=clock.now()
    )


def _room(request: HttpRequest, number: str, error: GantangError | None = None) -> HttpResponse:
    actor, now, found = actor_of(request), clock.now(), _talked(request, number)
    procedure = procedures.by_hash(found.procedure_hash)
    allowed = open_moves(actor, found, now=now)
    known = {name for name, move in procedure.moves.items() if AGREEMENT in move.documents}
    agreeing = [one for one in allowed if one.move in known]
    record = queries.record_move(found.procedure_hash)
    context = {
        **frame(request, "sessions"),
        "matter": found,
        "sign": vocabulary.matter_sign(found.status),
        "state": procedure.states[found.state].title.of(get_language() or "zh-hans"),
        "room": sessions.shown(actor, found, now=now),
        "people": people.shown(actor, found, None),
        "signing": signing.shown(actor, found),
        "agreeing": offers(agreeing),
        "record": record if any(one.move == record for one in allowed) else "",
        "may": bool(found.duties) and found.ended_at is None,
        "has_case_file": bool(procedure.case_file),
        "key": secrets.token_urlsafe(16),
        "problem": wrong(error) if error else None,
    }
    return render(request, "desk/room.html", context, status=error.status if error else 200)


def _talked(request: HttpRequest, number: str) -> MatterView:
    found = queries.get(actor_of(request), number, now=clock.now())
    if not queries.has_sessions(found.procedure_hash):
        raise NotFoundError
    return found


def _signing(
    request: HttpRequest, found: MatterView, signer: str, form: SignForm, error: GantangError | None = None
) -> HttpResponse:
    known = queries.signing(actor_of(request), found.id)
    if known is None or signer not in known.signers:
        raise NotFoundError
    context = {
        **frame(request, "sessions"),
        "matter": found,
        "form": form,
        "agreement": known,
        "who": signing.title_of(signer, queries.people(actor_of(request), found.id)),
        "problem": wrong(error) if error else None,
    }
    status = error.status if error else 422 if form.is_bound else 200
    return render(request, "desk/sign.html", context, status=status)
