"""The drawing as SVG: presentation attributes only, so that no page's sheet or policy is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from gantang.engine.draw.grid import Grid, Slot
from gantang.engine.draw.place import Line as Way
from gantang.engine.draw.scene import PAD, RULER, Box, Line, Tie
from gantang.engine.model import LateRule

FONTS = (
    "PingFang SC, HarmonyOS Sans SC, Microsoft YaHei UI, Microsoft YaHei, Noto Sans CJK SC,"
    " Source Han Sans SC, Noto Sans SC, WenQuanYi Micro Hei, sans-serif"
)
HANDS = {"staff": "ink-2", "people": "dai", "clock": "amber-mark"}
ROLES = {"title": "ink", "name": "ink", "text": "ink-2", "small": "ink-3", "fault": "zhu-ink"}


class Pen:
    """Writes elements in the colours of a theme."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        self.colours = colours

    def text(self, x: float, y: float, line: Line, *, middle: bool = True, role: str = "") -> str:
        anchor = ' text-anchor="middle"' if middle else ""
        weight = ' font-weight="700"' if line.role in ("title", "name") else ""
        fill = self.colours[ROLES[role or line.role]]
        return (
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(line.size)}" fill="{fill}"{anchor}{weight}>'
            f"{escape(line.text)}</text>"
        )

    def lines(self, x: float, top: float, lines: Iterable[Line], *, middle: bool = True) -> Iterator[str]:
        """Lines of text one below the other, from a top."""
        for line in lines:
            yield self.text(x, top + line.size * 1.08, line, middle=middle)
            top += line.height

    # boxes

    def box(self, slot: Slot, rules: Mapping[LateRule, str]) -> str:
        box = slot.box
        assert box is not None  # noqa: S101 - the caller has asked
        left, inner = slot.x - slot.wide / 2, PAD * 0.8
        parts = [f"<title>{escape(box.told)}</title>", self._frame(box, left, slot)]
        parts += self.lines(slot.x, slot.y + inner, box.lines)
        parts += self._ruler(box, left + PAD, slot.y + slot.high - RULER + 2, slot.wide - 2 * PAD, rules)
        kind = "end" if box.is_end else "state" if box.state is not None else "group"
        return _group(f"{kind} fault" if box.faults else kind, parts, name=box.name)

    def _frame(self, box: Box, left: float, slot: Slot) -> str:
        fill, edge, dash, wide = self.colours["surface"], self.colours["edge"], "", 1.25
        if box.is_end:
            fill, edge = self.colours["leaf-bg"], self.colours["leaf"]
        if box.state is None:
            dash = ' stroke-dasharray="5 4"'
        if box.faults:
            fill, edge, wide = self.colours["zhu-bg"], self.colours["zhu-mark"], 2.5
        round_ = 18 if box.is_end else 8
        return (
            f'<rect x="{_n(left)}" y="{_n(slot.y)}" width="{_n(slot.wide)}" height="{_n(slot.high)}"'
            f' rx="{round_}" fill="{fill}" stroke="{edge}" stroke-width="{wide}"{dash}/>'
        )

    def _ruler(
        self, box: Box, x: float, y: float, wide: float, rules: Mapping[LateRule, str]
    ) -> Iterator[str]:
        """The clock as a line, with a mark at the percent of each late rule."""
        most = max([100, *(rule.at for rule in box.marks)]) if box.marks else 0
        if not most:
            return
        end, colour = x + wide * 100 / most, self.colours["line-2"]
        yield f'<path d="M{_n(x)} {_n(y)}H{_n(end)}" stroke="{colour}" stroke-width="3" fill="none"/>'
        if most > 100:
            over = f'stroke="{colour}" stroke-width="1.5" stroke-dasharray="3 3" fill="none"'
            yield f'<path d="M{_n(end)} {_n(y)}H{_n(x + wide)}" {over}/>'
        for rule in box.marks:
            fill = self.colours[{"yellow": "amber-mark", "red": "zhu-mark"}.get(rule.mark or "", "ink-3")]
            at = x + wide * rule.at / most
            yield (
                f'<circle cx="{_n(at)}" cy="{_n(y)}" r="3.2" fill="{fill}">'
                f"<title>{escape(rules[rule])}</title></circle>"
            )

    # lines

    def line(self, way: Way) -> str:
        tie, points = way.chain.tie, way.points if way.chain.falls else way.points[::-1]
        path, colour = _path(points), self.colours["zhu-mark" if tie.faults else HANDS[tie.hand]]
        dash = ' stroke-dasharray="6 4"' if tie.hand == "clock" else ""
        under = ""
        if tie.longest:
            bold = self.colours["amber-bg"]
            under = f'<path d="{path}" fill="none" stroke="{bold}" stroke-width="9" stroke-linecap="round"/>'
        return _group(
            f"move {tie.hand}",
            [
                f"<title>{escape(tie.told)}</title>",
                under,
                f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.5"{dash}/>',
                _arrow(points, colour),
            ],
        )

    def label(self, slot: Slot, tie: Tie) -> str:
        ground = self.colours["zhu-bg" if tie.faults else "amber-bg" if tie.longest else "paper"]
        plate = (
            f'<rect x="{_n(slot.x - slot.wide / 2)}" y="{_n(slot.y)}" width="{_n(slot.wide)}"'
            f' height="{_n(slot.high)}" rx="4" fill="{ground}"/>'
        )
        words = self.lines(slot.x, slot.y + 3, tie.lines)
        return _group(
            "label fault" if tie.faults else "label", [f"<title>{escape(tie.told)}</title>", plate, *words]
        )


def drawn(pen: Pen, grid: Grid, ways: list[Way], rules: Mapping[LateRule, str]) -> Iterator[str]:
    """Lines first, then what lies over them."""
    yield from (pen.line(way) for way in sorted(ways, key=lambda way: not way.chain.tie.longest))
    yield from (pen.label(chain.label, chain.tie) for chain in grid.chains)
    yield from (pen.box(slot, rules) for slot in grid.boxes.values())


def _group(classes: str, parts: Iterable[str], name: str = "") -> str:
    named = f" data-name={quoteattr(name)}" if name else ""
    return f'<g class="{classes}"{named}>{"".join(parts)}</g>'


def _path(points: tuple[tuple[float, float], ...]) -> str:
    """Straight down within rows, leaning over between them; the last bit is left to the arrow."""
    (x, y), *rest = points
    out, (_end_x, end_y) = [f"M{_n(x)} {_n(y)}"], points[-1]
    tip = (
        end_y - 7 if points[-2][1] < end_y or (points[-2][1] == end_y and points[0][1] < end_y) else end_y + 7
    )
    for at, (to_x, to_y) in enumerate(rest):
        to_y = tip if at == len(rest) - 1 else to_y
        if abs(to_x - x) < 0.5:
            out.append(f"L{_n(to_x)} {_n(to_y)}")
        else:
            half = (y + to_y) / 2
            out.append(f"C{_n(x)} {_n(half)} {_n(to_x)} {_n(half)} {_n(to_x)} {_n(to_y)}")
        x, y = to_x, to_y
    return "".join(out)


def _arrow(points: tuple[tuple[float, float], ...], colour: str) -> str:
    (x, y), down = points[-1], points[0][1] < points[-1][1]
    back = y - 9 if down else y + 9
    return f'<path d="M{_n(x)} {_n(y)}L{_n(x - 4.5)} {_n(back)}H{_n(x + 4.5)}Z" fill="{colour}"/>'


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
