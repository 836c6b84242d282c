"""Following a matter with its access code: public steps, deadlines, one's own messages, the verdict."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gantang.faces.errors import problem, told
from gantang.faces.rows import wants_more
from gantang.faces.serving import served
from gantang.kit import clock, keys, numbers
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError, InvalidError, NotFoundError
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.errors import CodeNotFoundError
from gantang.matters.types import Tracked
from gantang.portal import held, throttle, visitor
from gantang.portal.forms import SayForm, Tokened, VerdictForm, WillingForm, new_token
from gantang.portal.story import Story, story

View = Callable[..., HttpResponseBase]
PDF = "application/pdf"
#: What a form carries beside what somebody wrote.
_CARRIED = frozenset({"csrfmiddlewaretoken", "token", "kind", "solved", "rating", "said"})


class VisitOverError(GantangError):
    """The code of the visit is no longer held, and something was sent on it."""

    status = 401
    code = "portal.visit_over"
    sentence = _("这一页开了一小时以上，刚才写的还没有收下。")
    remedy = _("请再输一次查询码，把下面的话再交一次。")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told
def track(request: HttpRequest) -> HttpResponse:
    """The story of the code this visit holds; a post enters a code."""
    if request.method == "POST":
        return _enter(request)
    code = held.MATTER.read(request)
    if not code:
        return render(request, "portal/track_find.html", {"now": clock.now(), "given": ""})
    return _story(request, code)


@never_cache
@require_safe
@told
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """The way in from a square code: the code leaves the address at once."""
    return _enter(request, code)


def _enter(request: HttpRequest, given: str | None = None) -> HttpResponse:
    """Take a code, from a form or an address, or say that it leads nowhere, in the same words for every
    wrong one."""
    try:
        given = held.entered(request) if given is None else given
        code = _known(request, given, request.POST.get("number", ""))
    except GantangError as error:
        context = {"now": clock.now(), "given": (given or "")[:40], "problem": problem(error)}
        context["asks_number"] = isinstance(error, throttle.TooManyTriesError)
        return render(request, "portal/track_find.html", context, status=error.status)
    response = redirect("portal:track")
    held.MATTER.hold(response, code)
    visitor.meet(request, response, now=clock.now())
    return response


def _known(request: HttpRequest, given: str, number: str) -> str:
    """The code as it is kept. Errors: CodeNotFoundError, TooManyTriesError while whoever asks is paused and
    does not name the matter as well."""
    try:
        code = keys.normal_code(given)
    except InvalidError:
        raise CodeNotFoundError from None
    if number:
        return _with_number(code, number)
    throttle.check(request)
    try:
        queries.track(code, now=clock.now())
    except NotFoundError:
        throttle.wrong(request)
        raise CodeNotFoundError from None
    return code


def _with_number(code: str, number: str) -> str:
    """Both are right, or it is told in the same words what neither is."""
    try:
        if queries.track(code, now=clock.now()).number == numbers.parse(number):
            return code
    except (InvalidError, NotFoundError):
        pass
    raise CodeNotFoundError


def coded(view: View) -> View:
    """Wrap a view that needs the code of this visit."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        code = held.MATTER.read(request)
        if code:
            return view(request, code, *args, **kwargs)
        return _over(request) if request.method == "POST" else redirect("portal:track")

    return never_cache(told(answer))


def _over(request: HttpRequest) -> HttpResponse:
    """Ask for the code again, with what was written on the page, so that no word is lost."""
    sent = request.POST.dict()
    wrote = [str(sent[name]) for name in sent if name not in _CARRIED and str(sent[name]).strip()]
    context = {"now": clock.now(), "given": "", "problem": problem(VisitOverError()), "wrote": wrote}
    return render(request, "portal/track_find.html", context, status=VisitOverError.status)


def _done() -> HttpResponse:
    """The story again; the address tells the page's script that what was typed has arrived."""
    return redirect(f"{reverse('portal:track')}#done")


