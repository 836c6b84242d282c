"""What the engine is told of the parties' willingness."""

from collections.abc import Sequence
from uuid import UUID

from gantang.engine import Procedure
from gantang.matters.models import Party
from gantang.matters.queries.each import any_of
from gantang.matters.rules import parties


def asks_parties(procedure: Procedure) -> bool:
    """Whether the procedure asks whether its parties take part."""
    return parties.asks(guard.name for move in procedure.moves.values() for guard in move.needs)


def willing_of(procedure: Procedure, city: int, matter: UUID) -> tuple[bool, bool]:
    """(willing, refused) as the engine is told; both false where the procedure does not ask."""
    return willing_of_each([(procedure, (city, matter))])[matter]


def willing_of_each(asked: Sequence[tuple[Procedure, tuple[int, UUID]]]) -> dict[UUID, tuple[bool, bool]]:
    """The same of several matters at (city, id), by one query."""
    people: dict[UUID, list[parties.Stand]] = {id_: [] for _procedure, (_city, id_) in asked}
    places = [place for procedure, place in asked if asks_parties(procedure)]
    if places:
        rows = Party.objects.filter(any_of(places))
        for matter, role, side, willing in rows.values_list("matter_id", "role", "side", "willing"):
            people[matter].append(parties.Stand(role, side, willing))
    return {matter: parties.stands(found) for matter, found in people.items()}
