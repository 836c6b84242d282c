"""Texts as a finder sees them: one character for one, so that places stay the same."""

import re
import unicodedata

_TABLE: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_TABLE |= {0x3000: " ", ord("×"): "X", ord("Χ"): "X", ord("Х"): "X"}
_TABLE |= {ord(circled): str(n) for n, circled in enumerate("⓪①②③④⑤⑥⑦⑧⑨")}
# Punctuation stays full width: to a reader of names it is an edge, to a reader of numbers it is none.
for _mark in "，。；：！？、":
    _TABLE.pop(ord(_mark), None)
# Most texts hold none of them, and to look is quicker than to change.
_ANY = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}]")
_NUMERALS = str.maketrans(
    "零〇○Oo" + "一二三四五六七八九" + "幺两" + "壹贰叁肆伍陆柒捌玖",
    "00000" + "123456789" + "12" + "123456789",
)
_ANY_NUMERAL = re.compile(f"[{re.escape(''.join(map(chr, _NUMERALS)))}]")


def plain(text: str) -> str:
    """Full-width letters, digits and blanks as half-width ones; every character stays at its place."""
    return text.translate(_TABLE) if _ANY.search(text) else text


def as_digits(text: str) -> str:
    """The same with Chinese numerals as digits."""
    return plain(text).translate(_NUMERALS)


def numerals_in(text: str) -> int:
    """How many characters ``as_digits`` would read as digits that are none."""
    return len(_ANY_NUMERAL.findall(text))


def is_han(char: str) -> bool:
    """Whether a character is Chinese writing."""
    return "㐀" <= char <= "鿿" or "豈" <= char <= "﫿" or char >= "\U00020000"


def folded(text: str) -> str:
    """For comparison only: width, case and blanks evened out."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
