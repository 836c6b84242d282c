"""What the engine is told of the parties' willingness."""

from uuid import UUID

from gantang.engine import Procedure
from gantang.matters.models import Party
from gantang.matters.rules import parties


def asks_parties(procedure: Procedure) -> bool:
    """Whether the procedure asks whether its parties take part."""
    return parties.asks(guard.name for move in procedure.moves.values() for guard in move.needs)


def willing_of(procedure: Procedure, city: int, matter: UUID) -> tuple[bool, bool]:
    """(willing, refused) as the engine is told; both false where the procedure does not ask."""
    if not asks_parties(procedure):
        return False, False
    rows = Party.objects.filter(city=city, matter_id=matter).values_list("role", "side", "willing")
    return parties.stands(parties.Stand(*row) for row in rows)
