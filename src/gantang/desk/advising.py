"""What `advice` suggests for a matter, in words; and on its story, what was suggested and what decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from gantang import engine
from gantang.advice import queries as advice
from gantang.advice.types import Kept, Suggested
from gantang.faces import names
from gantang.kit.actor import Actor
from gantang.matters.types import Event, MatterView


@dataclass(frozen=True, slots=True)
class Choice:
    """A class that is suggested, and how sure the model is of it: "87%"."""

    code: str
    title: str
    sure: str


@dataclass(frozen=True, slots=True)
class Advised:
    """At most three classes, the likest first, and the words of the gist that speak for the first."""

    model: int
    choices: tuple[Choice, ...]
    because: str


def advised(matter: MatterView, one: engine.Possible) -> Advised | None:
    """The suggestion for a move that asks for the class; None where it asks for none, or nothing is said."""
    if "class" not in (*one.asks, *one.optional):
        return None
    return _choices(advice.suggest(matter))


def while_typed(words: str) -> Advised | None:
    """The suggestion for words that are being typed at intake; nothing of them is kept."""
    return _choices(advice.suggest_for(words)) if words.strip() else None


def _choices(found: Suggested | None) -> Advised | None:
    titles = names.classes()
    likely = [each for each in found.likely if each.code in titles] if found else []
    if found is None or not likely or likely[0] is not found.likely[0]:
        return None
    choices = tuple(
        Choice(each.code, names.class_path(each.code, titles), _percent(each.confidence)) for each in likely
    )
    return Advised(found.model, choices, quoted(found.because))


def quoted(pieces: Iterable[str]) -> str:
    """Pieces of a text as quotations."""
    return "".join(_("“%(words)s”") % {"words": piece} for piece in pieces)


def told(actor: Actor, matter: MatterView, story: Iterable[Event]) -> dict[int, tuple[str, ...]]:
    """By the number of a step, what was suggested before it and whether the person followed it."""
    with_one = {one.seq: one for one in story if one.data.get("suggestion")}
    ids = {seq: UUID(str(one.data["suggestion"])) for seq, one in with_one.items()}
    kept = advice.kept(actor, matter, ids.values())
    return {seq: _lines(kept[ids[seq]], one) for seq, one in with_one.items() if ids[seq] in kept}


def _percent(share: float) -> str:
    """Never 100%: no suggestion is certain."""
    return f"{min(share, 0.99):.0%}"


def _lines(kept: Kept, step: Event) -> tuple[str, ...]:
    first, titles = kept.likely[0], names.classes()
    chosen = (step.data.get("chosen") or {}).get("class") or kept.decided
    shown = {
        "class": names.class_path(first.code, titles) or first.code,
        "sure": _percent(first.confidence),
        "because": quoted(kept.because),
    }
    line = (
        _("与系统建议一致：%(class)s，把握%(sure)s")
        if chosen == first.code
        else _("系统建议%(class)s（把握%(sure)s），没有采用")
    )
    reason = (_("建议的依据：%(because)s") % shown,) if kept.because else ()
    return (line % shown, *reason)
