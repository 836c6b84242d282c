"""Plans as files say them, and a roster as a table. Nothing here is kept."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from yaml import YAMLError

from gantang.engine.language.composing import composed
from gantang.patrol import wording
from gantang.patrol.errors import bad_plan
from gantang.patrol.rules import judging
from gantang.patrol.rules.plan import Breach, Duty, Plan
from gantang.patrol.rules.reading import PlanFaultError, plan_of
from gantang.patrol.types import Solved
from gantang.sheets import queries as sheets

_MOST = 2_000_000
#: A cell of a table of officers with several values has these between them.
_APART = str.maketrans("；;、,，", "     ")


def read_plan(path: Path) -> Plan:
    """The plan of a YAML or JSON file; ``officers`` may name a table beside it (post, agency, skills,
    leave). Errors: PlanError; SheetError for the table."""
    try:
        text = path.read_bytes()[: _MOST + 1].decode("utf-8-sig")
        given = composed(text) if len(text) <= _MOST else None
    except (OSError, UnicodeDecodeError, YAMLError) as fault:
        mark = getattr(fault, "problem_mark", None)
        raise bad_plan("yaml", f"{path.name}:{mark.line + 1}" if mark else path.name) from None
    if not isinstance(given, dict):
        raise bad_plan("yaml", path.name)
    if isinstance(given.get("officers"), str):
        given["officers"] = list(_officers(path.parent / Path(given["officers"]).name))
    try:
        return plan_of(given)
    except PlanFaultError as fault:
        raise bad_plan(fault.what, fault.place) from None


def broken(plan: Plan, duties: Iterable[Duty]) -> list[Breach]:
    """What a roster breaks of its plan, found by counting alone."""
    return judging.breaches(plan, duties)


def gap_lines(plan: Plan, found: Solved, names: wording.Names | None = None) -> list[str]:
    """What is missing, in words."""
    return [wording.breach_words(plan, one, names) for one in found.gaps]


def conflict_lines(plan: Plan, found: Solved, names: wording.Names | None = None) -> list[str]:
    """The rules that cannot hold together, in words."""
    return [wording.rule_words(plan, one, names) for one in found.conflict]


def table(plan: Plan, duties: Iterable[Duty]) -> list[tuple[str, str, str, str]]:
    """A roster as rows: date, place, kind, post."""
    return [(plan.date_of(one.day).isoformat(), one.place, one.kind, str(one.post)) for one in sorted(duties)]


def _officers(path: Path) -> Iterable[dict[str, Any]]:
    if not path.is_file():
        raise bad_plan("yaml", path.name)
    rows = sheets.read(path)
    if "post" not in rows.columns:
        raise bad_plan("form", f"{path.name}: post")
    for number, row in rows:
        if not row.get("post", "").isdecimal():
            raise bad_plan("form", f"{path.name}:{number}")
        several = {name: row.get(name, "").translate(_APART).split() for name in ("skills", "leave")}
        yield {"post": int(row["post"]), "agency": row.get("agency", ""), **several}
