"""The filter alone: the wall wide open, whatever is asked shows each persona exactly what the page by hand says."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest

from gantang.kit import clock, scope
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import NotFoundError
from gantang.kit.work import reading
from gantang.matters import queries
from gantang.matters.models import Matter
from gantang.matters.types import Filters
from tests.doors.cube import rows
from tests.doors.cube.sight import PERSONAS, SEES
from tests.doors.cube.walk import OPEN, Cube

pytestmark = pytest.mark.slow
ALL = Filters()


@dataclass(frozen=True)
class Opened:
    """Who asks, and the matters by kind: of each, (id, number)."""

    actors: dict[str, Actor]
    ids: dict[str, tuple[UUID, str]]


@pytest.fixture(scope="module")
def opened(cube: Cube) -> Iterator[Opened]:
    """A row of each kind, and every row of every ground open to every transaction."""
    with pytest.MonkeyPatch.context() as patch:
        actors = {one.name: one.actor(cube.world) for one in cube.askers}
        made = {kind: rows.lying(cube.world, kind) for kind in OPEN}
        ids = {kind: (one.ids[0], one.place.number) for kind, one in made.items()}
        patch.setattr(scope, "ranges", lambda *_triples, **_most: [("", "~~")])
        yield Opened(actors, ids)


def test_the_wall_is_open(opened: Opened):
    with reading(SYSTEM):
        found = set(Matter.objects.values_list("id", flat=True))
    assert {one for one, _number in opened.ids.values()} <= found


@pytest.mark.parametrize("name", PERSONAS)
def test_list_search_export_and_detail_show_exactly_what_is_on_the_page_by_hand(name: str, opened: Opened):
    actor, now = opened.actors[name], clock.now()
    expected = {kind for kind in OPEN if name in SEES[kind]}
    listed = {row.id for row in queries.queue(actor, filters=ALL, now=now, size=200).items}
    found = {row.id for row in queries.search(actor, words="路灯", filters=ALL, now=now, size=200).items}
    numbers = {row["number"].replace("-", "") for row in queries.export_rows(actor, filters=ALL, now=now)}
    for ask in (
        {kind for kind, (one, _number) in opened.ids.items() if one in listed},
        {kind for kind, (one, _number) in opened.ids.items() if one in found},
        {kind for kind, (_one, number) in opened.ids.items() if number in numbers},
        {kind for kind, (_one, number) in opened.ids.items() if _is_there(actor, number)},
    ):
        assert ask == expected


def _is_there(actor: Actor, number: str) -> bool:
    try:
        queries.get(actor, number, now=clock.now())
    except NotFoundError:
        return False
    return True
