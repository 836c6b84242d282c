"""The sample: schematic ground that holds together, no blind spot, sign-ins in one private file."""

import json
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import shapely

from gantang.cli.check import SHIPPED, blind_spots
from gantang.engine import Procedure, read_packs
from gantang.kit.actor import SYSTEM
from gantang.kit.clock import now
from gantang.kit.work import reading
from gantang.ledger import queries as told_by
from gantang.ledger import service as ledger
from gantang.posts import queries as posts
from gantang.posts.models import Appointment, Post, Remit, Unit
from gantang.sample import cells, ground, people, service
from gantang.territory import queries as territory
from gantang.territory.types import GridView
from tests.world import World

pytestmark = pytest.mark.slow


def neighbours(cell: cells.Cell) -> list[cells.Cell]:
    x, y = cell
    return [(x + 2, y), (x + 1, y + 3), (x - 1, y + 3), (x - 2, y), (x - 1, y - 3), (x + 1, y - 3)]


@pytest.mark.parametrize("tall", [0.5, 1.0, 1.35])
@pytest.mark.parametrize("many", [1, 7, 500, 4_001])
def test_a_lump_hangs_together_and_has_no_hole(many: int, tall: float) -> None:
    lump = set(cells.lump(many, tall=tall))
    assert len(lump) == many
    seen, waiting = set(), [next(iter(lump))]
    while waiting:
        cell = waiting.pop()
        if cell in lump and cell not in seen:
            seen.add(cell)
            waiting += neighbours(cell)
    assert seen == lump
    row_wise = {y: sorted(x for x, other in lump if other == y) for _, y in lump}
    assert all(xs == list(range(xs[0], xs[-1] + 1, 2)) for xs in row_wise.values())


def test_pieces_are_cut_from_the_lump_without_remainder() -> None:
    needs = {"x": 3, "y": 5, "z": 4, "w": 48, "v": 1}
    lump = cells.lump(sum(needs.values()))
    pieces = cells.divide(lump, needs)
    assert {key: len(piece) for key, piece in pieces.items()} == needs
    assert sorted(cell for piece in pieces.values() for cell in piece) == sorted(lump)


def test_pieces_lie_beside_each_other_as_their_points_do() -> None:
    points = {"east": (117.0, 28.0), "west": (115.0, 28.0), "middle": (116.0, 28.0)}
    pieces = cells.divide(cells.lump(90, tall=0.3), dict.fromkeys(points, 30), points)
    middles = {key: sum(x for x, _ in piece) for key, piece in pieces.items()}
    assert sorted(middles, key=lambda key: middles[key]) == ["west", "middle", "east"]


def test_neighbouring_cells_share_the_very_same_corners() -> None:
    comb = cells.Honeycomb((116.3, 29.3))
    for cell in [(0, 0), (7, 3), (-12, 30)]:
        for neighbour in neighbours(cell):
            assert len(set(comb.ring(cell)) & set(comb.ring(neighbour))) == 2


def test_a_county_has_the_same_ground_whatever_comes_with_it(db: None) -> None:
    choice = ground.choose("361028", ground.EVERYTHING, service.SINCE)
    first, again = (list(ground.Layout(service.SINCE).grids(choice)) for _ in range(2))
    assert first == again
    assert len(first) == sum(choice.sizes.values())


def test_a_province_has_a_hundred_thousand_grids_and_no_cell_twice(db: None) -> None:
    layout, extents = ground.Layout(service.SINCE), ground.province(service.SINCE)
    assert len(extents) == 100
    rings = {grid.parts for county in extents for grid in layout.grids(_chosen(county))}
    villages = {one for county in extents for one in _chosen(county).sizes}
    assert len(villages) == 22_080
    assert len(rings) == sum(ground.EVERYTHING.size(one) for one in villages) >= 100_000


@cache
def _chosen(county: str) -> ground.Choice:
    return ground.choose(county, ground.EVERYTHING, service.SINCE)


def test_further_counties_come_in_below_cities_that_stand_or_not(world: World) -> None:
    """A slice of the province by its own way: one county of a city that is there, one of another."""
    extents = {
        "360428": ground.EVERYTHING,  # stands: is left as it is
        "360402": ground.Extent(villages=2, grids=2),
        "360703": ground.Extent(villages=2, grids=2),
    }
    before = len(territory.grids("360428"))
    assert service.make_counties(extents, now=now())
    assert len(territory.grids("360428")) == before
    made = territory.grids("360402") + territory.grids("360703")
    assert made
    wrong = {one.kind for one in territory.check_ground("360402", on=world.on)}
    assert wrong == {"no_grid"}, "only villages beyond the extent have none"
    assert _without_a_worker(made) == []
    centres = {unit.ground: unit for unit in posts.units(on=world.on, kind="centre")}
    assert centres["360703"].parent == centres["3607"].id
    assert centres["360402"].parent == centres["3604"].id
    assert blind_spots(_procedures()) == []
    assert service.make_counties(extents, now=now()) is False


