"""The procedure language, the checker, working time: pure. See README.md."""

from gantang.engine.check import Bound, bound, check
from gantang.engine.language import PackError, load_pack, load_packs, read_pack, read_packs, read_source
from gantang.engine.model import (
    DUTIES,
    PEOPLE_DUTIES,
    STAFF_DUTIES,
    STATUSES,
    SUPERVISION,
    Field,
    Finding,
    Move,
    Pack,
    Procedure,
    State,
    Upgrade,
    Words,
)
from gantang.engine.run.apply import StepError, apply, replay
from gantang.engine.run.case import Case, Clock, Held
from gantang.engine.run.changes import end_unit, outage, recompute, reroute, take_over
from gantang.engine.run.clocks import explain
from gantang.engine.run.decide import decide, open_case, open_past
from gantang.engine.run.lapse import lapse, wake_at
from gantang.engine.run.may import may
from gantang.engine.run.show import Shown, show
from gantang.engine.run.upgrade import upgrade
from gantang.engine.run.values import Decision, Doer, Facts, Holder, Possible, Refusal, Step
from gantang.engine.time import Calendar, Day, DayKind, Deadline, Explanation, Span, deadline

__all__ = [
    "DUTIES",
    "PEOPLE_DUTIES",
    "STAFF_DUTIES",
    "STATUSES",
    "SUPERVISION",
    "Bound",
    "Calendar",
    "Case",
    "Clock",
    "Day",
    "DayKind",
    "Deadline",
    "Decision",
    "Doer",
    "Explanation",
    "Facts",
    "Field",
    "Finding",
    "Held",
    "Holder",
    "Move",
    "Pack",
    "PackError",
    "Possible",
    "Procedure",
    "Refusal",
    "Shown",
    "Span",
    "State",
    "Step",
    "StepError",
    "Upgrade",
    "Words",
    "apply",
    "bound",
    "check",
    "deadline",
    "decide",
    "end_unit",
    "explain",
    "lapse",
    "load_pack",
    "load_packs",
    "may",
    "open_case",
    "open_past",
    "outage",
    "read_pack",
    "read_packs",
    "read_source",
    "recompute",
    "replay",
    "reroute",
    "show",
    "take_over",
    "upgrade",
    "wake_at",
]
