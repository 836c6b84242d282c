"""Making a move: its form on the matter's page, then the act. What was typed is never lost."""

import secrets
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang import engine
from gantang.advice import service as advice
from gantang.desk import advising, agenda, causing, contents, rectifying, standards
from gantang.desk import panel as panels
from gantang.desk.guard import staffed
from gantang.desk.views.matter import show
from gantang.faces.forms import Questions
from gantang.faces.rows import wants_more
from gantang.kit import clock, numbers
from gantang.kit.actor import Actor
from gantang.kit.errors import ConflictError, GantangError, InvalidError, RefusedError
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.types import MatterView
from gantang.procedures import queries as procedures

#: What an address may fill in: the class that was suggested, the matter that this one is the same as.
NAMED = ("class", "into")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def move(request: HttpRequest, number: str, move: str) -> HttpResponse:
    """The form of a move; a post makes it and goes on to the next matter of the list it came from."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.get(actor, number, now=clock.now())
    possible = _possible(actor, found, move)
    if request.method == "POST" and (agenda.DRAW in request.POST or wants_more(request.POST)):
        form = _form_class(found, possible).as_typed(_drawn(actor, found, possible, request.POST))
        return show(
            request, number, doing=_doing(request, found, possible, form, request.POST.get("key", ""))
        )
    form = _form_class(found, possible)(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        form.initial = _first(request, found, form)
        return show(request, number, doing=_doing(request, found, possible, form, secrets.token_urlsafe(16)))
    if not form.is_valid():
        response = show(
            request, number, doing=_doing(request, found, possible, form, request.POST.get("key", ""))
        )
        response.status_code = 422
        return response
    try:
        _act(request, actor, found, possible, form)
    except (ConflictError, RefusedError, InvalidError) as error:
        return _again(request, number, possible, form, error)
    messages.success(
        request,
        _("%(number)s：%(move)s。") % {"number": numbers.show(number), "move": possible.title.of(_lang())},
    )
    return redirect(_next(request, number))


def _drawn(actor: Actor, found: MatterView, possible: engine.Possible, typed: QueryDict) -> QueryDict:
    """What was typed, with what was drawn from other matters, if the form takes any."""
    field = agenda.field_of(possible, procedures.by_hash(found.procedure_hash))
    if field is None or agenda.DRAW not in typed:
        return typed
    return agenda.drawn(actor, field, typed, now=clock.now())


def _offered(
    request: HttpRequest, actor: Actor, found: MatterView, possible: engine.Possible
) -> list[agenda.Group] | None:
    """What may be drawn into the form; None where it takes nothing of the kind."""
    field = agenda.field_of(possible, procedures.by_hash(found.procedure_hash))
    if field is None or not possible.allowed:
        return None
    typed = _drawn(actor, found, possible, request.POST)
    return agenda.offered(actor, found, field, typed, now=clock.now())


def _first(request: HttpRequest, found: MatterView, form: Questions) -> dict[str, Any]:
    """What the address fills in."""
    named = {name: request.GET[name] for name in NAMED if name in request.GET}
    named |= rectifying.first(form, found, request.GET)
    return named | standards.filled(form, request.GET.get("standard", ""), clock.now().date())


def _possible(actor: Actor, found: MatterView, name: str) -> engine.Possible:
    """The move as the actor finds it; one the procedure does not know is not there."""
    known = queries.possible_moves(actor, found.id, now=clock.now()).possible
    possible = next((one for one in known if one.move == name), None)
    if possible is None:
        raise MatterNotFoundError
    return possible


def _form_class(found: MatterView, possible: engine.Possible) -> type[Questions]:
    procedure = procedures.by_hash(found.procedure_hash)
    klass = panels.first_class(found, advising.advised(found, possible))
    return panels.form_of(found, possible, procedure, klass=klass, now=clock.now())


def _doing(
    request: HttpRequest, found: MatterView, possible: engine.Possible, form: Questions, key: str
) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    refusals = () if possible.allowed else tuple(one.sentence.of(_lang()) for one in possible.refusals)
    return {
        "move": possible.move,
        "title": possible.title.of(_lang()),
        "because": possible.because.of(_lang()) if possible.because else "",
        "refusals": refusals,
        "key": key,
        "session": _session(request),
        "version": found.version,
        "form": form,
        "contents": contents.contents_of(found, possible, form) if possible.allowed else None,
        "remit": panels.remit_of(found, possible, klass=_class_in(form), now=clock.now()),
        "standards": standards.offered(form),
        "agenda": _offered(request, actor, found, possible),
        "find": request.POST.get(agenda.FIND, ""),
        "advised": advising.advised(found, possible),
        "alike": panels.twins(actor, found, possible, now=clock.now()),
        "cause": causing.asked_with(actor, found, possible.move, typed=request.POST.dict(), now=clock.now()),
        "merges": panels.may_merge(panels.open_moves(actor, found, now=clock.now())),
    }


def _class_in(form: Questions) -> str:
    """The class that the form shows, "" where it asks for none."""
    return str(form["class"].value() or "") if "class" in form.fields else ""


def _act(
    request: HttpRequest, actor: Actor, found: MatterView, possible: engine.Possible, form: Questions
) -> None:
    """What was decided on an older state than the one that stands now is refused; sent twice, it is done
    once and answered alike."""
    version = request.POST.get("version", "")
    key = request.POST.get("key") or secrets.token_urlsafe(16)
    matters.act(
        actor=actor,
        matter=found.id,
        move=possible.move,
        answers=form.cleaned_answers(),
        key=key,
        now=clock.now(),
        version=int(version) if version.isdecimal() else None,
        suggestion=_suggestion(request, actor, found),
        cause=request.POST.get(causing.NAME, "")[:64],
        session=_session(request),
    )


def _session(request: HttpRequest) -> int | None:
    """The planned session of which the move is the record, from the address, then from the form."""
    told = request.POST.get("session-no") or request.GET.get("session-no", "")
    return int(told) if told.isdecimal() and len(told) < 4 else None


def _suggestion(request: HttpRequest, actor: Actor, found: MatterView) -> UUID | None:
    """The suggestion that stood on the form, kept for the record; none for a matter that went on since."""
    model = request.POST.get("suggestion", "")
    if not model.isdecimal() or request.POST.get("version") != str(found.version):
        return None
    return advice.keep(actor=actor, matter=found, model=int(model), now=clock.now())


def _again(
    request: HttpRequest, number: str, possible: engine.Possible, form: Questions, error: GantangError
) -> HttpResponse:
    """The page as it stands now, the error, and the form as typed; the next try has its own key."""
    found = queries.get(request.actor, number, now=clock.now())  # type: ignore[attr-defined]
    return show(
        request, number, doing=_doing(request, found, possible, form, secrets.token_urlsafe(16)), error=error
    )


def _next(request: HttpRequest, number: str) -> str:
    """Back to the list with the next row chosen when the move was made there, else to the matter; who let go
    of it and sees it no more comes to the list."""
    back, after = request.POST.get("back", ""), request.POST.get("after", "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        path, _sep, query = back.partition("?")
        kept = QueryDict(query, mutable=True)
        kept.pop("at", None)
        if after:
            kept["at"] = after
        return f"{path}?{kept.urlencode()}"
    try:
        queries.get(request.actor, number, now=clock.now())  # type: ignore[attr-defined]
    except MatterNotFoundError:
        return reverse("desk:queue")
    return reverse("desk:matter", args=[number])


def _lang() -> str:
    return get_language() or "zh-hans"
