"""Law: a variant or an overlay that loosens what it is laid over.

What is marked `law` cannot be loosened at all, anything else only with a basis. Loosen
means, for staff: a longer period, more uses, an ask, guard, document, late rule or clock
dropped; for reporter or party the reverse: a shorter time to answer or to come back, a
move or an end taken away; for everybody: a seal, a vault, a gate opened wider.
"""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.loosening import Loose, everything
from gantang.engine.check.ruler import Ruler
from gantang.engine.check.say import finding, place_of
from gantang.engine.model import Finding, Procedure, Words
from gantang.engine.time import Calendar


def loosened(base: Procedure, overlay: Procedure, calendar: Calendar) -> Iterator[Finding]:
    """Everything in which the overlay is looser than what it is laid over allows."""
    grounded = bool(overlay.layers and overlay.layers[-1].basis)
    for one in everything(base, overlay, Ruler(calendar)):
        if one.law or not grounded:
            yield _finding(overlay, one)


def unlawful(base: Procedure, before: Procedure, overlay: Procedure, calendar: Calendar) -> Iterator[Finding]:
    """Everything in which the overlay is looser than the law of what lies further below.

    A layer between, `before`, may have tightened what the law fixes, and left its mark out. What that
    layer has loosened itself is its own finding.
    """
    ruler = Ruler(calendar)
    told = {(one.where, one.what) for one in everything(base, before, ruler) if one.law}
    for one in everything(base, overlay, ruler):
        if one.law and (one.where, one.what) not in told:
            yield _finding(overlay, one)


def _finding(overlay: Procedure, one: Loose) -> Finding:
    layer = overlay.layers[-1].place_of(one.where) if overlay.layers else None
    place = place_of(one.place, layer, procedure=overlay)
    at, where = f"{overlay.name}/{one.where}", f"{overlay.key}/{one.where}"
    if one.law:
        return finding(
            "law",
            place,
            at,
            Words(
                f"放宽了法定内容：{where} 的{one.what.zh}。",
                f"What the law fixes is loosened: at {where}, {one.what.en}.",
            ),
            Words("恢复上一级的写法。", "Put back what the base says."),
        )
    return finding(
        "law",
        place,
        at,
        Words(
            f"没有依据就放宽了：{where} 的{one.what.zh}。",
            f"It is loosened without a basis: at {where}, {one.what.en}.",
        ),
        Words("写上 basis，或恢复上一级的写法。", "Name the basis, or put back what the base says."),
    )
