"""The only way to see suggestions: for a matter that the caller was shown, so always in its sight."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Max

from gantang.advice.models import Model, Suggestion
from gantang.advice.rules import packing, weights
from gantang.advice.rules.weights import Weights
from gantang.advice.types import Card, Kept, Likely, Suggested
from gantang.kit import crypto
from gantang.kit.actor import Actor, is_apart
from gantang.kit.work import reading
from gantang.matters.types import MatterView

#: The newest model as this process has read it.
_held: tuple[int, Weights] | None = None


def suggest(matter: MatterView) -> Suggested | None:
    """At most three classes for a matter, with the pieces of its gist that spoke most for the first; None
    without a model, for what is sealed, and where the model is too unsure to speak."""
    return None if is_apart(matter.scope) else suggest_for(matter.gist)


def suggest_for(text: str) -> Suggested | None:
    """The same for words as they are typed, before there is a matter: nothing is kept of them."""
    found = _newest()
    if found is None:
        return None
    model, held = found
    likely = weights.offered(held, text)
    if not likely:
        return None
    spans = weights.because(held, text, likely[0][0])
    said = tuple(text[start:end] for start, end in spans)
    return Suggested(model, tuple(Likely(*one) for one in likely), said, tuple(spans))


def kept(actor: Actor, matter: MatterView, ids: Iterable[UUID]) -> dict[UUID, Kept]:
    """The suggestions of a matter's steps, by id. The pieces are read from the gist that stands: none
    where it is another one by now."""
    wanted = list(ids)
    if not wanted:
        return {}
    with reading(actor, ids=[matter.id]):
        rows = list(Suggestion.objects.filter(city=matter.city, matter_id=matter.id, id__in=wanted))
    mark = crypto.mac("gist", matter.gist.encode())
    return {row.id: _kept(row, matter.gist if bytes(row.gist) == mark else "") for row in rows}


def card() -> Card | None:
    """The model in use and its figures; None before the first training."""
    row = Model.objects.order_by("-id").only("id", "made_at", "card").first()
    return None if row is None else Card(model=row.pk, made_at=row.made_at, **row.card)


def _kept(row: Suggestion, gist: str) -> Kept:
    likely = tuple(Likely(code, share / 1000) for code, share in row.offered)
    because = tuple(gist[start:end] for start, end in row.because) if gist else ()
    return Kept(row.model, likely, because, row.decided)


def _newest() -> tuple[int, Weights] | None:
    """The newest model: asked for by number each time, read once in a process."""
    global _held
    newest = Model.objects.aggregate(newest=Max("id"))["newest"]
    if newest is None:
        return None
    held = _held
    if held is None or held[0] != newest:
        held = _held = (newest, packing.unpack(bytes(Model.objects.get(pk=newest).weights)))
    return held
