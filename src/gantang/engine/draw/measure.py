"""How wide a text is, without a font at hand: a Han character is one em, others a share of it."""

from __future__ import annotations

NARROW = "iljtfrI.,:;'|!()[]–- "
WIDE = "mwMW@%—"


def width(text: str, size: float) -> float:
    """The width of a text in pixels, a little on the safe side."""
    return sum(_em(char) for char in text) * size


def _em(char: str) -> float:
    if ord(char) > 0x2E80 or char in "“”…×":
        return 1.0
    if char in NARROW:
        return 0.36
    if char in WIDE:
        return 0.92
    return 0.68 if char.isupper() else 0.57


def wrap(text: str, size: float, most: float) -> list[str]:
    """The text in as few lines as `most` allows, all of about one width, so that no word stands alone."""
    lines = fill(text, size, most)
    even = width(text, size) / max(1, len(lines))
    while len(lines) > 1 and even < most:
        closer = fill(text, size, even)
        if len(closer) == len(lines):
            return closer
        even += size / 2
    return lines


def fill(text: str, size: float, most: float) -> list[str]:
    """The text in lines as full as `most` allows; broken at dots, at blanks, or between Han characters."""
    lines, line = [], ""
    for piece in _pieces(text, size, most):
        if line and width(line + piece.rstrip(" ·"), size) > most:
            lines.append(line.rstrip(" ·"))
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str, size: float, most: float) -> list[str]:
    """The parts between which a line may break; what stands between two dots is kept together if it can."""
    found: list[str] = []
    parts = text.split(DOT)
    for at, part in enumerate(parts):
        whole = part + (DOT if at + 1 < len(parts) else "")
        found += [whole] if len(parts) > 1 and width(part, size) <= most else _small(whole)
    return found


#: No line begins with one of these.
CLOSING = "，。；：、？！）”》·)"
DOT = " · "


def _small(text: str) -> list[str]:
    """The smallest parts between which a line may break."""
    pieces: list[str] = []
    for char in text:
        if pieces and not _breaks(pieces[-1], char):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _breaks(before: str, char: str) -> bool:
    if char in CLOSING or char == " " or before[-1].isdigit():
        return False
    return before.endswith((" ", "、", "，", "；", "·")) or ord(char) > 0x2E80 or ord(before[-1]) > 0x2E80
