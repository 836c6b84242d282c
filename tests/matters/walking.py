"""Random walks through the services: anybody of the cast does anything that is possible, or tries what is not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gantang.engine import Field
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.matters import queries, service
from gantang.matters.types import Contact
from gantang.procedures import queries as procedures
from tests.matters.acting import CLASS, fresh, report, row_of

if TYPE_CHECKING:
    from tests.world import World

STAFF = (
    "receiver",
    "dispatcher",
    "handler",
    "department_handler",
    "verifier",
    "arbiter",
    "supervisor",
    "county_leader",
    "neighbour",
    "foreign_receiver",
    "foreign_dispatcher",
    "foreign_handler",
)
HOURS = (0, 0, 1, 3, 24, 24 * 4, 24 * 20)
TEXTS = {"reason": "等零件。"}


@dataclass
class Walk:
    """Some matters, the people who act on them, and the time that passes."""

    world: "World"
    chance: Random
    now: datetime = field(default_factory=clock.now)
    matters: list[UUID] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)

    def go(self, turns: int) -> None:
        """Begin with a matter, then act by chance."""
        self.take_in()
        for _ in range(turns):
            self.now += timedelta(hours=self.chance.choice(HOURS), minutes=1)
            turn: Callable[[], None] = self.chance.choices(
                [self.move, self.take_in, self.wake, self.mend, self.talk], [12, 1, 1, 1, 1]
            )[0]
            turn()

    def take_in(self) -> None:
        world = self.world
        ground = self.chance.choice([world.grid, world.village, world.other_grid, world.foreign_grid])
        on_behalf = self.chance.random() < 0.2
        person = self.chance.choice([None, Contact(name="示例甲"), Contact(email="w@example.org")])
        made = report(
            ground,
            channel="phone" if on_behalf else "portal",
            on_behalf=on_behalf,
            reporter=person,
            class_code=self.chance.choice(["", CLASS, "water"]),
        )
        actor = world.cast.county_receiver if on_behalf else Actor(client=f"form:{fresh()}")
        receipt = service.intake(actor=actor, report=made, key=fresh(), now=self.now)
        self.matters.append(receipt.matter)
        if receipt.access_code:
            self.codes.append(receipt.access_code)

    def wake(self) -> None:
        self.now += timedelta(days=self.chance.choice([1, 6, 30]))
        service.wake(now=self.now)

    def move(self) -> None:
        """Mostly something possible, sometimes anything at all."""
        matter = self.chance.choice(self.matters)
        possible = [(actor, one.move) for actor in self.everybody() for one in self.moves(actor, matter)]
        if possible and self.chance.random() < 0.9:
            going_on = [one for one in possible if not self.ends(matter, one[1])]
            actor, move = self.chance.choice(
                going_on if going_on and self.chance.random() < 0.8 else possible
            )
        else:
            procedure = procedures.by_hash(row_of(matter).procedure_hash)
            actor, move = self.chance.choice(self.everybody()), self.chance.choice(list(procedure.moves))
        self.tried(lambda: self.act(actor, matter, move), move)

    def everybody(self) -> list[Actor]:
        staff = [getattr(self.world.cast, name) for name in STAFF]
        return staff + [service.open_by_code(code)[0] for code in self.codes]

    def moves(self, actor: Actor, matter: UUID) -> list[Any]:
        try:
            found = queries.possible_moves(actor, matter, now=self.now).possible
        except GantangError:
            return []
        return [one for one in found if one.allowed]

    def ends(self, matter: UUID, move: str) -> bool:
        procedure = procedures.by_hash(row_of(matter).procedure_hash)
        to = procedure.moves[move].to if move in procedure.moves else None
        return to is not None and procedure.states[to].is_end

    def act(self, actor: Actor, matter: UUID, move: str) -> None:
        acted = service.act(
            actor=actor,
            matter=matter,
            move=move,
            answers=self.answers(matter, move),
            key=fresh(),
            now=self.now,
        )
        self.matters += acted.opened
        if move == "move_away":
            self.matters += [service.open_by_code(code)[1] for code in self.codes]
            self.matters = list(dict.fromkeys(self.matters))

    def answers(self, matter: UUID, move: str) -> dict[str, Any]:
        procedure = procedures.by_hash(row_of(matter).procedure_hash)
        if move not in procedure.moves:
            return dict(TEXTS) if move.startswith("ask") or move == "decline" else {}
        asks = [one for one in procedure.moves[move].asks if one.required or self.chance.random() < 0.3]
        return {one.field: self.value(procedure.fields[one.field]) for one in asks if one.field != "post"}

    def value(self, asked: Field) -> Any:
        world, chance = self.world, self.chance
        units = [world.unit(key) for key in ("360428101", "360428:housing", "360428:water", "361028100")]
        simple: dict[str, Any] = {
            "class": chance.choice([CLASS, "water", "dispute"]),
            "unit": chance.choice(units),
            "units": chance.sample(units, 2),
            "rating": chance.randint(1, 5),
            "ground": chance.choice([world.foreign_township, world.township]),
            "matter": str(chance.choice(self.matters)),
            "text": "示例的话。",
        }
        return chance.choice(asked.codes()) if asked.codes() else simple[asked.kind]

    def mend(self) -> None:
        world, matter = self.world, self.chance.choice(self.matters)
        actor = getattr(world.cast, self.chance.choice(STAFF))
        given = {"actor": actor, "matter": matter, "key": fresh(), "now": self.now}
        act = self.chance.choice(
            [
                lambda: service.classify(class_code=self.chance.choice([CLASS, "water"]), **given),
                lambda: service.place(
                    ground=self.chance.choice([world.next_grid, world.other_grid]), **given
                ),
                lambda: service.mend_gist(gist="一处路灯", **given),
                lambda: service.link(other=self.chance.choice(self.matters), kind="related", **given),
            ]
        )
        self.tried(act, "mend")

    def talk(self) -> None:
        matter, actor = self.chance.choice(self.matters), self.chance.choice(self.everybody())
        given = {"actor": actor, "matter": matter, "words": "示例的话。", "key": fresh(), "now": self.now}
        self.tried(lambda: service.send(**given), "talk")

    def tried(self, act: Callable[[], object], name: str) -> None:
        """What is refused changes nothing; anything but a refusal of ours is a fault."""
        try:
            act()
        except GantangError:
            return
        self.made.append(name)
