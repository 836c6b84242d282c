"""Whose counts one may see: those of ground of which a duty of the post sees every matter."""

from dataclasses import dataclass

from gantang.kit.actor import ANY_CLASS, Actor, covers_class, covers_ground
from gantang.posts.types import WIDE
from gantang.screen.errors import NoSightError, UnknownGroundError
from gantang.territory import queries as territory

#: How many digits the codes one level below have, by the digits of a code.
BELOW = {2: 4, 4: 6, 6: 9, 9: 12, 12: 15}
LEVELS = (2, 4, 6, 9, 12, 15)


@dataclass(frozen=True, slots=True)
class Seen:
    """A ground that may be looked at. ``classes``: the only classes that show; none is all of them."""

    ground: str
    classes: tuple[str, ...] = ()

    @property
    def below(self) -> int | None:
        """How many digits the codes one level down have; None for a grid."""
        return BELOW.get(len(self.ground))

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """What narrows the tallies to what may be seen."""
        return {"klass": self.classes} if self.classes else {}


def grounds(actor: Actor) -> tuple[str, ...]:
    """The widest grounds that the actor sees whole, for some class, in their order."""
    mine = {line.ground for line in actor.sight if line.duty in WIDE and len(line.ground) in LEVELS}
    open_ground = {one for one in mine if one.isdigit()}
    return tuple(sorted(a for a in open_ground if not any(a != b and a.startswith(b) for b in open_ground)))


def seen(actor: Actor, asked: str = "") -> Seen:
    """The ground asked for, else the actor's first. Errors: NoSightError, UnknownGroundError (404)."""
    tops = grounds(actor)
    if not tops:
        raise NoSightError
    ground = asked or tops[0]
    found = Seen(ground, _classes(actor, ground))
    if len(ground) not in LEVELS or not found.classes or not territory.names([ground]):
        raise UnknownGroundError
    return Seen(ground) if ANY_CLASS in found.classes else found


def _classes(actor: Actor, ground: str) -> tuple[str, ...]:
    """The widest classes of which every matter of the ground is seen."""
    lines = {one.klass for one in actor.sight if one.duty in WIDE and covers_ground(one.ground, ground)}
    return tuple(sorted(a for a in lines if not any(a != b and covers_class(b, a) for b in lines)))
