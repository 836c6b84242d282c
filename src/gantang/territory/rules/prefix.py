"""Ground is a prefix: 2, 4, 6, 9 and 12 digits are divisions of five levels, 15 digits are a grid."""

import re

PROVINCE, CITY, COUNTY, TOWNSHIP, VILLAGE, GRID = 1, 2, 3, 4, 5, 6
LENGTHS = {PROVINCE: 2, CITY: 4, COUNTY: 6, TOWNSHIP: 9, VILLAGE: 12, GRID: 15}
LEVELS = {length: level for level, length in LENGTHS.items()}
_DIGITS = re.compile(r"[0-9]+\Z")


def is_ground(text: str) -> bool:
    """Whether ``text`` has the form of a division's prefix or of a grid's code."""
    return len(text) in LEVELS and _DIGITS.match(text) is not None


def level_of(ground: str) -> int:
    """1 (province) to 5 (village), 6 for a grid. Raises ``ValueError`` for anything else."""
    if not is_ground(ground):
        raise ValueError(f"not a ground: {ground!r}")
    return LEVELS[len(ground)]


def code12(prefix: str) -> str:
    """The 12-digit code of a division, filled up with zeros."""
    return prefix.ljust(12, "0")


def prefix_of(code: str) -> str:
    """The shortest ground prefix of a 12-digit code: ``360428000000`` is ``360428``."""
    for length in (2, 4, 6, 9):
        if not code[length:].strip("0"):
            return code[:length]
    return code


def parent_of(ground: str) -> str | None:
    """The ground one level up, or None for a province."""
    level = level_of(ground)
    return ground[: LENGTHS[level - 1]] if level > PROVINCE else None


def chain(ground: str) -> tuple[str, ...]:
    """The ground itself and everything above it, deepest first."""
    return tuple(ground[: LENGTHS[level]] for level in range(level_of(ground), 0, -1))


def lies_in(ground: str, above: str) -> bool:
    return ground.startswith(above)


def city_of(ground: str) -> int:
    """The first four digits, 3600 for the province itself: where the rows about this ground live."""
    return int(ground[:4].ljust(4, "0"))


def village_is_urban(village: str) -> bool:
    """Urban by the ranges of the statistical code: 001–199 and 400–499 are residents' committees."""
    part = int(village[9:12])
    return part < 200 or 400 <= part < 500