def test_a_run_that_is_stopped_goes_on_with_the_next_county(world: World) -> None:
    extents = {county: ground.Extent(villages=1, grids=1) for county in ("360402", "360703")}

    class StoppedError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise StoppedError

    @contextmanager
    def bars(title: str) -> Iterator[service.Progress]:
        yield stop

    with pytest.raises(StoppedError):
        service.make_counties(extents, bars=bars, now=now())
    first = territory.grids("360402")
    assert first and not territory.grids("360703")
    assert service.make_counties(extents, now=now())
    assert territory.grids("360402") == first and territory.grids("360703")


def test_what_comes_in_many_at_once_is_chained_thing_by_thing(world: World) -> None:
    service.make_counties({"360402": ground.Extent(villages=1, grids=1)}, now=now())
    village = territory.grids("360402")[0].village
    held = Appointment.objects.filter(post__unit__ground=village)
    told = {
        ("ground", village): ["grid.made"],
        **{("post", one.post_id): ["post.made", "post.appointed"] for one in held},
        **{("unit", one.pk): ["unit.made"] for one in Unit.objects.filter(ground=village)},
        **{("remit", one.pk): ["remit.set"] for one in Remit.objects.filter(ground=village)},
    }
    assert _names(3604, told) == told
    accounts = {("account", one.account): ["account.made"] for one in held}
    assert len(accounts) == 3
    assert _names(3600, accounts) == accounts


def _names(city: int, things: Iterable[tuple[str, object]]) -> dict[tuple[str, object], list[str]]:
    """The steps of the streams of some things; a chain that is broken is none."""
    streams = {ledger.stream_of(*thing): thing for thing in things}
    with reading(SYSTEM, streams):
        found = told_by.stories(city, list(streams))
    assert all(story.fault is None for story in found.values())
    return {streams[stream]: [step.name for step in story.steps] for stream, story in found.items()}


def _without_a_worker(grids: list[GridView]) -> list[str]:
    staffed = {post.ground for post in Post.objects.filter(role="grid_worker", appointments__valid_to=None)}
    return [grid.code for grid in grids if grid.code not in staffed]


def _procedures() -> list[Procedure]:
    return [one for pack in read_packs(SHIPPED).values() for one in pack.procedures.values()]


def test_grids_of_the_world_do_not_overlap(world: World) -> None:
    shapes = {
        code: shapely.Polygon(parts[0][0])
        for county in (world.county, world.foreign_county)
        for code, parts in territory.outlines(county, on=world.on).items()
    }
    assert len(shapes) == 14
    for first, second in combinations(shapes.values(), 2):
        assert not first.overlaps(second)
        assert not first.contains(second)


def test_every_grid_says_that_it_is_schematic(world: World) -> None:
    assert all(grid.schematic for grid in territory.grids("36"))


def test_second_make_adds_nothing(world: World) -> None:
    before = len(territory.grids("36"))
    assert service.make(data_dir=None, now=now(), small=True) is False
    assert len(territory.grids("36")) == before


def test_sign_ins_stand_in_one_private_file_and_work(world: World, tmp_path: Path) -> None:
    from django.contrib.auth import authenticate

    service.make(data_dir=tmp_path, now=now(), small=True)
    path = tmp_path / people.FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = json.loads(path.read_text(encoding="utf-8"))["accounts"]
    assert len({row["password"] for row in rows}) == len(rows) == len(people.PERSONAS)
    assert authenticate(None, username=rows[0]["username"], password=rows[0]["password"]) is not None
    written = path.read_bytes()
    service.make(data_dir=tmp_path, now=now(), small=True)
    assert path.read_bytes() == written


def test_personas_cover_every_duty_and_both_counties(world: World) -> None:
    from gantang.identity.queries import account_named
    from gantang.posts import queries as posts
    from gantang.posts.rules import DUTIES

    held = [
        posts.posts_of(account.id, world.on)[0]
        for name in people.PERSONAS
        if (account := account_named(name))
    ]
    assert len(held) == len(people.PERSONAS)
    assert {duty for each in held for duty in each.post.duties} == set(DUTIES)
    assert {each.unit.ground[:6] for each in held} == {"360428", "361028"}


def test_everybody_else_has_no_usable_password(world: World) -> None:
    from gantang.identity.models import Account

    assert not any(account.has_usable_password() for account in Account.objects.all())


def test_whole_counties_have_a_size_for_every_village() -> None:
    assert {ground.WHOLE["360428"].size(str(360428101001 + n)) for n in range(9)} == {3, 4, 5, 6, 7}
