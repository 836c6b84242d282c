"""Units, posts, sign-ins and programs for whoever administers: seen, barred and let in again, taken back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import staffing
from gantang.desk.admin import actor_of, administered, home_of
from gantang.desk.guard import frame
from gantang.faces.errors import problem
from gantang.identity import service as identity
from gantang.kit import clock
from gantang.kit.errors import ForbiddenError, GantangError
from gantang.kit.work import work
from gantang.posts import service as posts

#: What a form on the page asks for, of what is answered by a password.
NEW, AGAIN = "new", "password"
#: What asks for a new program of a post.
ORDER = "order"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def accounts(request: HttpRequest) -> HttpResponse:
    """The posts of a unit with their sign-ins; a post bars one, lets it in again or takes a program back."""
    error: GantangError | None = None
    if request.method == "POST" and request.POST.get("act") in (NEW, AGAIN):
        return _given(request)
    program = staffing.ProgramForm(request.POST) if request.POST.get("act") == ORDER else None
    if program is not None and not program.is_valid():
        return _page(request, program=program, status=422)
    if request.method == "POST":
        try:
            messages.success(request, _ordered(request, program) if program else _done(request))
        except GantangError as one:
            error = one
        else:
            return redirect(reverse("desk:accounts") + "?" + urlencode(_here(request)))
    return _page(request, program=program, error=error, status=error.status if error else 200)


def _ordered(request: HttpRequest, form: staffing.ProgramForm) -> str:
    """A program for a post of the own ground; its token is taken by whoever holds the post."""
    actor, given = actor_of(request), form.cleaned_data
    post = staffing.post_of_ours(home_of(actor), request.POST.get("post", ""))
    identity.order_client(
        actor=actor,
        name=given["name"],
        post=post.id,
        scopes=given["scopes"],
        expires_at=form.expires_at(),
        now=clock.now(),
    )
    return _("开好了。密钥由任这个岗的人在自己的“岗位”页领取，只显示一次。")


def _given(request: HttpRequest) -> HttpResponse:
    """A new account for a vacant post, or a password to begin anew: shown on this one answer alone."""
    form = staffing.NewForm(request.POST) if request.POST.get("act") == NEW else None
    if form is not None and not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        name, password = _made(request, form.cleaned_data["username"]) if form else _anew(request)
    except GantangError as error:
        return _page(request, form=form, error=error, status=error.status)
    return _page(request, given={"name": name, "password": password})


def _made(request: HttpRequest, username: str) -> tuple[str, str]:
    """All of it or nothing: the account, its post from today, its first password."""
    actor, now = actor_of(request), clock.now()
    post = staffing.vacant_of_ours(home_of(actor), request.POST.get("post", ""), now.date())
    with work(actor):
        account = identity.make_account(actor=actor, username=username, password=None, now=now)
        posts.appoint(actor=actor, post=post.id, account=account, valid_from=now.date(), now=now)
        return username.strip(), identity.give_first_password(actor=actor, account=account, now=now)


def _anew(request: HttpRequest) -> tuple[str, str]:
    """Errors: AccountMissingError, NotYoursError; one's own is changed on its own page."""
    actor, now = actor_of(request), clock.now()
    account = staffing.account_of_ours(home_of(actor), request.POST.get("account", ""), now.date())
    if account.id == actor.account:
        raise ForbiddenError
    return account.username, identity.give_first_password(actor=actor, account=account.id, now=now)


def _page(
    request: HttpRequest,
    *,
    form: staffing.NewForm | None = None,
    program: staffing.ProgramForm | None = None,
    given: dict[str, str] | None = None,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    home, today = home_of(actor_of(request)), clock.now().date()
    asked = _here(request)
    context = {
        **frame(request, "accounts"),
        **staffing.shown(home, unit=asked["unit"], post=asked["post"], on=today),
        "own": actor_of(request).account,
        "new_form": form or staffing.NewForm(),
        "program_form": program or staffing.ProgramForm(),
        "given": given,
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/accounts.html", context, status=status)


def _here(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name) or request.GET.get(name, "") for name in ("unit", "post")}


def _done(request: HttpRequest) -> str:
    actor, now, given = actor_of(request), clock.now(), request.POST
    home, act = home_of(actor), given.get("act", "")
    if act == "revoke":
        client = staffing.client_of_ours(home, given.get("post", ""), given.get("client", ""))
        identity.disable_client(actor=actor, client=client.id, now=now)
        return _("程序%(name)s的密钥收回了。") % {"name": client.name}
    account = staffing.account_of_ours(home, given.get("account", ""), now.date())
    if act == "enable":
        identity.enable(actor=actor, account=account.id, now=now)
        return _("%(name)s又能登录了。") % {"name": account.username}
    identity.disable(actor=actor, account=account.id, now=now)
    return _("%(name)s不能登录了，已登录的也退出了。") % {"name": account.username}
