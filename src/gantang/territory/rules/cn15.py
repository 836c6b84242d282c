"""The grid code ``cn15``: the village's 12 digits and a sequence of 3, never used twice.

001–799 are basic grids, 801–999 dedicated ones (a park, a school, a lake). On paper and in QR codes a check
character by ISO 7064 MOD 11,10 follows: ``360428101200001-6``.
"""

import re
from collections.abc import Hashable, Mapping
from typing import TypeVar

from gantang.territory.rules import checks

BASIC, DEDICATED = "basic", "dedicated"
SEQUENCES = {BASIC: (1, 799), DEDICATED: (801, 999)}
_FORM = re.compile(r"([0-9]{15})(?:-?([0-9]))?\Z")
_WIDE = str.maketrans("０１２３４５６７８９－—–", "0123456789---")
Key = TypeVar("Key", bound=Hashable)
check_character = checks.mod11_10


def show(code: str) -> str:
    """The code as it is printed, with its check character."""
    return f"{code}-{check_character(code)}"


def parse(text: str) -> str | None:
    """The code in a text that somebody typed or scanned; None if it is none or its check does not hold."""
    match = _FORM.match("".join(text.split()).translate(_WIDE))
    if match is None:
        return None
    code, check = match.groups()
    if check is not None and check != check_character(code):
        return None
    return code if kind_of(code) else None


def kind_of(code: str) -> str | None:
    """The kind that the sequence's block is kept for, or None outside both blocks."""
    sequence = int(code[12:])
    return next((kind for kind, (low, high) in SEQUENCES.items() if low <= sequence <= high), None)


def title(code: str) -> str:
    """What a grid is called unless it has a name of its own: 第三网格, 第十二网格, 专属第一网格."""
    sequence = int(code[12:])
    first = SEQUENCES[DEDICATED][0]
    return f"专属第{numeral(sequence - first + 1)}网格" if sequence >= first else f"第{numeral(sequence)}网格"


def numeral(number: int) -> str:
    """1 to 999 in Chinese numerals, as names of places are written."""
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if number < 20 else f"{digits[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def numbered(centres: Mapping[Key, tuple[float, float]]) -> list[Key]:
    """Keys in the order of first numbering: west to east, then north to south, by (lon, lat) of the centre.

    Centres within ten metres of each other in longitude count as equally far west.
    """
    return sorted(centres, key=lambda key: (round(centres[key][0], 4), -centres[key][1], str(key)))
