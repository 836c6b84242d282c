"""Intake on behalf: by phone or at the counter, on one screen, with a sentence to read aloud at the end."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gantang.desk import choices, heard
from gantang.desk.forms import IntakeForm
from gantang.desk.guard import frame, staffed
from gantang.faces import names, words
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError, InvalidError
from gantang.matters import service as matters
from gantang.matters.errors import warnings_of
from gantang.matters.types import Contact, Receipt, Report

#: Channels of the portal and of programs are not chosen by hand.
BY_ITSELF = ("portal", "api", "import")
_STARTS = ("place", "class_code", "channel")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def intake(request: HttpRequest) -> HttpResponse:
    """The form; a post takes the matter in, shows what to read aloud, and an empty form for the next call."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    offered = _offered(actor)
    if request.method != "POST":
        return _page(request, IntakeForm(initial=_start(request), **offered))
    form = IntakeForm(request.POST, **offered)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        receipt = _take_in(actor, form)
    except InvalidError as error:
        return _page(request, form, error=error, status=422)
    return _page(request, IntakeForm(**offered), done=_aloud(receipt))


@never_cache
@require_POST
@staffed
def beside(request: HttpRequest) -> HttpResponse:
    """What follows from what is typed so far; a post, so that no word stands in an address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    given = {name: request.POST.get(name, "").strip() for name in ("words", "ground", "class_code")}
    villages = dict(choices.villages(actor, clock.now().date()))
    ground = given["ground"] if given["ground"] in villages else ""
    shown = heard.shown(
        actor, words=given["words"][:4000], ground=ground, klass=given["class_code"][:64], now=clock.now()
    )
    return render(request, "desk/parts/beside.html", {"now": clock.now(), **shown})


def _start(request: HttpRequest) -> dict[str, str]:
    """What another page of the desk fills in: where, what kind, how it came. A choice that is none stays
    empty."""
    return {name: request.GET.get(name, "")[:60] for name in _STARTS if request.GET.get(name)}


def _offered(actor: Actor) -> dict[str, Any]:
    on = clock.now().date()
    channels = [(code, title) for code, title in names.channels().items() if code not in BY_ITSELF]
    return {"grounds": choices.villages(actor, on), "channels": channels, "classes": choices.classes()}


def _take_in(actor: Actor, form: IntakeForm) -> Receipt:
    given = form.cleaned_data
    reporter = Contact(name=given["name"], phone=given["phone"], email=given["email"])
    report = Report(
        words=given["words"],
        channel=given["channel"],
        class_code=given["class_code"],
        ground=given["ground"],
        place=given["place"],
        reporter=reporter if reporter.known() else None,
        anonymous=not reporter.known(),
        on_behalf=True,
        urgent=given["danger"] == "now",
    )
    key = given["key"] or secrets.token_urlsafe(16)
    return matters.intake(actor=actor, report=report, key=key, now=clock.now())


def _aloud(receipt: Receipt) -> dict[str, Any]:
    """What is read to the caller: the number, and until when somebody decides who handles it."""
    due = words.moment(receipt.due_at, now=clock.now()) if receipt.due_at else ""
    after = _("，我再说一遍。%(due)s前定下由哪个单位办。”") % {"due": due} if due else _("，我再说一遍。”")
    return {
        "before": _("“您的事项编号是"),
        "number": receipt.number,
        "after": after,
        "warnings": warnings_of(receipt.warnings),
    }


def _page(
    request: HttpRequest,
    form: IntakeForm,
    *,
    error: GantangError | None = None,
    done: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **frame(request, "intake"),
        "form": form,
        "done": done,
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/intake.html", context, status=status)
