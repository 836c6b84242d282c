"""The stories of packs, played by `gantang check`: what goes another way, and what no story tells of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gantang.engine import Finding, Pack, Procedure, Step


@dataclass(frozen=True, slots=True)
class Untold:
    """Moves of a procedure that no story of its pack makes, and late rules by their number in the file."""

    procedure: str
    moves: tuple[str, ...]
    late: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """So many stories, a finding for each that does not come true, and what none of them tells of."""

    count: int
    findings: list["Finding"]
    untold: list[Untold]


def played(packs: Iterable["Pack"], procedures: Mapping[str, "Procedure"]) -> Played:
    """Every story of the packs. A pack with findings of its own is not played: its stories would fail for
    those."""
    from gantang.engine.scenario import failing, plain_calendar, tell

    days, count, findings = plain_calendar(), 0, list["Finding"]()
    steps: dict[str, list[Step]] = defaultdict(list)
    whole = [pack for pack in packs if not pack.findings]
    for path in (path for pack in whole for path in pack.scenarios):
        count += 1
        if (fault := failing(path, procedures, days)) is not None:
            findings.append(fault)
        else:
            told = tell(path, procedures, days)
            steps[told.case.procedure] += told.steps
    own = [one for pack in whole for one in pack.procedures.values()]
    untold = [_untold(one, steps[one.name]) for one in own]
    return Played(count, findings, [one for one in untold if one.moves or one.late])


def _untold(procedure: "Procedure", steps: Iterable["Step"]) -> Untold:
    """A variant has the stories of its base; its late rules are numbered anew, and not looked at."""
    data: list[Mapping[str, Any]] = [step.data for step in steps]
    made = {one.get("move") for one in data}
    fired = {one["rule"]["n"] for one in data if "rule" in one}
    moves = tuple(name for name in procedure.moves if name not in made)
    heard = [n for n, rule in enumerate(procedure.late) if rule.tell or rule.move not in (None, *moves)]
    late = () if procedure.variant else tuple(n + 1 for n in heard if n not in fired)
    return Untold(procedure.key, moves, late)
