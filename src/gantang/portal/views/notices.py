"""Public notices: what is planned, until when one may say something, and what came of it."""

import hashlib
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gantang.faces.errors import problem, told
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.portal import booked, human
from gantang.portal.bookforms import CommentForm
from gantang.portal.forms import new_token
from gantang.posts import queries as posts
from gantang.reception import queries, service
from gantang.reception.types import Receipt


@require_safe
@told
def notices(request: HttpRequest) -> HttpResponse:
    """Those that one can still comment on first."""
    now = clock.now()
    found = queries.notices(now=now)
    names = posts.unit_names(one.unit for one in found)
    lines = [(one, names.get(one.unit, ""), one.until > now) for one in found]
    return render(request, "portal/notices.html", {"now": now, "lines": lines})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told
def notice(request: HttpRequest, notice: UUID) -> HttpResponse:
    """A notice; a post takes a comment in and shows its receipt."""
    queries.notice(notice)
    if request.method != "POST":
        return _page(request, notice, CommentForm(initial={"token": new_token()}))
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, notice, form, status=422)
    try:
        human.check(request.POST.get("token", ""), form.cleaned_data["found"], now=clock.now())
        booked.count(request)
        receipt = _say(form, notice)
    except human.OldPageError as error:
        fresh = CommentForm({**request.POST.dict(), "token": new_token()})
        return _page(request, notice, fresh, error=error, status=error.status)
    except GantangError as error:
        return _page(request, notice, form, error=error, status=error.status)
    return _page(request, notice, None, receipt=receipt)


def _say(form: CommentForm, notice: UUID) -> Receipt:
    token = form.cleaned_data["token"]
    actor = Actor(client=f"form:{hashlib.sha256(token.encode()).hexdigest()}")
    words = form.cleaned_data["words"]
    return service.comment(actor=actor, notice=notice, words=words, key=token, now=clock.now())


def _page(
    request: HttpRequest,
    notice: UUID,
    form: CommentForm | None,
    *,
    receipt: Receipt | None = None,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    now, one = clock.now(), queries.notice(notice)
    context = {
        "now": now,
        "notice": one,
        "unit": posts.unit_names([one.unit]).get(one.unit, ""),
        "open": one.until > now,
        "form": form,
        "receipt": receipt,
        "bits": human.BITS,
        "problem": problem(error) if error else None,
    }
    return render(request, "portal/notice.html", context, status=status)
