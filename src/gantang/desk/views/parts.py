"""What stands beside the moves of a matter: people, messages, links, files."""

import secrets
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gantang.desk.guard import staffed
from gantang.desk.people import FIELDS, REASONS, Opened
from gantang.desk.views.matter import show
from gantang.faces import brakes
from gantang.faces.serving import served
from gantang.kit import clock, numbers
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError, NotFoundError
from gantang.matters import queries
from gantang.matters import service as matters


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def person(request: HttpRequest, number: str, person: int, field: str) -> HttpResponse:
    """Ask for a reason, then open one field for this answer alone; who, when and why is on the ledger."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if field not in FIELDS:
        raise NotFoundError
    reason = request.POST.get("reason", "")
    if request.method != "POST" or reason not in REASONS:
        return show(request, number, opened=Opened(person, field))
    found = queries.get(actor, number, now=clock.now())
    value = matters.open_person(
        actor=actor, matter=found.id, person=person, field=field, reason=reason, now=clock.now()
    )
    return show(request, number, opened=Opened(person, field, value))


@require_POST
@staffed
def say(request: HttpRequest, number: str) -> HttpResponse:
    """Send a message to the reporter."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    words = request.POST.get("words", "").strip()
    found = queries.get(actor, number, now=clock.now())
    try:
        matters.send(actor=actor, matter=found.id, words=words, key=_key(request), now=clock.now())
    except GantangError as error:
        return show(request, number, error=error, said=words)
    messages.success(request, _("发出了。"))
    return redirect("desk:matter", number=number)


@require_POST
@staffed
def link(request: HttpRequest, number: str) -> HttpResponse:
    """Tie another matter in sight to this one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    try:
        other = queries.get(actor, numbers.parse(request.POST.get("other", "")), now=now)
        found = queries.get(actor, number, now=now)
        kind = "gate" if request.POST.get("kind") == "gate" else "related"
        matters.link(actor=actor, matter=found.id, other=other.id, kind=kind, key=_key(request), now=now)
    except GantangError as error:
        return show(request, number, error=error)
    messages.success(request, _("关联了%(number)s。") % {"number": numbers.show(other.number)})
    return redirect("desk:matter", number=number)


@require_POST
@staffed
def remove(request: HttpRequest, number: str) -> HttpResponse:
    """Ask that a matter or a file with a secret be removed, or confirm what a colleague asked for."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.get(actor, number, now=now)
    try:
        if request.POST.get("confirm") == "yes":
            matters.confirm_removal(actor=actor, matter=found.id, key=_key(request), now=now)
            messages.success(request, _("清除了，只留下办理记录。"))
        else:
            file = request.POST.get("file", "")
            chosen = _uuid(file) if file else None
            matters.ask_removal(actor=actor, matter=found.id, file=chosen, key=_key(request), now=now)
            messages.success(request, _("提出了，等另一名负责或督办岗确认。"))
    except GantangError as error:
        return show(request, number, error=error)
    return redirect("desk:matter", number=number)


@require_POST
@staffed
def legal_hold(request: HttpRequest, number: str) -> HttpResponse:
    """Keep a matter's people and words from being erased, put the day of review off, or lift that."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.get(actor, number, now=now)
    at: dict[str, Any] = {"actor": actor, "matter": found.id, "key": _key(request), "now": now}
    try:
        if request.POST.get("lift") == "yes":
            matters.lift_legal_hold(**at)
            messages.success(request, _("恢复按期删除了。"))
        else:
            review_on = parse_date(request.POST.get("review_on", "")) or now.date()
            reason = request.POST.get("reason", "")
            matters.place_legal_hold(**at, reason=reason, review_on=review_on)
            messages.success(request, _("暂停删除了，到复查日期请看看还要不要留。"))
    except GantangError as error:
        return show(request, number, error=error)
    return redirect("desk:matter", number=number)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundError from None


@require_POST
@staffed
def attach(request: HttpRequest, number: str) -> HttpResponse:
    """Add a file; it is stripped, then sealed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    file, now = request.FILES.get("file"), clock.now()
    found = queries.get(actor, number, now=now)
    if file is None:
        return redirect("desk:matter", number=number)
    try:
        brakes.sent_file(actor)
        public = request.POST.get("public") == "yes"
        matters.attach(
            actor=actor,
            matter=found.id,
            data=cast("BinaryIO", file),
            public=public,
            shows_place=request.POST.get("shows_place") == "yes",
            key=_key(request),
            now=now,
        )
    except GantangError as error:
        return show(request, number, error=error)
    messages.success(request, _("传好了。"))
    return redirect("desk:matter", number=number)


@never_cache
@require_safe
@staffed
def attachment(request: HttpRequest, number: str, attachment: UUID) -> HttpResponseBase:
    """A file's bytes, through the same sight as the matter."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.get(actor, number, now=clock.now())
    file = queries.attachment(actor, found.id, attachment)
    return served(request, file.content, media=file.media, name=f"{number}-{attachment.hex[-6:]}")


def _key(request: HttpRequest) -> str:
    return request.POST.get("key") or secrets.token_urlsafe(16)
