"""Who holds the work of a procedure by the remits."""

from datetime import datetime

from gantang.engine import STAFF_DUTIES, Holder, Procedure
from gantang.posts import queries as posts


def holders_of(
    procedure: Procedure, *, klass: str, ground: str, now: datetime, resolver: posts.Resolver | None = None
) -> dict[str, Holder | None]:
    """Who holds each duty of the procedure by the remits. Errors: TieError."""
    resolver = resolver or posts.resolver(now.date())
    found: dict[str, Holder | None] = {}
    for duty in duties_of(procedure):
        answering = resolver.answering(klass=klass, ground=ground, duty=duty)
        found[duty] = Holder(answering.unit, answering.post, answering.remit) if answering else None
    return found


def duties_of(procedure: Procedure) -> tuple[str, ...]:
    """The staff duties that own a state: only these have holders."""
    owners = {state.owner for state in procedure.states.values()}
    return tuple(duty for duty in STAFF_DUTIES if duty in owners)
