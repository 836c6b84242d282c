"""The books of good samaritans' funds: those in sight, a book, a table to take along."""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gantang.desk import countforms
from gantang.desk import fundlines as shown
from gantang.desk.admin import actor_of, home_of
from gantang.desk.fundforms import EntryForm, FundForm, which_of
from gantang.desk.fundpages import head, page
from gantang.desk.guard import staffed
from gantang.faces import brakes
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
    return page(request, "desk/funds.html", error, **context)


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
    found = queries.entries(actor, fund, which, cursor=request.GET.get("after") or None)
    waits = queries.entries(actor, fund, Which(AWAITING), size=WAITING)
    context = {
        **head(one, rights),
        "which": which,
        "kinds": shown.kinds().items(),
        "years": range(now.year, one.opened_on.year - 1, -1),
        "states": [(state, sign.word) for state, sign in shown.SIGNS.items()],
        "lines": shown.lines(found.items),
        "next": found.next,
        "query": _query(request),
        "waits": shown.lines(waits.items) if which.state != AWAITING else [],
        "form": form if rights.enters else None,
        "why": errors.NotKeeperError(),
        "open": request.method == "POST",
    }
    return page(request, "desk/fund.html", error, **context)


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
