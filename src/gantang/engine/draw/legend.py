"""What stands above and below a drawing: name, total clock, findings; how lines are meant, late rules."""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.bound import Length
from gantang.engine.draw.measure import fill, width
from gantang.engine.draw.paint import HANDS, Pen
from gantang.engine.draw.say import Say
from gantang.engine.draw.scene import SMALL, Line, Scene


def head(pen: Pen, say: Say, shown: Scene, longest: Length | None, wide: float) -> tuple[str, float]:
    """The lines above the drawing, and how high they are."""
    one = say.procedure
    facts = [say.word("version", one.version)]
    facts += [say.word("total", say.period(one.total))] if one.total is not None else []
    facts += [say.extension(one.total_extend)] if one.total_extend is not None else []
    lines = [Line(title_of(say), "title"), *_wrapped(" · ".join(facts), "text", wide)]
    if longest is not None:
        lines += _wrapped(say.word("longest", longest.words().of(say.lang)), "small", wide)
    for text in shown.faults:
        lines += _wrapped(text, "fault", wide)
    high = sum(line.height for line in lines)
    return "".join(pen.lines(0, 0, lines, middle=False)), high + 20


def title_of(say: Say) -> str:
    """The procedure's title, with the name of its variant."""
    one = say.procedure
    variant = getattr(one, "variant", "")
    return say.of(one.title, one.name) + (f" ({variant})" if variant else "")


def foot(pen: Pen, say: Say, shown: Scene, wide: float) -> tuple[str, float]:
    """How lines are to be read, and the late rules; and how high that is."""
    parts, y = list(_hands(pen, say, shown)), 26.0
    rules = [rule for rule in say.procedure.late if not rule.implied]
    lines = [Line(say.word("late"), "name")] if rules else []
    for rule in rules:
        lines += _wrapped(say.rule(rule), "small", wide)
    parts += pen.lines(0, y, lines, middle=False)
    return "".join(parts), y + sum(line.height for line in lines)


def _hands(pen: Pen, say: Say, shown: Scene) -> Iterator[str]:
    """A stroke and a word for each hand that draws a line here."""
    x, used = 0.0, {tie.hand for tie in shown.ties}
    for hand, colour in HANDS.items():
        if hand not in used:
            continue
        dash = ' stroke-dasharray="6 4"' if hand == "clock" else ""
        stroke = f'stroke="{pen.colours[colour]}" stroke-width="1.5" fill="none"{dash}'
        yield f'<path d="M{x:.1f} 7H{x + 28:.1f}" {stroke}/>'
        line = Line(say.word(hand), "small")
        yield pen.text(x + 34, 11, line, middle=False)
        x += 34 + width(line.text, SMALL) + 26


def _wrapped(text: str, role: str, wide: float) -> Iterator[Line]:
    return (Line(part, role) for part in fill(text, SMALL, wide))
