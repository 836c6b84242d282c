"""A procedure as a picture (SVG): states with owner and clock, moves with their bounds, findings in place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from gantang.engine.check.bound import Length
from gantang.engine.draw.grid import grid
from gantang.engine.draw.legend import foot, head, title_of
from gantang.engine.draw.order import untangle
from gantang.engine.draw.paint import FONTS, Pen, drawn
from gantang.engine.draw.palette import THEMES
from gantang.engine.draw.place import lines, place
from gantang.engine.draw.say import Say
from gantang.engine.draw.scene import Scene, scene
from gantang.engine.model import Finding, Procedure

__all__ = ["THEMES", "draw", "size_of"]

MARGIN, LEAST = 24.0, 560.0


def draw(
    procedure: Procedure,
    *,
    lang: str = "zh-Hans",
    findings: Iterable[Finding] = (),
    longest: Length | None = None,
    theme: str = "light",
) -> str:
    """The drawing as the text of an SVG file, the same for the same input.

    `findings` of the checker are drawn where they stand, `longest` (a bound's way) is drawn bold;
    `theme` is "light" or "dark". Colours are those of the design tokens.
    """
    say, found = Say(procedure, lang), tuple(findings)
    shown = scene(procedure, say, found, _hops(longest))
    laid = grid(shown)
    untangle(laid)
    place(laid)
    ways = lines(laid)
    wide = max(LEAST, max(slot.x + slot.wide / 2 for slot in laid.slots()))
    high = max(slot.y + slot.high for slot in laid.slots())
    pen = Pen(THEMES[theme])
    above, top = head(pen, say, shown, longest, wide)
    below, bottom = foot(pen, say, shown, wide)
    rules = {rule: say.rule(rule) for rule in procedure.late}
    shift = (wide - max(slot.x + slot.wide / 2 for slot in laid.slots())) / 2
    parts = [
        above,
        f'<g transform="translate({shift:.1f} {top:.1f})">{"".join(drawn(pen, laid, ways, rules))}</g>',
        f'<g transform="translate(0 {top + high + 28:.1f})">{below}</g>',
    ]
    return _page(pen, say, told(say, shown), "".join(parts), wide, top + high + 28 + bottom)


def size_of(picture: str) -> tuple[int, int]:
    """Width and height of a drawing in pixels."""
    found = re.search(r' width="(\d+)" height="(\d+)"', picture)
    assert found is not None  # noqa: S101 - every drawing begins with them
    return int(found[1]), int(found[2])


def _hops(longest: Length | None) -> set[tuple[str, str]]:
    """(source, move) of each step of a way."""
    if longest is None:
        return set()
    return {
        (state, move)
        for (_, state), (move, _) in zip(longest.path, longest.path[1:], strict=False)
        if move is not None
    }


def told(say: Say, shown: Scene) -> str:
    """The drawing in words, for those who do not see it."""
    states = sum(box.state is not None for box in shown.boxes)
    count = say.word("described", states, len(say.procedure.moves))
    return count + say.word("then").join(
        [*(box.told for box in shown.boxes), *(tie.told for tie in shown.ties)]
    )


def _page(pen: Pen, say: Say, told_: str, body: str, wide: float, high: float) -> str:
    width, height = round(wide + 2 * MARGIN), round(high + 2 * MARGIN)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-labelledby="title desc" lang="{say.lang}" font-family="{FONTS}">'
        f'<title id="title">{escape(title_of(say))}</title><desc id="desc">{escape(told_)}</desc>'
        f'<rect width="{width}" height="{height}" fill="{pen.colours["paper"]}"/>'
        f'<g transform="translate({MARGIN:.0f} {MARGIN:.0f})">{body}</g></svg>\n'
    )
