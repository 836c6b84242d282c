"""The holders' pages of protected tips. To everybody else these addresses do not exist: no sign-in is asked
for, no refusal is told, the answer is that of any address that is none."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk.guard import frame
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError, NotFoundError
from gantang.matters.errors import TipNotFoundError
from gantang.matters.service import sealed
from gantang.matters.types import TipPage
from gantang.posts import queries as posts
from gantang.territory import queries as territory

View = Callable[..., HttpResponse]
COOKIE = "gantang_seal"
PDF = "application/pdf"
NOBODY_ABOVE = _("上面没有别的单位可以接手。有牵连的，请改由书面递交。")
#: As long as an opening can last, with the wait for the second holder.
SECONDS = 45 * 60


def cookie_name() -> str:
    """The name of that cookie here: bound to TLS where the site has it; it is of one address alone."""
    return f"__Secure-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE


def held(view: View) -> View:
    """Open a view to holders alone; what is not there for them is not there at all."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            raise Http404
        try:
            actor = actor_of(request)
            if not sealed.boxes_of(actor) and not sealed.may_take_over(actor):
                raise Http404
            return view(request, actor, *args, **kwargs)
        except NotFoundError:
            raise Http404 from None

    return never_cache(require_http_methods(["GET", "HEAD", "POST"])(answer))


def actor_of(request: HttpRequest) -> Actor:
    """Who is signed in, for the post acted for. Errors: TipNotFoundError for whoever holds none."""
    try:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if actor.post is None:
            raise TipNotFoundError
    except GantangError:
        raise TipNotFoundError from None
    return actor


