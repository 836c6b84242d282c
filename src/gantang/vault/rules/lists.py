"""Word lists of the name finder, read once from ``data/``."""

from importlib.resources import files


def _lines(name: str) -> list[str]:
    text = files("gantang.vault.rules").joinpath(f"data/{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def read(name: str) -> dict[str, str]:
    """A data file of lines, each a word and what belongs to it."""
    return {head: rest for head, _, rest in (line.partition(" ") for line in _lines(name))}


def _words(name: str) -> list[str]:
    return [word for line in _lines(name) for word in line.split()]


_SURNAMES = read("surnames")
DOUBLE_SURNAMES = frozenset(_SURNAMES["double"].split())
WORDY_DOUBLES = frozenset(
    ("东方", "南门", "西门", "东门", "太史", "第五", "百里", "微生", "南宫", "公西", "司空", "乐正")
)
COMMON_SURNAMES = frozenset(_SURNAMES["common"])
RARE_SURNAMES = frozenset(_SURNAMES["rare"]) - COMMON_SURNAMES
WORDY_SURNAMES = frozenset(_SURNAMES["words"])
SURNAMES = COMMON_SURNAMES | RARE_SURNAMES

_GIVEN = read("given")
STRONG_GIVEN = frozenset(_GIVEN["strong"])
USUAL_GIVEN = frozenset(_GIVEN["usual"]) - STRONG_GIVEN
_PLAIN = read("plain")
NEVER_GIVEN = frozenset(_PLAIN["never"]) - STRONG_GIVEN
SELDOM_GIVEN = frozenset(_PLAIN["seldom"]) - STRONG_GIVEN - USUAL_GIVEN - NEVER_GIVEN

ORDINARY = frozenset(_words("ordinary"))
