"""Who acts: the one value that every service and query is asked with."""

from dataclasses import dataclass, replace
from uuid import UUID

ANY_CLASS = "*"
#: What stands below this class is a service to a person by agreement: its matters lie with the unit that
#: gives it, on no ground.
APART = "service"


@dataclass(frozen=True, slots=True)
class Triple:
    """One line of sight: a duty for a class of matters over a ground, held by a unit.

    ``klass`` is ``*`` or a dotted prefix (``facility`` covers ``facility.lighting``); ``ground`` is a digit
    prefix (``36`` … ``360428101200001``), or ``~`` and a unit's number for sealed work, which no ground
    reaches.
    """

    klass: str
    ground: str
    duty: str
    unit: int

    def covers(self, klass: str, ground: str) -> bool:
        """Whether a matter of this class on this ground falls under the line."""
        return covers_class(self.klass, klass) and covers_ground(self.ground, ground)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for which post, and what that post sees. Sight is a union of triples, never a product of
    parts."""

    client: str
    account: int | None = None
    post: int | None = None
    unit: int | None = None
    sight: tuple[Triple, ...] = ()
    named: tuple[UUID, ...] = ()
    admin: bool = False

    def duties(self, klass: str, ground: str) -> frozenset[str]:
        """The duties this actor holds on a matter of this class on this ground."""
        return frozenset(triple.duty for triple in self.sight if triple.covers(klass, ground))

    def on_ground(self) -> "Actor":
        """The same actor without what lies apart: for doors that this never goes through."""
        return replace(self, sight=tuple(one for one in self.sight if not is_apart(one.ground)))

    def naming(self, *ids: UUID) -> "Actor":
        """The same actor with more matters opened by name."""
        return replace(self, named=tuple(dict.fromkeys((*self.named, *ids))))


def covers_class(wide: str, narrow: str) -> bool:
    """Whether the class ``wide`` is ``narrow`` or stands above it."""
    return wide == ANY_CLASS or narrow == wide or narrow.startswith(f"{wide}.")


def lies_apart(klass: str) -> bool:
    """Whether matters of a class lie with their unit; whoever sees them has a remit for just that class."""
    return covers_class(APART, klass)


def apart(unit: int) -> str:
    """Where the matters of a unit's own lie."""
    return f"~{unit}"


def is_apart(ground: str) -> bool:
    """Whether that is such a place, with its unit or, once it is forgotten, without."""
    return ground.startswith("~")


def covers_ground(wide: str, narrow: str) -> bool:
    """Whether the ground ``wide`` is ``narrow`` or holds it. What lies apart is held by no ground: ``~17`` by
    itself, and by ``~``."""
    if wide.startswith("~") or narrow.startswith("~"):
        return wide == narrow or (wide == "~" and is_apart(narrow))
    return narrow.startswith(wide)


SYSTEM = Actor(client="system")