@require_POST
@coded
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Solved, with stars if wanted; or not solved, with the reason."""
    form = VerdictForm(request.POST, request.FILES)
    if not form.is_valid():
        return _story(request, code, verdict=form, status=422)
    given = form.cleaned_data
    if given["solved"] == "yes":
        answers = {"rating": given["rating"]} if given["rating"] else {}
        return _act(request, code, "confirm", answers, form)
    objection = {"objection": given["reason"]}
    return _act(request, code, "object", objection, form, files=given["files"])


@require_POST
@coded
def say(request: HttpRequest, code: str) -> HttpResponse:
    """A sentence to the centre; an answer to its question makes the clock run again."""
    form = SayForm(request.POST, request.FILES)
    if not form.is_valid():
        return _story(request, code, saying=form, status=422)
    if form.cleaned_data["kind"] == "answer":
        given = form.cleaned_data
        supplement = {"supplement": given["words"]}
        return _act(request, code, "supplement", supplement, form, files=given["files"])
    try:
        _said(code, form.cleaned_data)
    except GantangError as error:
        return _story(request, code, saying=form, error=error, status=error.status)
    return _done()


def _said(code: str, given: dict[str, Any]) -> None:
    actor, matter = matters.open_by_code(code)
    _attach(actor, matter, given["files"], token=given["token"])
    if given["words"].strip():
        matters.send(actor=actor, matter=matter, words=given["words"], key=given["token"], now=clock.now())


def _attach(actor: Actor, matter: UUID, files: Iterable[Any], *, token: str) -> None:
    """The pictures first: a sentence that says "see the picture" is not read before it is there."""
    for n, file in enumerate(files):
        matters.attach(
            actor=actor, matter=matter, data=file, public=False, key=f"{token}.{n}", now=clock.now()
        )


@require_POST
@coded
def willing(request: HttpRequest, code: str) -> HttpResponse:
    """Take part in the mediation, or refuse; it may be said again while the matter is open."""
    form = WillingForm(request.POST)
    if not form.is_valid():
        return _story(request, code, taking_part=form, status=422)
    actor, matter = matters.open_by_code(code)
    given = form.cleaned_data
    try:
        matters.say_willing(
            actor=actor,
            matter=matter,
            willing=given["said"] == "yes",
            key=given["token"],
            now=clock.now(),
        )
    except GantangError as error:
        return _story(request, code, error=error, status=error.status)
    return redirect("portal:track")


@require_http_methods(["GET", "HEAD", "POST"])
@coded
def move(request: HttpRequest, code: str, move: str) -> HttpResponse:
    """Any other move the reporter may make now (withdraw, ask to reopen): its own page, then the act."""
    tracked = queries.track(code, now=clock.now())
    shown = story(tracked, now=clock.now())
    form_class = shown.form_of(move)
    if form_class is None:
        return redirect("portal:track")
    form = form_class(request.POST or None, initial={"token": new_token()})
    more = wants_more(request.POST)
    if more:
        form = form_class.as_typed(request.POST)
    if request.method != "POST" or more or not form.is_valid():
        context = {
            "now": clock.now(),
            "tracked": tracked,
            "title": shown.title_of(move),
            "move": move,
            "form": form,
        }
        return render(request, "portal/move.html", context, status=422 if form.is_bound else 200)
    return _act(request, code, move, form.cleaned_answers(), form)


@require_safe
@coded
def attachment(request: HttpRequest, code: str, attachment: UUID) -> HttpResponseBase:
    """A public file of the matter, or one's own."""
    actor, matter = matters.open_by_code(code)
    file = queries.attachment(actor, matter, attachment)
    return served(request, file.content, media=file.media, name=f"file-{attachment.hex[-6:]}")


@require_safe
@coded
def document(request: HttpRequest, code: str, document: UUID) -> HttpResponse:
    """A document that is for whoever holds the code."""
    actor, matter = matters.open_by_code(code)
    found = queries.document(actor, matter, document, now=clock.now())
    return HttpResponse(found.data, content_type=PDF, headers={"Content-Disposition": "inline"})


@require_POST
@never_cache
def forget(request: HttpRequest) -> HttpResponse:
    """Drop the code from this browser."""
    response = redirect("portal:home")
    held.MATTER.forget(response)
    return response


def _act(
    request: HttpRequest,
    code: str,
    name: str,
    answers: dict[str, Any],
    form: forms.Form,
    *,
    files: Iterable[Any] = (),
) -> HttpResponse:
    """Make a move as the reporter, the pictures first; a refusal is shown above the story with all its
    reasons."""
    actor, matter = matters.open_by_code(code)
    token = form.cleaned_data["token"]
    try:
        _attach(actor, matter, files, token=token)
        matters.act(actor=actor, matter=matter, move=name, answers=answers, key=token, now=clock.now())
    except GantangError as error:
        verdict = form if isinstance(form, VerdictForm) else None
        saying = form if isinstance(form, SayForm) else None
        return _story(request, code, verdict=verdict, saying=saying, error=error, status=error.status)
    return _done()


def _story(
    request: HttpRequest,
    code: str,
    *,
    verdict: Tokened | None = None,
    saying: Tokened | None = None,
    taking_part: Tokened | None = None,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    try:
        tracked: Tracked = queries.track(code, now=now)
    except NotFoundError:  # taken back or erased since
        response = redirect("portal:track")
        held.MATTER.forget(response)
        return response
    shown: Story = story(tracked, now=now, verdict=verdict, saying=saying, taking_part=taking_part)
    context = {"now": now, "tracked": tracked, "story": shown, "problem": problem(error) if error else None}
    return render(request, "portal/track.html", context, status=status)
