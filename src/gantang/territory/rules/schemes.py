"""Code schemes as data: how a grid's code is put together, and the proof that it serves as the primary one.

The key of a grid is a *prefix* code of 15 digits: its village's 12, then a sequence of 3 that is never given
twice. A scheme of another shape serves as a second code only (an alias).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from unicodedata import normalize

from gantang.territory.rules.checks import CHECKS

Range = tuple[int, int]
#: The parts of a village's code, and how many digits each has.
PLACES = {"county": 6, "township": 3, "village": 3}
PREFIX = [("county", 6), ("township", 3), ("village", 3), ("sequence", 3)]
BLOCKS = ("basic", "dedicated")
_NAME = re.compile(r"[a-z][a-z0-9-]{1,23}")
_LONGEST = 32


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of digits ``of`` county, township, village, sequence, or anything else (``class``).

    ``merged`` is the range that a joint village part may have beside the village's own; a ``whole`` sequence
    may be all zeros, where a village is not divided.
    """

    of: str
    length: int
    merged: Range | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """``blocks`` are the first and last number of the sequence for each block of kinds of grid."""

    code: str
    zh: str
    en: str
    source: str
    segments: tuple[Segment, ...]
    blocks: Mapping[str, Range]
    check: str = ""

    @property
    def length(self) -> int:
        return sum(one.length for one in self.segments)

    @property
    def is_prefix(self) -> bool:
        """Whether codes nest: village first, digit by digit, then the number within it."""
        return [(one.of, one.length) for one in self.segments] == PREFIX


class Finding(NamedTuple):
    """What a code breaks: form, range, outside, unknown, twice, reused or check; ``other`` where two do."""

    code: str
    fault: str
    other: str = ""


class SchemeError(ValueError):
    """A scheme that says something impossible; ``fault`` is a word for what."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def read(data: Mapping[str, Any]) -> Scheme:
    """A scheme from its data. Errors: SchemeError."""
    try:
        segments = tuple(_segment(one) for one in data["segments"])
        blocks = {str(name): _range(one) for name, one in data["blocks"].items()}
        scheme = Scheme(
            str(data["code"]),
            str(data.get("zh", data["code"])),
            str(data.get("en", data["code"])),
            str(data.get("source", "")),
            segments,
            blocks,
            str(data.get("check", "")),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise SchemeError("incomplete") from error
    for fault in faults(scheme):
        raise SchemeError(fault)
    return scheme


def _segment(data: Mapping[str, Any]) -> Segment:
    merged = data.get("merged")
    return Segment(
        str(data["of"]), int(data["length"]), _range(merged) if merged else None, bool(data.get("whole"))
    )


def _range(data: Iterable[Any]) -> Range:
    low, high = data
    return int(low), int(high)


def faults(scheme: Scheme) -> Iterator[str]:
    """What is wrong with a scheme of any use."""
    parts = [one.of for one in scheme.segments]
    if not _NAME.fullmatch(scheme.code):
        yield "name"
    if len(parts) != len(set(parts)) or not {*PLACES, "sequence"} <= set(parts):
        yield "segments"
    if any(PLACES.get(one.of, one.length) != one.length or one.length < 1 for one in scheme.segments):
        yield "lengths"
    if scheme.length > _LONGEST:
        yield "too_long"
    if set(scheme.blocks) != set(BLOCKS) or any(not _fits(scheme, one) for one in scheme.blocks.values()):
        yield "blocks"
    if scheme.check and scheme.check not in CHECKS:
        yield "check"


def _fits(scheme: Scheme, block: Range) -> bool:
    digits = sum(one.length for one in scheme.segments if one.of == "sequence")
    return 1 <= block[0] <= block[1] and len(str(block[1])) <= digits


def primary_faults(scheme: Scheme) -> Iterator[str]:
    """Why a scheme cannot be the primary one; none if it can."""
    yield from faults(scheme)
    if not scheme.is_prefix:
        yield "no_prefix"


def split(scheme: Scheme, code: str) -> dict[str, str] | None:
    """The parts of a code by what they are of; None if it has not the scheme's form."""
    if len(code) != scheme.length or not (code.isascii() and code.isdigit()):
        return None
    parts, at = {}, 0
    for one in scheme.segments:
        parts[one.of] = code[at : at + one.length]
        at += one.length
    return parts


