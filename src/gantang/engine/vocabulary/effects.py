"""Every change a move may make beside going from state to state.

An effect does nothing itself: it says in the step's data what is to be, and
`run/apply.py` does it, so that replay needs no decision.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gantang.engine.model import SUPERVISION, Words
from gantang.engine.vocabulary.registry import Context, EffectWord

EFFECTS: dict[str, EffectWord] = {}
Args = tuple[str, ...]
Change = Callable[[Context, Args], dict[str, Any]]


def _effect(
    name: str, *parameters: str, title: tuple[str, str], optional: int = 0
) -> Callable[[Change], Change]:
    def register(change: Change) -> Change:
        EFFECTS[name] = EffectWord(name, parameters, change, Words(*title), optional=optional)
        return change

    return register


@_effect("question", title=("请反映人补充，期间停表", "asks the reporter and pauses the clocks"))
def question(context: Context, args: Args) -> dict[str, Any]:
    """Asks the reporter: pauses the state's clock and the total, and counts as one pause."""
    return {"pause": "question"}


@_effect("resume", title=("恢复计时", "resumes the clocks"))
def resume(context: Context, args: Args) -> dict[str, Any]:
    """Ends a running pause before its bound."""
    return {"resume": True}


@_effect("release", "duty", title=("放下原承担单位", "lets go of a holder"))
def release(context: Context, args: Args) -> dict[str, Any]:
    """Forgets who holds that duty, so that it is filled anew."""
    return {"release": [args[0]]}


@_effect("raise_supervision", "level", optional=1, title=("督办升级", "raises supervision"))
def raise_supervision(context: Context, args: Args) -> dict[str, Any]:
    """Raises supervision to the level asked for or named, else by one; never lowers it."""
    rank = SUPERVISION.index(context.case.supervision) if context.case.supervision else -1
    wish = context.answers.get("level") or (args[0] if args else None)
    target = SUPERVISION.index(wish) if wish in SUPERVISION else rank + 1
    return {"supervision": SUPERVISION[min(max(target, rank, 0), len(SUPERVISION) - 1)]}


@_effect("link", "field", title=("与所指的事项关联", "ties it to the matter named"))
def link(context: Context, args: Args) -> dict[str, Any]:
    """Ties the matter to the one that a `matter` field of the move names: known, so not counted again."""
    named = context.answers.get(args[0])
    return {"link": [str(named)]} if named else {}


@_effect("cancel_supervision", title=("撤销督办", "cancels supervision"))
def cancel_supervision(context: Context, args: Args) -> dict[str, Any]:
    """Ends supervision; it starts again from the lowest level."""
    return {"supervision": None}
