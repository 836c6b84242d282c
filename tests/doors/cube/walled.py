"""The tables behind the wall, as the catalogue of the database tells them, and what stands in each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import connection

from gantang.advice.models import Suggestion
from gantang.kit import clock, keys
from gantang.kit.actor import ANY_CLASS, SYSTEM, Triple
from gantang.kit.work import reading, work
from gantang.matters import service
from gantang.matters.models import Moved, SealedNotice, Session, Signature
from gantang.matters.types import Contact, NewAsking
from gantang.patrol import service as patrol
from tests.exchange.seed import key
from tests.fund.books import open_books
from tests.matters.sealing import holders, tell
from tests.patrol.lake import SQUARE, Lake
from tests.patrol.watch import Watch

if TYPE_CHECKING:
    from tests.world import World

_POLICIES = "SELECT tablename, qual FROM pg_policies WHERE cmd = 'SELECT' AND tablename NOT LIKE 'kit_trial%'"
_BEHIND = "SELECT relname FROM pg_class WHERE relrowsecurity AND relname NOT LIKE 'kit_trial%'"


@dataclass(frozen=True)
class Walled:
    """A table, the column that names a matter (or a tip, or a stream), and the one that says where it lies."""

    name: str
    id: str
    scope: str | None

    def rows(self) -> list[tuple[UUID, str | None]]:
        """What a query without any filter gets now: (id, scope)."""
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT "{self.id}", {self.scope or "NULL"} FROM "{self.name}"')
            return [(UUID(str(row[0])), row[1]) for row in cursor.fetchall()]

    @property
    def is_written(self) -> bool:
        """Whether the application writes it at all: the owner's commands alone fill some."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege(%s, 'INSERT')", [self.name])
            return bool(cursor.fetchone()[0])


def tables() -> list[Walled]:
    """Every table with a policy, by what the policy itself compares."""
    with connection.cursor() as cursor:
        cursor.execute(_POLICIES)
        found = [_walled(name, condition) for name, condition in cursor.fetchall()]
        cursor.execute(_BEHIND)
        assert {row[0] for row in cursor.fetchall()} == {one.name for one in found}
    return sorted(found, key=lambda one: one.name)


def _walled(name: str, condition: str) -> Walled:
    ids = re.search(r"gantang\.ids'::text, true\), \((\w+)\)::text", condition)
    scope = re.search(r"\((\w+)\)?(?:::text)? >= current_setting", condition)
    assert ids, condition
    return Walled(name, ids[1], scope[1] if scope else None)


#: Sees every ground, and nothing that is sealed.
EVERYWHERE = replace(SYSTEM, sight=(Triple(ANY_CLASS, "", "supervisor", 0),))


def everything(ids: Iterable[UUID]) -> dict[str, set[tuple[UUID, str | None]]]:
    """What stands in each table on any ground, and under these ids, with all of them named."""
    with reading(EVERYWHERE, ids=ids):
        return {one.name: set(one.rows()) for one in tables()}


def fill(world: "World", matter: UUID, other: UUID) -> None:
    """Rows of the kinds that a matter seldom has, on one matter: a message, a minor, a link, what a sweep moved,
    what was suggested."""
    actor, now = world.cast.province_leader, clock.now()
    service.send(actor=actor, matter=matter, words="示例：在看了。", key=key(), now=now)
    service.link(actor=actor, matter=matter, other=other, kind="related", key=key(), now=now)
    receiver = world.actor("36", "受理岗")
    service.add_party(
        actor=receiver, matter=matter, contact=Contact(name="示例"), minor=True, key=key(), now=now
    )
    with work(SYSTEM, ids=[matter]) as w:
        scope = scope_of(matter)
        city = keys.city_of(matter)
        w.add(Moved(city=city, sweep=uuid4(), matter_id=matter, scope=scope))
        of = {"city": city, "matter_id": matter}
        w.add(
            Session(
                **of,
                id=keys.mint(city, now),
                no=1,
                way="online",
                starts_at=now,
                ends_at=now,
                unit=1,
                post=1,
                changed_at=now,
            )
        )
        w.add(
            Signature(
                **of,
                id=keys.mint(city, now),
                document=uuid4(),
                signer="mediator",
                way="presence",
                signed_at=now,
                taken_by=1,
            )
        )
        w.add(
            Suggestion(
                city=city,
                id=keys.mint(city, now),
                matter_id=matter,
                version=1,
                model=1,
                offered=[],
                because=[],
                gist=b"",
                made_at=now,
            )
        )


def fill_ground(world: "World") -> None:
    """Rows that lie on ground and belong to no matter: a fund's year, what somebody asked, a vessel on duty with
    all that it meets."""
    asked = NewAsking(kind="access", way="counter", received_on=clock.now().date())
    service.receive_asking(actor=world.cast.supervisor, asking=asked, key=key(), now=clock.now())
    books = open_books(world)
    books.book("opening", 100_00)
    books.close(2025)
    watch = Watch(Lake(world))
    lake, now = watch.lake, watch.at
    patrol.draw_zone(actor=lake.command, zone=lake.zone, level="normal", outline=SQUARE, now=now)
    watch.out()
    patrol.note_position(actor=watch.crew, shift=watch.first, at=SQUARE[0], when=now, key="here", now=now)
    watch.order()
    patrol.give_over(actor=watch.crew, shift=watch.first, to=watch.second, now=now)
    lake.water("low", at=now)


def scope_of(matter: UUID) -> str:
    """Where a matter lies; read with the matter named."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT scope FROM matter WHERE id = %s", [matter])
        return str(cursor.fetchone()[0])


@dataclass(frozen=True)
class Sealed:
    """A tip in hand of a unit, opened by its two holders, and a notice to the unit."""

    unit: int
    ids: tuple[UUID, ...]


def sealed(world: "World", unit: str) -> Sealed:
    """A unit that received a tip about somebody below it, opened it, and was told of a late one elsewhere."""
    held, number = holders(world, unit), world.unit(unit)
    below = {"accused_unit": world.unit(world.township if unit == world.county else world.county)}
    told = tell(world, **below)
    held.open(told.id, told.now)
    notice = uuid4()
    with work(SYSTEM, ids=[notice]) as w:
        w.add(SealedNotice(id=notice, scope=f"~{number}", day=told.now.date()))
    return Sealed(number, (told.id, notice))