def make(scheme: Scheme, village: str, sequence: int, **others: str) -> str:
    """A code. ``others`` are segments that neither ground nor sequence give. Errors: ValueError."""
    if not (len(village) == 12 and village.isascii() and village.isdigit()):
        raise ValueError(f"not a village code: {village!r}")
    if not any(low <= sequence <= high for low, high in scheme.blocks.values()):
        raise ValueError(f"no grid sequence: {sequence}")
    given = {"county": village[:6], "township": village[6:9], "village": village[9:], **others}
    return "".join(
        f"{sequence:0{one.length}d}" if one.of == "sequence" else given[one.of] for one in scheme.segments
    )


def next_sequence(scheme: Scheme, block: str, used: Iterable[int]) -> int | None:
    """The next free number: one more than the highest ever given, retired ones included; None when full."""
    low, high = scheme.blocks[block]
    candidate = max((number for number in used if low <= number <= high), default=low - 1) + 1
    return candidate if candidate <= high else None


def show(scheme: Scheme, code: str) -> str:
    """A code as it is printed: with its check characters where the scheme has them."""
    return f"{code}-{CHECKS[scheme.check](code)}" if scheme.check else code


def is_sound(scheme: Scheme, shown: str) -> bool:
    """Whether a printed code has the scheme's form and its check holds."""
    code, dash, _check = shown.partition("-")
    return split(scheme, code) is not None and (show(scheme, code) == shown if dash else True)


def block_of(scheme: Scheme, code: str) -> str | None:
    """The block that the number of a code lies in; None for one outside of all."""
    number = int((split(scheme, code) or {}).get("sequence", "0"))
    return next((block for block, (low, high) in scheme.blocks.items() if low <= number <= high), None)


def typed(scheme: Scheme, text: str) -> str | None:
    """The code in a text that somebody typed or scanned, with its check or without; None if it is none."""
    narrow = normalize("NFKC", "".join(text.split())).replace("—", "-").replace("–", "-")
    code = narrow.partition("-")[0]
    return code if is_sound(scheme, narrow) and block_of(scheme, code) else None


def prove(
    scheme: Scheme, codes: Iterable[tuple[str, str, bool]], villages: frozenset[str]
) -> Iterator[Finding]:
    """All codes ever given, as (code, village, whether in force): each that breaks what the scheme promises.

    Unique, of the scheme's form and within a block, a prefix of a known village's code and its own village's.
    """
    seen: dict[str, bool] = {}
    for code, village, in_force in codes:
        if code in seen:
            yield Finding(code, "twice" if seen[code] and in_force else "reused", village)
        seen[code] = seen.get(code, False) or in_force
        yield from _proved(scheme, code, village, villages)


def _proved(scheme: Scheme, code: str, village: str, villages: frozenset[str]) -> Iterator[Finding]:
    parts = split(scheme, code)
    if parts is None:
        yield Finding(code, "form")
        return
    if not any(low <= int(parts["sequence"]) <= high for low, high in scheme.blocks.values()):
        yield Finding(code, "range")
    if not code.startswith(village):
        yield Finding(code, "outside", village)
    if village not in villages:
        yield Finding(code, "unknown", village)


def alias_faults(scheme: Scheme, code: str, ground: str) -> Iterator[str]:
    """Why a code of a scheme cannot stand for a grid or a village: form, place or number; none if it can."""
    parts = split(scheme, code)
    if parts is None:
        yield "form"
        return
    for one in scheme.segments:
        if one.of == "village" and one.merged and one.merged[0] <= int(parts["village"]) <= one.merged[1]:
            continue
        if one.of in PLACES and parts[one.of] != _place(one.of, ground):
            yield one.of
        if one.of == "sequence" and not _numbered(scheme, one, int(parts["sequence"])):
            yield "sequence"


def _place(of: str, ground: str) -> str:
    return {"county": ground[:6], "township": ground[6:9], "village": ground[9:12]}[of]


def _numbered(scheme: Scheme, segment: Segment, number: int) -> bool:
    if number == 0:
        return segment.whole
    return any(low <= number <= high for low, high in scheme.blocks.values())
