"""The gist of a text: numbers, plates and names masked, everything else word for word."""

import re
from collections.abc import Iterable, Iterator

from gantang.vault.rules.names import find_given, find_others
from gantang.vault.rules.shade import GIST
from gantang.vault.rules.shapes import find_numbers, left_of
from gantang.vault.rules.text import as_digits, plain
from gantang.vault.types import Masked, Span

#: What may stand between the characters of a number. Each run reads such a character as one: a pattern that
#: names this range costs more to compile than all the rest of a report, and each value given has its own.
_BETWEEN = re.compile(r"[^0-9A-Za-z一-鿿]")
_VEIL = "\0"


def mask(
    text: str,
    *,
    names: Iterable[str] = (),
    phones: Iterable[str] = (),
    plates: Iterable[str] = (),
    others: Iterable[str] = (),
    keep: Iterable[str] = (),
) -> Masked:
    """Mask what tells who somebody is.

    ``names``, ``phones``, ``plates`` are what the form gave (every occurrence goes, however it is spaced);
    ``others`` are further words that must go (ID numbers, doors, accounts). The rest is found by shape and
    context.
    """
    known = find_given(text, names)
    shown = {plain(text).lower(), as_digits(text).lower()}
    known += [
        span
        for kind, values in (("phone", phones), ("plate", plates), ("number", others))
        for span in _exact(shown, values, kind)
    ]
    guessed = _apart_from(find_others(text), _exact(shown, keep, "kept"))
    spans = _without_overlaps([*known, *find_numbers(text), *guessed])
    return Masked(_apply(text, spans), tuple(spans))


def _exact(shown: Iterable[str], values: Iterable[str], kind: str) -> list[Span]:
    """Given values in a text, in digits or Chinese numerals, whatever stands between."""
    tights = [[char for char in plain(value).lower() if char.isalnum()] for value in values]
    return [
        Span(*place, kind)
        for tight in tights
        if len(tight) > 1
        for each in shown
        if _in_order(tight, each)
        for place in _spaced(each, tight)
    ]


def _in_order(tight: list[str], text: str) -> bool:
    """Whether the characters follow each other at all: mostly not, and this is quick."""
    place = 0
    for char in tight:
        place = text.find(char, place) + 1
        if not place:
            return False
    return True


def _spaced(text: str, tight: list[str]) -> Iterator[tuple[int, int]]:
    """Where these characters follow each other, with at most three others between any two."""
    outside = {char for char in tight if _BETWEEN.match(char)}
    veiled = _BETWEEN.sub(lambda found: found[0] if found[0] in outside else _VEIL, text)
    gap = f"[{_VEIL}{re.escape(''.join(outside))}]{{0,3}}"
    return (match.span() for match in re.finditer(gap.join(map(re.escape, tight)), veiled))


def _apart_from(spans: Iterable[Span], kept: list[Span]) -> list[Span]:
    return [
        span for span in spans if not any(span.start < each.end and each.start < span.end for each in kept)
    ]


def _without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Earlier finders win; what they leave of a later number is still masked."""
    taken: list[Span] = []
    for span in spans:
        rest = left_of(span, taken)
        if span.kind not in ("name", "title") or rest == [span]:
            taken += rest
    return sorted(taken, key=lambda span: span.start)


def _apply(text: str, spans: Iterable[Span]) -> str:
    pieces, place = [], 0
    for span in spans:
        pieces += [text[place : span.start], GIST[span.kind](plain(text[span.start : span.end]))]
        place = span.end
    return "".join([*pieces, text[place:]])
