"""Who one is at the desk: the post one acts for, light or dark, density, language."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gantang.desk.devices import devices_of
from gantang.desk.guard import frame
from gantang.faces.acting import POST_KEY, account_of, must_choose
from gantang.faces.errors import told
from gantang.identity import service as identity
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.posts import queries as posts

_YEAR = 365 * 24 * 3600


@require_safe
@login_required
@told
def me(request: HttpRequest) -> HttpResponse:
    """The posts one holds, and how the desk looks."""
    if must_choose(request):
        return redirect("account_change_password")
    held = posts.posts_of(account_of(request), clock.now().date())
    words = {
        "no_post": _("现在没有岗位"),
        "no_post_hint": _("没有岗位就看不到事项。请联系本单位管理员核对任职。"),
    }
    context = {
        **frame(request, "me"),
        **words,
        "held": held,
        "current": request.session.get(POST_KEY),
        "devices": devices_of(request),
    }
    return render(request, "desk/me.html", context)


@require_POST
@login_required
@told
def switch(request: HttpRequest) -> HttpResponse:
    """Act for another post from now on; the ledger keeps the switch."""
    if must_choose(request):
        return redirect("account_change_password")
    given, now = request.POST.get("post", ""), clock.now()
    account = account_of(request)
    if given.isdigit():
        before = request.session.get(POST_KEY)
        actor = posts.actor_of(account=account, post=int(given), on=now.date())
        if before != actor.post:
            identity.note_post(actor=actor, post=int(given), now=now)
        request.session[POST_KEY] = int(given)
    return redirect("desk:queue")


@require_POST
@login_required
@told
def end(request: HttpRequest, device: int) -> HttpResponse:
    """Sign one of one's devices out, at once."""
    account = account_of(request)
    actor = Actor(client=f"account:{account}", account=account)
    identity.end_device(actor=actor, device=device, now=clock.now())
    messages.success(request, _("那台设备已经退出。"))
    return redirect("desk:me")


@require_POST
@login_required
@told
def prefer(request: HttpRequest) -> HttpResponse:
    """Keep light or dark, how close rows stand, and the language."""
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    density = request.POST.get("density", "")
    identity.prefer(actor=request.actor, language=language, theme=theme, density=density)  # type: ignore[attr-defined]
    response = redirect("desk:me")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=_YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return response
