"""What the OWASP ASVS 5.0 asks for at levels 1 and 2, and what holds it here: made from ``asvs.csv``.

The numbers and levels are the standard's; the titles are ours, in few words. A test holds every line to what
it names.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gantang.cli.reference import markdown

SOURCE = Path(__file__).with_name("asvs.csv")
STATES = {
    "holds": "held by what is named",
    "partly": "held in part; the note says what is missing",
    "open": "not held",
    "proxy": "held by the proxy or the house around the site, as the page named says",
    "none": "does not apply; the note says why",
}
CHAPTERS = {
    1: "Encoding and injection",
    2: "Checks and business rules",
    3: "Pages in the browser",
    4: "Messages and services",
    5: "Files",
    6: "Sign-in",
    7: "Sessions",
    8: "Who may do what",
    9: "Signed tokens",
    10: "OAuth and OpenID Connect",
    11: "Cryptography",
    12: "Encrypted connections",
    13: "Set-up",
    14: "Data",
    15: "Code and libraries",
    16: "Logs and faults",
    17: "WebRTC",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement: its number, level, what it asks for, how it stands, what shows it, a note."""

    number: str
    level: int
    title: str
    state: str
    evidence: tuple[str, ...]
    note: str


def lines() -> list[Line]:
    """All requirements of levels 1 and 2, in their order."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return [
            Line(
                row["number"],
                int(row["level"]),
                row["title"],
                row["state"],
                tuple(one for one in row["evidence"].split(";") if one),
                row["note"] or "",
            )
            for row in csv.DictReader(file, delimiter="|")
        ]


def pages() -> Iterator[tuple[str, str]]:
    """The table by chapters, with what is open at its head."""
    found = lines()
    parts = [_HEAD, markdown.table(("level", *STATES), _counts(found)), _meanings()]
    for number, name in CHAPTERS.items():
        rows = [_row(one) for one in found if one.number.split(".")[0] == str(number)]
        parts += [f"## {number}. {name}", markdown.table(("", "level", "asks for", "state", "held by"), rows)]
    yield "asvs.md", markdown.page("ASVS 5.0", "`gantang/cli/reference/asvs.csv`", *parts)


_HEAD = (
    "The OWASP Application Security Verification Standard 5.0, levels 1 and 2: every requirement by its "
    "number, with a title in our own words. `test:` names a test of `tests/`, `code:` a place in "
    "`src/gantang/`, `set:` a setting of Django, `opt:` an [option](settings.md), `doc:` a page. "
    "A line is our own judgement; nobody outside has checked it."
)


def _counts(found: list[Line]) -> list[list[object]]:
    counted = Counter((one.level, one.state) for one in found)
    return [[level, *(counted[level, state] for state in STATES)] for level in (1, 2)]


def _meanings() -> str:
    return "\n".join(f"- *{state}*: {meaning}." for state, meaning in STATES.items())


def _row(one: Line) -> list[object]:
    shown = "\n".join(f"`{each}`" for each in one.evidence)
    return [
        one.number,
        one.level,
        one.title,
        one.state,
        "\n".join(part for part in (shown, one.note) if part),
    ]
