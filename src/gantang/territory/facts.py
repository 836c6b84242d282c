"""The shipped facts: Jiangxi's divisions as of 2023-06-30 and what became of older codes (1981–2024)."""

import csv
import gzip
import json
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from gantang.territory.rules.history import Known, Past
from gantang.territory.rules.prefix import LENGTHS, parent_of
from gantang.territory.rules.schemes import Scheme, read

_HERE = files("gantang.territory") / "data"
AS_OF = date(2023, 6, 30)


def divisions() -> Iterator[Known]:
    """Parents first. Each line of the file is a level, the digits that the level adds, and the name."""
    raw = gzip.decompress((_HERE / "divisions-2023-06-30.csv.gz").read_bytes()).decode()
    above = ""
    for digit, tail, name in csv.reader(raw.splitlines()):
        level = int(digit)
        prefix = above[: LENGTHS[level] - len(tail)] + tail
        yield Known(prefix, name, level, parent_of(prefix))
        above = prefix


def history() -> Iterator[Past]:
    """The history of the codes of provinces, cities and counties; a change is known by its year only."""
    lines = (_HERE / "history-1981-2024.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        yield Past(
            row["prefix"],
            row["name"],
            int(row["level"]),
            row["state"],
            int(row["since"]),
            int(row["until"]) if row["until"] else None,
            tuple(_successor(text) for text in row["successors"].split()),
        )


def _successor(text: str) -> tuple[str, int | None]:
    prefix, _, year = text.partition("@")
    return prefix, int(year) if year else None


def schemes() -> dict[str, Scheme]:
    """The shipped code schemes, by their codes."""
    found = json.loads((_HERE / "schemes.json").read_text(encoding="utf-8"))
    return {one["code"]: read(one) for one in found}


def facility_kinds() -> list[dict[str, str]]:
    """The kinds of facility that ship, without rules: no source gives an interval or a number."""
    found: list[dict[str, str]] = json.loads((_HERE / "facility_kinds.json").read_text(encoding="utf-8"))
    return found
