"""A matter driven by the names of its moves: who may make each, and what it asks, is found from its procedure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from gantang.engine import STAFF_DUTIES, Case, Move, Procedure
from gantang.kit import clock, keys
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters import queries, service
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.models import Matter, Party
from gantang.matters.service.wake import CLOCK
from gantang.matters.types import Acted, Contact
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures
from tests.matters.acting import fresh, row_of, told
from tests.matters.ways.filling import filled

if TYPE_CHECKING:
    from tests.world import World

#: Who of the cast holds each duty, the nearest first.
CAST = {
    "receiver": ("receiver", "county_receiver"),
    "dispatcher": ("dispatcher", "county_dispatcher"),
    "handler": ("handler", "county_handler", "department_handler"),
    "cooperator": ("grid_worker", "village_clerk", "department_handler"),
    "mediator": ("mediator",),
    "verifier": ("verifier",),
    "arbiter": ("arbiter",),
    "supervisor": ("supervisor",),
    "leader": ("leader", "county_leader"),
}
PEOPLE = ("reporter", "party")


@dataclass
class Driven:
    """A matter on its way, and the time that passes on it: a minute with each move."""

    world: "World"
    id: UUID
    now: datetime = field(default_factory=clock.now)

    @classmethod
    def told(cls, world: "World", klass: str, **given: Any) -> Self:
        """Told at the portal."""
        now = clock.now()
        ground = given.pop("ground", world.grid)
        return cls(world, told(ground, "示例的话。", class_code=klass, now=now, **given).matter, now)

    def child(self, acted: Acted, at: int = 0) -> "Driven":
        """A matter that a move opened, at the same moment."""
        return Driven(self.world, acted.opened[at], self.now)

    @property
    def row(self) -> Matter:
        return row_of(self.id)

    @property
    def procedure(self) -> Procedure:
        return procedures.by_hash(self.row.procedure_hash)

    def go(self, *moves: str) -> Self:
        """Move after move, each answered by itself."""
        for move in moves:
            self.make(move)
        return self

    def make(self, move: str, **given: Any) -> Acted:
        """One move by somebody who may make it. Errors: AssertionError where nobody may, with what stands against."""
        self.now += timedelta(minutes=1)
        asked = self.procedure.moves.get(move)
        answers = given if asked is None else self.answers(asked, given)
        return service.act(
            actor=self.somebody(move), matter=self.id, move=move, answers=answers, key=fresh(), now=self.now
        )

    def answers(self, move: Move, given: dict[str, Any]) -> dict[str, Any]:
        klass = self.row.class_code
        return filled(self.procedure, move, given, world=self.world, now=self.now, klass=klass)

    def later(self, **span: float) -> Self:
        """Time passes, and the clock does what it owes."""
        self.now += timedelta(**span)
        service.wake(now=self.now)
        return self

    def somebody(self, move: str) -> Actor:
        """Somebody who may make the move now."""
        against = []
        for actor in self.everybody(move):
            possible = self.possible(actor, move)
            if possible is not None and possible.allowed:
                return actor
            against += [one.code for one in possible.refusals] if possible else []
        raise AssertionError(f"nobody may {move} in {self.row.state}: {sorted(set(against))}")

    def possible(self, actor: Actor, move: str) -> Any:
        try:
            found = queries.possible_moves(actor, self.id, now=self.now).possible
        except MatterNotFoundError:
            return None
        return next((one for one in found if one.move == move), None)

    def everybody(self, move: str = "") -> Iterator[Actor]:
        """Who might make it: the holders of its duties, the cast, the leaders of those who hold work."""
        asked = self.procedure.moves.get(move)
        duties = asked.by if asked is not None else STAFF_DUTIES
        for duty in duties:
            yield from self.people(duty) if duty in PEOPLE else self.staff(duty)

    def staff(self, duty: str) -> Iterator[Actor]:
        """Those who hold the duty on this matter, then others of the cast who have it."""
        held = Case.from_dict(self.row.case).holders
        resolver = posts.resolver(self.world.on)
        units = [(one.unit, one.post) for name, one in held.items() if name == duty]
        units += [(one.unit, None) for one in held.values() if duty == "leader"]
        for unit, post in units:
            for one in resolver.serving(unit=unit, post=post, duty=duty):
                yield posts.actor_of(account=one.account, post=one.post, on=self.world.on)
        for name in CAST.get(duty, ()):
            yield getattr(self.world.cast, name)

    def people(self, role: str) -> Iterator[Actor]:
        """Whoever of the people outside holds a code."""
        with reading(CLOCK, ids=[self.id]):
            found = list(Party.objects.filter(matter_id=self.id, role=role).order_by("no"))
        for one in found:
            if one.has_code:
                yield service.open_by_code(keys.access_code(self.id, one.no, one.issue))[0]

    def willing(self, said: bool = True) -> Self:
        """Both sides say whether they take part; the other side is entered where there is none yet."""
        mediator = next(self.staff("mediator"))
        others = [one.no for one in queries.people(mediator, self.id) if one.no]
        given: dict[str, Any] = {"matter": self.id, "now": self.now}
        if not others:
            other = Contact(name="示例乙", email="b@example.org")
            others = [service.add_party(actor=mediator, contact=other, key=fresh(), **given)]
        for no in (0, *others):
            how = {"person": no, "evidence": "in_person", "key": fresh()}
            service.say_willing(actor=mediator, willing=said, **how, **given)
        return self
