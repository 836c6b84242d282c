"""Which duties an actor holds on a matter, and so whether it is seen. ``queries.sight`` says the same in
SQL."""

from collections.abc import Collection

from gantang.kit.actor import Actor
from gantang.posts.types import WIDE

#: The role of a person who follows what somebody else reported: sees public steps, and can do nothing.
FOLLOWER = "follower"


def duties_on(
    actor: Actor, *, klass: str, scope: str, units: Collection[int | None], roles: Collection[str] = ()
) -> frozenset[str]:
    """The duties by the actor's triples and by the shares of its unit (``roles``).

    Wide duties reach every matter of their class and ground; the others only what their unit holds
    (``units``).
    """
    mine = {t.duty for t in actor.sight if t.covers(klass, scope) and (t.duty in WIDE or t.unit in units)}
    return frozenset(mine) | frozenset(roles)


def taking_part(roles: Collection[str], duties: Collection[str]) -> frozenset[str]:
    """What a post with these duties holds by the shares of its unit: what it can fill of their roles, and
    for a leader whatever the unit takes part in."""
    return frozenset({*roles, "leader"} & set(duties)) if roles else frozenset()


def client_of(matter: str, party: int) -> str:
    """How an actor is called that a person's access code opened."""
    return f"code:{matter}:{party}"


def party_of(actor: Actor) -> int | None:
    """The reporter (0) or party an access code stands for; None for staff and programs."""
    kind, _, rest = actor.client.partition(":")
    return int(rest.rpartition(":")[2]) if kind == "code" else None
