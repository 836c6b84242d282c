"""How far 法律明白人 reach: of a ground's villages how many have enough, what part of households that is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reach:
    """One ground: villages, those with enough, certificates in force, households declared and by how many
    villages. ``declared`` less than ``villages``: the part of households is of those that declared."""

    villages: int
    enough: int
    certified: int
    households: int
    declared: int
    counted: int

    @property
    def percent(self) -> float | None:
        """Certificates for a hundred households, of villages that declared them; None where none did."""
        return None if not self.households else round(100 * self.counted / self.households, 1)


def reach(
    villages: Iterable[str], certified: Mapping[str, int], households: Mapping[str, int], least: int | None
) -> Reach:
    """Add up villages. Without a ``least`` none has enough."""
    every = list(villages)
    told = [one for one in every if one in households]
    return Reach(
        len(every),
        sum(least is not None and certified.get(one, 0) >= least for one in every),
        sum(certified.get(one, 0) for one in every),
        sum(households[one] for one in told),
        len(told),
        sum(certified.get(one, 0) for one in told),
    )
