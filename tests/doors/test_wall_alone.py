"""Row-level security alone: every filter of the rooms left out, whatever table, whoever asks.

Never a row of another ground, never a sealed row, never a row of a post that was left. What is behind the wall is
asked of the database's catalogue, so that a new table is tested by itself, and is red until something stands in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters.models import Matter
from gantang.matters.queries.sight import shared_with
from gantang.matters.service.sealed.opening import sealed as seeing_sealed
from gantang.posts import queries as posts
from gantang.posts.errors import NotHolderError
from tests.doors.cube import rows, walled
from tests.doors.cube.people import Asker
from tests.doors.cube.rights import HOLD
from tests.doors.cube.sight import GROUNDS, LEFT, MOVED, PERSONAS, SEES, SHARED
from tests.doors.cube.walk import OPEN, Cube

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Stood:
    """The world with a row of each kind: ids of matters by kind, of tips by unit, all there is by table."""

    world: "World"
    askers: dict[str, Asker]
    ids: dict[str, tuple[UUID, ...]]
    tips: tuple[walled.Sealed, walled.Sealed]
    whole: dict[str, set[tuple[UUID, str | None]]]

    def actor(self, name: str) -> Actor:
        return self.askers[name].actor(self.world)


@pytest.fixture(scope="module")
def stood(cube: Cube) -> Stood:
    """A row of each kind, and one of each kind of what belongs to it."""
    world = cube.world
    ids = {kind: rows.lying(world, kind).ids for kind in OPEN}
    for one, other in ids.values():
        walled.fill(world, one, other)
    walled.fill_ground(world)
    tips = walled.sealed(world, world.county), walled.sealed(world, "3604")
    known = [one for kind in (*ids.values(), *(tip.ids for tip in tips)) for one in kind]
    return Stood(world, {one.name: one for one in cube.askers}, ids, tips, walled.everything(known))


def test_in_every_table_behind_the_wall_something_stands(stood: Stood):
    assert len(stood.whole) >= 17
    assert [one.name for one in walled.tables() if one.is_written and not stood.whole[one.name]] == []
    scopes = {scope or "" for found in stood.whole.values() for _id, scope in found}
    assert any(one.startswith("~") for one in scopes) and any(one.startswith("3610") for one in scopes)


@pytest.mark.parametrize("name", PERSONAS)
def test_a_query_without_filter_shows_the_own_ground_and_what_is_shared(name: str, stood: Stood):
    actor = stood.actor(name)
    seen = family(stood, [kind for kind in OPEN if name in SEES[kind]])
    shared = family(stood, [kind for kind, who in SHARED.items() if name in who])
    with reading(actor, ids=shared_with(actor)):
        found = {one.name: set(one.rows()) for one in walled.tables()}
    for table, shown in found.items():
        strange = {row for row in shown if not _is_own(name, row, seen, shared)}
        assert not strange, f"{name or 'nobody'} in {table}: {strange}"
    mine = {row for row in stood.whole["matter"] if _is_own(name, row, seen, shared)}
    assert mine <= found["matter"]


def family(stood: Stood, kinds: Iterable[str]) -> set[UUID]:
    """The matters of some kinds and those that were opened to help with them."""
    ids = {one for kind in kinds for one in stood.ids[kind]}
    with reading(stood.world.cast.province_leader):
        return ids.union(Matter.objects.filter(parent_id__in=ids).values_list("id", flat=True))


def _is_own(name: str, row: tuple[UUID, str | None], seen: set[UUID], shared: set[UUID]) -> bool:
    """By ground, never a sealed one, or by a share beyond it; what has no place of its own, by its matter."""
    ground = GROUNDS[name]
    if row[1] is None:
        return row[0] in seen
    return (ground is not None and row[1].startswith(ground)) or row[0] in shared


@pytest.mark.parametrize("name", PERSONAS)
def test_what_belongs_to_a_matter_shows_where_that_matter_is_named_and_nowhere_else(name: str, stood: Stood):
    actor = stood.actor(name)
    for kind in OPEN:
        if name not in SEES[kind]:
            continue
        one = stood.ids[kind][0]
        with reading(actor, ids=[one]):
            for table in walled.tables():
                if table.scope is None:
                    seen = {id_ for id_, _scope in table.rows()}
                    assert seen <= {one}, (kind, table.name)


@pytest.mark.parametrize("name", PERSONAS)
def test_a_sealed_row_shows_to_the_holders_of_its_own_unit_alone(name: str, stood: Stood):
    actor, (county, city) = stood.actor(name), stood.tips
    with reading(seeing_sealed(actor)):
        found = {row for one in walled.tables() for row in one.rows()}
    if name in HOLD:
        assert {scope for _id, scope in found} == {f"~{county.unit}"}
        assert not {id_ for id_, _scope in found} & set(city.ids)
    else:
        assert found == set()


def test_whoever_left_a_post_is_nobody_of_it_any_more(stood: Stood):
    """The wall is set by the posts held today: by one that ended, or that was gone over from, nobody acts."""
    assert stood.actor(LEFT).sight == ()
    for name in (LEFT, MOVED):
        for post in posts_of_the_township(stood.world, name):
            with pytest.raises(NotHolderError):
                posts.actor_of(account=stood.askers[name].account, post=post, on=stood.world.on)
    seen = {triple.ground for triple in stood.actor(MOVED).sight}
    assert seen == {stood.world.other_township}


def posts_of_the_township(world: "World", name: str) -> list[int]:
    """The posts that somebody held there (``people.appointed``), in force or not."""
    from gantang.posts.models import Post

    return list(
        Post.objects.filter(unit=world.unit(world.township), title__endswith=name).values_list(
            "pk", flat=True
        )
    )