@held
def tips(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The tips in hand, and what a holder sets: passphrase, recovery paper, conflicts, a successor."""
    if request.method == "POST":
        return _set(request, actor)
    return _tips(request, actor)


def _tips(
    request: HttpRequest,
    actor: Actor,
    *,
    error: GantangError | None = None,
    lines: tuple[str, ...] = (),
    box: int = 0,
) -> HttpResponse:
    now = clock.now()
    boxes = sealed.boxes_of(actor)
    colleagues = posts.posts(actor.unit or 0, now.date())
    context = {
        **frame(request, "sealed"),
        "tips": [(one, one.title.of(get_language() or "")) for one in sealed.listed(actor=actor, now=now)],
        "heard": sealed.heard(actor=actor, now=now),
        "boxes": boxes,
        "unit_boxes": sealed.unit_boxes(actor),
        "ready": all(one.public is not None for one in boxes),
        "declared": ", ".join(str(one) for one in sealed.declared(actor=actor)),
        "colleagues": [(one.id, one.title) for one in colleagues],
        "lines": lines,
        "lines_box": box,
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/sealed.html", context, status=error.status if error else 200)


def _set(request: HttpRequest, actor: Actor) -> HttpResponse:
    try:
        return _made(request, actor) or redirect("desk:sealed")
    except NotFoundError:
        raise
    except GantangError as error:
        return _tips(request, actor, error=error)


def _made(request: HttpRequest, actor: Actor) -> HttpResponse | None:
    """What the form asked for; an answer of its own where it gives something out."""
    given, now = request.POST, clock.now()
    box, word = _number(given.get("box", "")), given.get("passphrase", "")
    match given.get("act", ""):
        case "passphrase":
            sealed.set_passphrase(actor=actor, passphrase=word, now=now)
        case "conflicts":
            units = [_number(one) for one in given.get("units", "").replace("，", ",").split(",")]
            sealed.declare(actor=actor, units=[one for one in units if one], now=now)
        case "paper":
            lines = sealed.paper(actor=actor, box=box, passphrase=word, now=now)
            return _tips(request, actor, lines=lines, box=box)
        case "sheet":
            return _pdf(sealed.sheet(actor=actor, box=box, typed=given.get("typed", ""), now=now))
        case "hand_on":
            to = _number(given.get("to", ""))
            sealed.hand_on(actor=actor, box=box, passphrase=word, to=to, now=now)
        case "take_over":
            side, typed = given.get("side", ""), given.get("typed", "")
            sealed.take_over(actor=actor, box=box, side=side, typed=typed, now=now)
        case _:
            raise Http404
    return None


def _number(text: str) -> int:
    return int(text) if text.strip().isascii() and text.strip().isdigit() and len(text) < 18 else 0


@held
def tip(request: HttpRequest, actor: Actor, tip: UUID) -> HttpResponse:
    """One tip: closed, awaiting the other holder, or open to this browser while the opening lasts."""
    return _tip(request, actor, tip)


def _tip(request: HttpRequest, actor: Actor, tip: UUID, *, error: GantangError | None = None) -> HttpResponse:
    now = clock.now()
    page = sealed.page(actor=actor, tip=tip, passing=request.COOKIES.get(cookie_name(), ""), now=now)
    lang = get_language() or ""
    context = {
        **frame(request, "sealed"),
        "page": page,
        "title": page.line.title.of(lang),
        "reasons": _options(page, "opening_reason", lang),
        "moves": [
            (one.move, one.title.of(lang), one.allowed, _asked(page, one, lang), _against(one, lang))
            for one in page.moves
        ],
        "told": _told(page, lang),
        "said": [(one, _title(page, one.field, lang)) for one in page.read.said] if page.read else [],
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/sealed_tip.html", context, status=error.status if error else 200)


def _asked(page: TipPage, move: Any, lang: str) -> list[tuple[str, str, list[tuple[str, str]], bool]]:
    """What a move asks, in the pack's order: name, title, options, whether it is needed."""
    names = sorted((*move.asks, *move.optional), key=list(page.fields).index)
    return [
        (name, page.fields[name].title.of(lang), _options(page, name, lang), name in move.asks)
        for name in names
    ]


def _title(page: TipPage, field: str, lang: str) -> str:
    """What a field is called; nothing for words that answer none."""
    return page.fields[field].title.of(lang) if field in page.fields else ""


def _options(page: TipPage, name: str, lang: str) -> list[tuple[str, str]]:
    return [(one.code, one.words.of(lang)) for one in page.fields[name].options]


def _against(move: Any, lang: str) -> str:
    """Why not. Who holds a tip follows from no remit: what is lacking is a unit above."""
    return " ".join(
        str(NOBODY_ABOVE) if one.code == "guard.held" else one.sentence.of(lang) for one in move.refusals
    )


def _told(page: TipPage, lang: str) -> dict[str, str]:
    """What was asked, in words: the kind, the level, the unit and the place by their names."""
    told = {key: str(value) for key, value in page.read.told.items()} if page.read else {}
    named = {
        "of": dict(_options(page, "kind", lang)),
        "level": dict(zip("12345", [one[1] for one in _options(page, "accused", lang)][:0:-1], strict=True)),
    }
    told |= {key: words.get(told[key], told[key]) for key, words in named.items() if key in told}
    if "unit" in told:
        told["unit"] = posts.unit_names([int(told["unit"])]).get(int(told["unit"]), told["unit"])
    if "place" in told:
        told["place"] = " ".join(territory.path(told["place"])[1:])
    return told


@held
def opening(request: HttpRequest, actor: Actor, tip: UUID) -> HttpResponse:
    """One of the two passphrases, with its reason; the browser gets its passing key."""
    given, now = request.POST, clock.now()
    began = sealed.page(actor=actor, tip=tip, passing="", now=now)
    join = sealed.ask if began.side == "first" else sealed.join
    try:
        passing = join(
            actor=actor,
            tip=tip,
            passphrase=given.get("passphrase", ""),
            reason=given.get("reason", ""),
            now=now,
        )
    except NotFoundError:
        raise
    except GantangError as error:
        return _tip(request, actor, tip, error=error)
    response = redirect("desk:sealed_tip", tip)
    response.set_cookie(
        cookie_name(),
        passing,
        max_age=SECONDS,
        path=reverse("desk:sealed_tip", args=[tip]),
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@held
def closing(request: HttpRequest, actor: Actor, tip: UUID) -> HttpResponse:
    """End the opening for both browsers."""
    if request.method == "POST":
        sealed.close(actor=actor, tip=tip, now=clock.now())
    response = redirect("desk:sealed_tip", tip)
    response.delete_cookie(cookie_name(), path=reverse("desk:sealed_tip", args=[tip]))
    return response


@held
def move(request: HttpRequest, actor: Actor, tip: UUID, act: str) -> HttpResponse:
    """Make a move."""
    given, now = request.POST, clock.now()
    passing = request.COOKIES.get(cookie_name(), "")
    known = sealed.page(actor=actor, tip=tip, passing=passing, now=now)
    found = next((one for one in known.moves if one.move == act), None)
    if found is None or request.method != "POST":
        raise Http404
    answers = {name: given[name] for name in (*found.asks, *found.optional) if given.get(name, "").strip()}
    try:
        sealed.act(
            actor=actor,
            tip=tip,
            move=act,
            answers=answers,
            passing=passing,
            version=_number(given.get("version", "")),
            now=now,
        )
    except NotFoundError:
        raise
    except GantangError as error:
        return _tip(request, actor, tip, error=error)
    gone = act in ("declare_conflict", "second_declares")
    return redirect("desk:sealed") if gone else redirect("desk:sealed_tip", tip)


@held
def letter(request: HttpRequest, actor: Actor, tip: UUID) -> HttpResponse:
    """The letter of hand-over of an opened tip, set for this answer and kept nowhere."""
    if request.method != "POST":
        raise Http404
    passing = request.COOKIES.get(cookie_name(), "")
    try:
        return _pdf(sealed.letter(actor=actor, tip=tip, passing=passing, now=clock.now()))
    except NotFoundError:
        raise
    except GantangError as error:
        return _tip(request, actor, tip, error=error)


def _pdf(data: bytes) -> HttpResponse:
    """A paper under a name that says nothing."""
    return HttpResponse(
        data, content_type=PDF, headers={"Content-Disposition": 'inline; filename="paper.pdf"'}
    )


@held
def picture(request: HttpRequest, actor: Actor, tip: UUID, seq: int) -> HttpResponse:
    """A picture of an opened tip."""
    try:
        data = sealed.picture(
            actor=actor, tip=tip, seq=seq, passing=request.COOKIES.get(cookie_name(), ""), now=clock.now()
        )
    except GantangError:
        raise Http404 from None
    kinds = {b"\xff\xd8": "image/jpeg", b"\x89P": "image/png", b"RI": "image/webp"}
    return HttpResponse(data, content_type=kinds.get(data[:2], "application/octet-stream"))
