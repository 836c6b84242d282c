"""The procedure language, the checker, working time: pure. See README.md."""

try:
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
        Words,
    )
    from gantang.engine.run.apply import StepError, apply, replay
    from gantang.engine.run.case import Case, Clock, Held
    from gantang.engine.run.changes import end_unit, outage, recompute, reroute
    from gantang.engine.run.clocks import explain
    from gantang.engine.run.decide import decide, open_case
    from gantang.engine.run.lapse import lapse, wake_at
    from gantang.engine.run.may import may
    from gantang.engine.run.show import Shown, show
    from gantang.engine.run.values import Decision, Doer, Facts, Holder, Possible, Refusal, Step
    from gantang.engine.time import Calendar, Deadline, Span, deadline
except ImportError:  # until engine/time is whole
    pass
