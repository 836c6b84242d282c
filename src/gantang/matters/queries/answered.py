"""What was answered in the matters of a procedure, and how they ended: from the counts that are kept, for
whoever sees every one of them. No matter is read; each counts once, by its last answer."""

from collections.abc import Iterator
from datetime import date, datetime

from gantang.engine import Procedure, Words
from gantang.kit.actor import ANY_CLASS, Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.matters.queries.balances import split_by, whole_classes
from gantang.matters.types import Answered
from gantang.procedures import queries as procedures
from gantang.tallies import queries as tallies

#: What came in and went out, before all answers.
FLOW = {
    "in": Words("新开", "Opened"),
    "out": Words("办结等", "Ended"),
    "on_time": Words("按期办结", "Ended in time"),
    "late_closed": Words("超期办结", "Ended late"),
}
FLOWS, ENDS = Words("进出", "In and out"), Words("结果", "How they ended")


def counted_procedures(now: datetime) -> dict[str, Procedure]:
    """The procedures in force whose matters are counted, by name: the plain ones."""
    plain = {
        one.name: procedures.by_hash(one.hash)
        for one in procedures.all_in_force(now)
        if not one.variant and not one.ground and not one.is_end
    }
    return {name: one for name, one in sorted(plain.items()) if one.counted and not one.sealed}


def answered(
    actor: Actor, procedure: Procedure, *, ground: str, since: date, until: date, urban: str = ""
) -> tuple[Answered, ...]:
    """Each closed answer that the procedure counts, by its codes, over a ground and from day to day;
    ``urban`` (urban, rural, none) narrows it. Errors: ForbiddenError where the actor sees no class whole.
    """
    classes = whole_classes(actor, ground)
    if not classes:
        raise ForbiddenError
    filters = ({} if ANY_CLASS in classes else {"klass": classes}) | split_by(urban)
    groups = list(_groups(procedure))
    measures = list(dict.fromkeys(measure for _title, lines in groups for measure, _words in lines))
    with reading(actor):
        counts = tallies.totals(
            measures,
            ground=ground,
            filters={**filters, "procedure": procedure.name},
            since=since,
            until=until,
        )
    return tuple(
        Answered(title, tuple((words, counts.get(measure, 0)) for measure, words in lines))
        for title, lines in groups
    )


def _groups(procedure: Procedure) -> Iterator[tuple[Words, list[tuple[str, Words]]]]:
    yield FLOWS, list(FLOW.items())
    for name in procedure.counts:
        field = procedure.fields.get(name)
        if field is not None and field.options:
            yield field.title, [(f"answer.{name}.{one.code}", one.words) for one in field.options]
    yield ENDS, [(f"end.{name}", words) for name, words in procedure.outcomes.items()]
