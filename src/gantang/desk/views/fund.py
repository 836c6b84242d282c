"""The books of good samaritans' funds: those in sight, a book, a line, its years, a table to take along."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gantang.desk import countforms
from gantang.desk import fundlines as shown
from gantang.desk.admin import actor_of, home_of
from gantang.desk.fundforms import EntryForm, FundForm, ReversalForm, which_of
from gantang.desk.guard import frame, staffed
from gantang.faces import brakes
from gantang.faces.errors import problem
from gantang.fund import errors, queries, service
from gantang.fund.types import AWAITING, Which, write_yuan
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.posts import queries as posts
from gantang.sheets import service as sheets

#: So many lines that wait are shown above the book.
WAITING = 12


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def funds(request: HttpRequest) -> HttpResponse:
    """The funds in sight; an administering post opens one."""
    actor, lang = actor_of(request), get_language() or ""
    form = FundForm(request.POST or None, units=_units(actor), initial={"opened_on": clock.now().date()})
    error: GantangError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            service.make_fund(actor=actor, **form.fund(), now=clock.now())
            return redirect("desk:funds")
        except GantangError as refused:
            error = refused
    found, names = queries.funds(actor), posts.unit_names
    made = queries.made(actor) if actor.admin and actor.unit is not None else []
    units = names([one.unit for one in (*found, *made)])
    context = {
        "lines": [(one, one.name(lang), units[one.unit], write_yuan(one.balance)) for one in found],
        "made": [(one.name(lang), units[one.unit]) for one in made],
        "form": form if actor.admin else None,
    }
    return _page(request, "desk/funds.html", error, **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def book(request: HttpRequest, fund: int) -> HttpResponse:
    """A fund's book, newest first, with what waits; a post enters a line."""
    actor, now = actor_of(request), clock.now()
    one, rights = queries.fund(actor, fund), queries.rights(actor, fund)
    given = request.POST if request.method == "POST" else None
    kinds = shown.choices(now.date())
    form = EntryForm(given, actor=actor, now=now, kinds=kinds, initial={"on": now.date()})
    error = _entered(request, fund, form)
    if request.method == "POST" and error is None and form.is_valid():
        return redirect("desk:fund", fund)
    which = which_of(request.GET, shown.kinds())
    page = queries.entries(actor, fund, which, cursor=request.GET.get("after") or None)
    waits = queries.entries(actor, fund, Which(AWAITING), size=WAITING)
    context = {
        **_head(one, rights),
        "which": which,
        "kinds": shown.kinds().items(),
        "years": range(now.year, one.opened_on.year - 1, -1),
        "states": [(state, sign.word) for state, sign in shown.SIGNS.items()],
        "lines": shown.lines(page.items),
        "next": page.next,
        "query": _query(request),
        "waits": shown.lines(waits.items) if which.state != AWAITING else [],
        "form": form if rights.enters else None,
        "why": errors.NotKeeperError(),
        "open": request.method == "POST",
    }
    return _page(request, "desk/fund.html", error, **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def entry(request: HttpRequest, fund: int, entry: UUID) -> HttpResponse:
    """One line: who entered and decided it; another approves or refuses it, a keeper takes it back."""
    actor, now, act = actor_of(request), clock.now(), request.POST.get("act", "")
    form = ReversalForm(request.POST if act == "reverse" else None, initial={"on": now.date()})
    error: GantangError | None = None
    if request.method == "POST":
        try:
            if _done(actor, entry, act, form):
                messages.success(request, _("存好了。"))
                return redirect("desk:fund", fund)
        except GantangError as refused:
            error = refused
    home, one = queries.entry(actor, entry)
    if home != fund:
        raise errors.NoEntryError
    rights = queries.rights(actor, fund)
    context = {
        **_head(queries.fund(actor, fund), rights),
        "line": shown.lines([one])[0],
        "people": shown.people(one),
        "whys": shown.whys(actor, rights, one),
        "form": form,
    }
    return _page(request, "desk/fund_entry.html", error, **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def years(request: HttpRequest, fund: int) -> HttpResponse:
    """The years with income and use by kind; one is closed by two people, and published."""
    actor, now = actor_of(request), clock.now()
    error: GantangError | None = None
    if request.method == "POST":
        try:
            if _year_done(actor, fund, request.POST.get("act", ""), request.POST.get("year", "")):
                messages.success(request, _("存好了。"))
                return redirect("desk:fund_years", fund)
        except GantangError as refused:
            error = refused
    rights = queries.rights(actor, fund)
    found = queries.years(actor, fund, now=now)
    context = {
        **_head(queries.fund(actor, fund), rights),
        "lines": shown.years(found, actor, rights, today=now.date()),
    }
    return _page(request, "desk/fund_years.html", error, **context)


@never_cache
@require_safe
@staffed
def sheet(request: HttpRequest, fund: int, form: str) -> StreamingHttpResponse:
    """The book as it is narrowed, as CSV or as a workbook. Errors: NoFundError."""
    actor = actor_of(request)
    one = queries.fund(actor, fund)
    brakes.searched(actor)
    rows = shown.rows(queries.every(actor, fund, which_of(request.GET, shown.kinds())))
    name = f"{one.name(get_language() or '')}-{clock.now():%Y%m%d}.{form}"
    if form == "xlsx":
        return countforms.workbook(name, shown.heads(), rows, sheet=_("账页"))
    answer = StreamingHttpResponse(
        sheets.write_csv(shown.heads(), rows), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def _entered(request: HttpRequest, fund: int, form: EntryForm) -> GantangError | None:
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        actor, key = actor_of(request), form.sent_key()
        service.enter(actor=actor, fund=fund, entry=form.entry(), key=key, now=clock.now())
    except GantangError as error:
        return error
    messages.success(request, _("记好了，等另一个人审核。"))
    return None


def _done(actor: Actor, entry: UUID, act: str, form: ReversalForm) -> bool:
    now = clock.now()
    if act in ("approve", "refuse"):
        service.decide(actor=actor, entry=entry, upheld=act == "approve", now=now)
        return True
    if act != "reverse" or not form.is_valid():
        return False
    given = form.cleaned_data
    service.reverse(
        actor=actor, entry=entry, on=given["on"], basis=given["basis"], key=form.sent_key(), now=now
    )
    return True


def _year_done(actor: Actor, fund: int, act: str, written: str) -> bool:
    number = int(written) if written.isascii() and written.isdigit() and len(written) == 4 else 0
    given: dict[str, Any] = {"actor": actor, "fund": fund, "year": number, "now": clock.now()}
    if act == "ask":
        service.ask_close(**given)
    elif act in ("close", "refuse"):
        service.decide_close(**given, upheld=act == "close")
    elif act == "publish":
        service.publish(**given)
    else:
        return False
    return True


def _head(one: Any, rights: Any) -> dict[str, Any]:
    name = one.name(get_language() or "")
    return {"fund": one, "name": name, "balance": write_yuan(one.balance), "rights": rights}


def _units(actor: Actor) -> list[tuple[int, str]]:
    """The own unit, and those of the same level on its ground."""
    if not actor.admin or actor.unit is None:
        return []
    home = home_of(actor)
    beside = posts.units(home.ground, on=clock.now().date(), level=home.level)
    return list({one.id: one.name for one in (home, *beside)}.items())


def _query(request: HttpRequest) -> str:
    """The filters without the place in the list, for the next page and for the table."""
    given = request.GET.copy()
    given.pop("after", None)
    return given.urlencode()


def _page(request: HttpRequest, template: str, error: GantangError | None, **more: Any) -> HttpResponse:
    context = {**frame(request, "fund"), "problem": problem(error) if error else None, **more}
    status = error.status if error else 422 if request.method == "POST" else 200
    return render(request, template, context, status=status)
