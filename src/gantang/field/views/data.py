"""What the phone's script asks and sends."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gantang.faces import brakes
from gantang.faces import words as faces
from gantang.field import items, pieces, shapes, snapshot, tasks
from gantang.field import patrol as patrolled
from gantang.field import school as learnt
from gantang.field.guard import actor_for, answering, refusal
from gantang.files import service as files
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import ConflictError
from gantang.matters import queries
from gantang.matters.errors import MatterNotFoundError, StaleError


@gzip_page
@never_cache
@require_safe
@answering
def today(request: HttpRequest) -> HttpResponseBase:
    """All that the phone keeps for a day."""
    return JsonResponse(snapshot.today(request, now=clock.now()))


@gzip_page
@never_cache
@require_safe
@answering
def school(request: HttpRequest) -> HttpResponseBase:
    """The courses open to one's post with their lessons, and exams that one has begun."""
    return JsonResponse(learnt.school(actor_for(request), now=clock.now()))


@never_cache
@require_safe
@answering
def patrol(request: HttpRequest) -> HttpResponseBase:
    """The post's own shifts with their orders; what is said of them comes by the queue."""
    return JsonResponse(patrolled.watch(actor_for(request), now=clock.now()))


@never_cache
@require_POST
@answering
def exam(request: HttpRequest, course: int) -> HttpResponseBase:
    """Begin an exam of a course, or go on with the open one; it is handed in by the queue."""
    return JsonResponse(learnt.begun(actor_for(request), course, now=clock.now()))


@never_cache
@require_safe
@answering
def matter(request: HttpRequest, number: str) -> HttpResponseBase:
    """One matter in sight, found by its number or its square code."""
    actor = actor_for(request)
    brakes.searched(actor)
    found = queries.get(actor, number, now=clock.now())
    return JsonResponse(tasks.task(actor, found, now=clock.now()))


@never_cache
@require_POST
@answering
def item(request: HttpRequest) -> HttpResponseBase:
    """Take one item of the queue. The same key gets the same answer; a matter that others changed since comes
    back beside it (409)."""
    item = shapes.read(request.body)
    actor, now = actor_for(request, item.post), clock.now()
    try:
        done = items.take(actor, item, now=now)
    except StaleError as error:
        return refusal(error, now=_beside(actor, item))
    except ConflictError as error:
        return refusal(error)
    return JsonResponse({"key": item.key, "at": now.isoformat(), "said": _said(now), **done})


def _said(now: Any) -> str:
    return _("%(time)s收到") % {"time": faces.moment(now, now=now)}


def _beside(actor: Actor, item: shapes.ItemIn) -> dict[str, Any] | None:
    """The matter as it stands and what came since; nothing where it is out of sight."""
    if not isinstance(item.body, shapes.MoveIn):
        return None
    now = clock.now()
    try:
        found = queries.get(actor, item.body.matter, now=now)
    except MatterNotFoundError:
        return None
    task = tasks.task(actor, found, now=now)
    return task | {"since": tasks.since(actor, found, item.body.version, now=now)}


@never_cache
@require_http_methods(["PUT"])
@answering
def piece(request: HttpRequest, upload: str, n: int) -> HttpResponseBase:
    """Take a piece of a photo or a recording."""
    actor = actor_for(request)
    brakes.sent_file(actor)
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    data = request.read(min(length, files.WAITING_MOST + 1))
    return JsonResponse({"piece": pieces.take(actor, upload, n, data)})


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out. The app wipes what it kept; the browser forgets what it fetched."""
    get_adapter(request).logout(request)
    return HttpResponse(status=204, headers={"Clear-Site-Data": '"cache"'})
