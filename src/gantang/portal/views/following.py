"""Perhaps somebody told it already: open matters of the neighbourhood, and a code to follow one."""

import hashlib
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gantang.faces.errors import told
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.portal import held, human, places, throttle, visitor
from gantang.portal.views.slip import square

SALT = "portal.near"
SECONDS = 3600


class GoneError(GantangError):
    """What was offered is not offered any more."""

    status = 409
    code = "portal.near_gone"
    sentence = _("这件事已经办好，或者不再公开了。")
    remedy = _("请退回去，接着写您的这一件。")


@require_POST
@never_cache
@told
def near(request: HttpRequest) -> HttpResponse:
    """What is much alike nearby: a region of the form. The words come in the body, never in an address."""
    return render(request, "portal/parts/near.html", {"near": offered(request), "now": clock.now()})


def offered(request: HttpRequest) -> list[tuple[str, object]]:
    """Each offer with the signed word by which it is followed; none once somebody asked too often."""
    words, ground = request.POST.get("words", "")[:4000], places.chosen(request.POST.dict())
    if not words.strip() or len(ground) < places.VILLAGE or not throttle.may_look(request):
        return []
    found = queries.near(ground=ground, words=words, now=clock.now())
    return [(signing.dumps(one.matter.hex, salt=SALT), one) for one in found]


@require_POST
@never_cache
@told
def follow(request: HttpRequest) -> HttpResponse:
    """A code that follows, shown once; the same form sent twice gives the same code."""
    now, token = clock.now(), request.POST.get("token", "")
    human.check(token, request.POST.get("found", ""), now=now)
    throttle.report(request)
    client = f"follow:{hashlib.sha256(human.read(token).encode()).hexdigest()}"
    try:
        matter = UUID(hex=signing.loads(request.POST.get("follow", ""), salt=SALT, max_age=SECONDS))
        receipt = matters.follow(
            actor=Actor(client=client), matter=matter, key=f"follow-{human.read(token)}", now=now
        )
    except (signing.BadSignature, GantangError):
        raise GoneError from None
    code = receipt.access_code or ""
    context = {"now": now, "receipt": receipt, "access_code": code, "qr": square(code), "follows": True}
    response = render(request, "portal/receipt.html", context)
    held.MATTER.forget(response)
    visitor.meet(request, response, now=now)
    return response
