"""How things stand now: a matter's last step, and how full each view is."""

from datetime import datetime

from gantang.desk import story
from gantang.desk.story import Step
from gantang.kit import replica
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters import queries
from gantang.matters.types import Filters, MatterView
from gantang.procedures import queries as procedures

#: Counted so far; a view that holds more ends with a plus.
MOST = 1000
#: Views that grow for ever say nothing by their number.
COUNTED = ("received", "today", "late", "contested", "verify", "mine", "barred", "open")


def newest(actor: Actor, matter: MatterView, *, seen: str) -> Step | None:
    """The last step, where there are more of them than were seen."""
    told = queries.timeline(actor, matter.id)
    if not told or str(len(told)) == seen:
        return None
    return story.steps(told[-1:], procedures.by_hash(matter.procedure_hash), {}, {})[0]


def counts(actor: Actor, *, now: datetime) -> dict[str, str]:
    """By view how many matters it holds, as it is written."""
    with replica.aside(), reading(actor):
        return {view: _count(actor, view, now) for view in COUNTED}


def _count(actor: Actor, view: str, now: datetime) -> str:
    found = queries.how_many(actor, filters=Filters(view=view), now=now, most=MOST)
    return f"{found.count:,}+" if found.more else str(found.count)
