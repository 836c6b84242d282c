"""Which ground of the patrol an actor sees, and who may change what."""

from gantang.kit.actor import Actor, Triple
from gantang.patrol.errors import NotRunnerError
from gantang.posts import queries as posts

KLASS = "patrol"
#: Duties for incidents of the lake that command its patrol.
COMMAND = frozenset({"receiver", "dispatcher", "leader"})


def grounds_of(actor: Actor) -> tuple[str, ...]:
    """Where the post stands and what its duties reach; the command on the machine sees all."""
    return ("",) if actor.post is None and actor.admin else posts.grounds_of(actor)


def seeing(actor: Actor) -> Actor:
    """The same actor with the sight that the wall of these tables is opened to."""
    lines = tuple(Triple("*", one, KLASS, actor.unit or 0) for one in grounds_of(actor))
    return Actor(
        actor.client, actor.account, actor.post, actor.unit, lines, named=actor.named, admin=actor.admin
    )


def sees(actor: Actor, ground: str) -> bool:
    """Whether a ground lies in what an actor sees."""
    return any(ground.startswith(one) for one in grounds_of(actor))


def commands(actor: Actor, ground: str) -> bool:
    """Whether a post has the command of the patrol there."""
    return bool(actor.duties(KLASS, ground) & COMMAND)


def runs(actor: Actor, ground: str) -> bool:
    """Whether an actor may change points, vessels, rosters of a ground."""
    own = actor.admin and (actor.unit is None or ground.startswith(posts.unit(actor.unit).ground))
    return own or commands(actor, ground)


def must_run(actor: Actor, ground: str) -> None:
    """Errors: NotRunnerError."""
    if not runs(actor, ground):
        raise NotRunnerError
