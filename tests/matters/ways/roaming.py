"""Chance walks through any shipped procedure by the services: anybody who may does anything that is possible, and
whoever holds two posts tries with both."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gantang.engine import STAFF_DUTIES, Possible, Procedure
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.matters import queries, service
from gantang.posts import queries as posts
from gantang.posts import service as appointing
from gantang.procedures import queries as procedures
from gantang.sample.service import BUILDER
from tests.matters.acting import CLASS, fresh, row_of
from tests.matters.ways.decisions import begun
from tests.matters.ways.driving import PEOPLE, Driven
from tests.matters.ways.filling import answer
from tests.matters.ways.holding import nobody_checked_what_they_did, stands
from tests.matters.ways.screenings import round_of

if TYPE_CHECKING:
    from tests.world import World

HOURS = (0, 1, 5, 24, 24 * 4, 24 * 15)
#: Who does the work of each kind, and the post that the same account also fills: of whoever checks it.
TWICE = {
    "request": ("department_handler", ("360428", "回访核验岗")),
    "dispute": ("mediator", ("360428", "回访核验岗")),
    "decision": ("county_handler", ("360428", "负责岗")),
    "decision.assessment": ("county_handler", ("360428", "回访核验岗")),
    "screening": ("grid_worker", ("360428", "督办岗")),
}


def opened(world: "World", kind: str, klass: str) -> Driven:
    """A matter of a kind: told at the portal, by a campaign, or on behalf of a unit."""
    if kind == "screening":
        return round_of(world)
    if kind.startswith("decision"):
        return begun(world, kind)
    return Driven.told(world, klass)


@dataclass
class Roam:
    """Matters that grow out of one, those who act on them, and the time that passes."""

    world: "World"
    chance: Random
    kind: str
    klass: str = ""
    now: datetime = field(default_factory=clock.now)
    matters: list[UUID] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    twice: Actor | None = None

    def go(self, turns: int) -> None:
        """Begin with a matter, then act by chance; whatever was reached is looked at after each turn."""
        self.twice = self.second_post()
        self.matters.append(opened(self.world, self.kind, self.klass or CLASS).id)
        for _ in range(turns):
            self.now += timedelta(hours=self.chance.choice(HOURS), minutes=1)
            matter = self.chance.choice(self.matters[-4:])
            turn = self.chance.choices([self.move, self.wake, self.say], [10, 1, 3])[0]
            turn(matter)
            stands(row_of(matter))
        for matter in self.matters:
            nobody_checked_what_they_did(matter)

    def second_post(self) -> Actor:
        """The account that does the work also acts for a post that checks it."""
        name, where = TWICE[self.kind]
        account, post = self.world.account_of(name), self.world.post(*where)
        day = self.world.on
        appointing.appoint(
            actor=BUILDER, post=post, account=account, valid_from=day, acting=True, now=clock.now()
        )
        return posts.actor_of(account=account, post=post, on=day)

    def wake(self, matter: UUID) -> None:
        self.now += timedelta(days=self.chance.choice([1, 6, 40]))
        service.wake(now=self.now)

    def say(self, matter: UUID) -> None:
        """The sides of a dispute say what they want; of everything else time passes."""
        driven = self.driven(matter)
        asks = any(
            guard.name == "willing_parties" for one in driven.procedure.moves.values() for guard in one.needs
        )
        if asks:
            with suppress(GantangError):  # nobody mediates yet, or it is over
                driven.willing(self.chance.random() < 0.85)

    def move(self, matter: UUID) -> None:
        """Something that is possible, mostly something new that does not end it; else anything at all."""
        possible = list(self.possible(matter))
        if not possible or self.chance.random() < 0.05:
            procedure = procedures.by_hash(row_of(matter).procedure_hash)
            actor = self.twice or self.world.cast.supervisor
            return self.act(matter, actor, self.chance.choice(list(procedure.moves)))
        fresh_ones = [one for one in possible if one[1] not in self.made and not self.ends(matter, one[1])]
        actor, move = self.chance.choice(
            fresh_ones if fresh_ones and self.chance.random() < 0.8 else possible
        )
        self.act(matter, actor, move)

    def possible(self, matter: UUID) -> Iterator[tuple[Actor, str]]:
        for actor in self.everybody(matter):
            yield from ((actor, one.move) for one in allowed(actor, matter, self.now))

    def everybody(self, matter: UUID) -> list[Actor]:
        """Holders and cast of a few duties, the people outside, and the account with two posts."""
        driven = self.driven(matter)
        duties = self.chance.sample(STAFF_DUTIES, 4)
        owner = driven.row.owner_duty
        found = {one for duty in {*duties, owner} & set(STAFF_DUTIES) for one in driven.staff(duty)}
        found |= {one for role in PEOPLE for one in driven.people(role)}
        return sorted(found | ({self.twice} if self.twice else set()), key=repr)

    def driven(self, matter: UUID) -> Driven:
        return Driven(self.world, matter, self.now)

    def ends(self, matter: UUID, move: str) -> bool:
        procedure = procedures.by_hash(row_of(matter).procedure_hash)
        to = procedure.moves[move].to if move in procedure.moves else None
        return to is not None and procedure.states[to].is_end

    def act(self, matter: UUID, actor: Actor, move: str) -> None:
        """A refusal changes nothing; anything but a refusal of ours is a fault."""
        before = row_of(matter).version
        answers = self.answers(matter, move)
        try:
            acted = service.act(
                actor=actor, matter=matter, move=move, answers=answers, key=fresh(), now=self.now
            )
        except GantangError:
            after = row_of(matter)
            assert after.version - before in (0, 1) and (after.version == before or after.barred), move
            return
        self.made.append(move)
        self.matters += acted.opened

    def answers(self, matter: UUID, move: str) -> dict[str, Any]:
        driven = self.driven(matter)
        asked = driven.procedure.moves.get(move)
        if asked is None:
            return {"reason": "示例：理由。"} if move.startswith("ask") or move == "decline" else {}
        given = {
            ask.field: self.value(driven.procedure, ask.field)
            for ask in asked.asks
            if ask.field not in ("class", "post") and (ask.required or self.chance.random() < 0.2)
        }
        wanted = {guard.args[0] for guard in asked.needs if guard.name == "chosen"}
        return driven.answers(asked, {name: one for name, one in given.items() if name not in wanted})

    def value(self, procedure: Procedure, name: str) -> Any:
        one = procedure.fields[name]
        if one.kind == "matter":
            return str(self.chance.choice(self.matters))
        if one.kind in ("choice", "choices"):
            code = self.chance.choice(one.codes())
            return code if one.kind == "choice" else [code]
        unit = self.world.unit(self.chance.choice(["360428101", "360428", "360428:justice"]))
        return answer(one, world=self.world, now=self.now, unit=unit)


def allowed(actor: Actor, matter: UUID, now: datetime) -> list[Possible]:
    """What the actor may do; nothing where the matter is out of its sight."""
    try:
        return [one for one in queries.possible_moves(actor, matter, now=now).possible if one.allowed]
    except GantangError:
        return []


def goes_on(roam: Roam, matter: UUID) -> bool:
    """Whether somebody may do something about an open matter, or the clock will."""
    row = row_of(matter)
    if row.ended_at is not None or row.wake_at is not None:
        return True
    driven = roam.driven(matter)
    people = [one for duty in STAFF_DUTIES for one in driven.staff(duty)]
    people += [one for role in PEOPLE for one in driven.people(role)]
    return any(allowed(one, matter, roam.now) for one in people)
