"""The programs that act for one's own post: a token taken or changed, shown once; a program taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import staffing
from gantang.desk.admin import actor_of
from gantang.desk.guard import frame, staffed
from gantang.desk.overlap import HOURS, overlap_of
from gantang.faces.errors import problem
from gantang.identity import queries
from gantang.identity import service as identity
from gantang.identity.errors import ClientMissingError
from gantang.identity.types import ClientView
from gantang.kit import clock
from gantang.kit.errors import GantangError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def programs(request: HttpRequest) -> HttpResponse:
    """The programs of the post that one acts for; a post takes a token, changes it, or takes it back."""
    if request.method != "POST":
        return _page(request)
    try:
        client = _own(request)
        if request.POST.get("act") != "revoke":
            return _page(request, given={"name": client.name, "token": _renewed(request, client)})
        identity.disable_client(actor=actor_of(request), client=client.id, now=clock.now())
    except GantangError as error:
        return _page(request, error=error)
    messages.success(request, _("程序%(name)s的密钥收回了。") % {"name": client.name})
    return redirect("desk:programs")


def _renewed(request: HttpRequest, client: ClientView) -> str:
    overlap = overlap_of(request.POST)
    return identity.renew_client(actor=actor_of(request), client=client.id, overlap=overlap, now=clock.now())


def _own(request: HttpRequest) -> ClientView:
    """A program of the post that one acts for. Errors: ClientMissingError."""
    number = request.POST.get("client", "")
    found = next((one for one in _clients(request) if str(one.id) == number), None)
    if found is None:
        raise ClientMissingError
    return found


def _clients(request: HttpRequest) -> list[ClientView]:
    post = actor_of(request).post
    return queries.clients_of(post) if post is not None else []


def _page(
    request: HttpRequest, *, given: dict[str, str] | None = None, error: GantangError | None = None
) -> HttpResponse:
    context = {
        **frame(request, "me"),
        "clients": staffing.lines(_clients(request), clock.now()),
        "hours": HOURS,
        "given": given,
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/programs.html", context, status=error.status if error else 200)
