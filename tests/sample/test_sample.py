"""The sample: schematic ground that holds together, no blind spot, sign-ins in one private file."""

import json
import stat
from itertools import combinations
from pathlib import Path

import shapely

from gantang.kit.clock import now
from gantang.sample import cells, ground, people, service
from gantang.territory import queries as territory
from tests.world import World

TOWNS = {"a": (116.2, 29.2), "b": (116.21, 29.2), "c": (116.5, 29.4)}
NEEDS = {"a": 40, "b": 60, "c": 7}


def test_every_township_gets_its_cells_and_none_twice() -> None:
    given = cells.share_out(cells.Honeycomb((116.3, 29.3)), TOWNS, NEEDS)
    assert {key: len(each) for key, each in given.items()} == NEEDS
    every = [cell for each in given.values() for cell in each]
    assert len(set(every)) == len(every)


def test_crowded_townships_look_further_until_all_have_enough() -> None:
    same = dict.fromkeys("abcdef", (116.2, 29.2))
    given = cells.share_out(cells.Honeycomb((116.2, 29.2)), same, dict.fromkeys(same, 200), reach=0.5)
    assert all(len(each) == 200 for each in given.values())


def test_villages_are_cut_from_the_lump_without_remainder() -> None:
    lump = cells.share_out(cells.Honeycomb((116.3, 29.3)), TOWNS, NEEDS)["b"]
    needs = {"x": 3, "y": 5, "z": 4, "w": 48}
    pieces = cells.divide(lump, needs)
    assert {key: len(piece) for key, piece in pieces.items()} == needs
    assert sorted(cell for piece in pieces.values() for cell in piece) == sorted(lump)


def test_neighbouring_cells_share_the_very_same_corners() -> None:
    comb = cells.Honeycomb((116.3, 29.3))
    for cell in [(0, 0), (7, 3), (-12, 30)]:
        for neighbour in [(cell[0] + 2, cell[1]), (cell[0] + 1, cell[1] + 3)]:
            assert len(set(comb.ring(cell)) & set(comb.ring(neighbour))) == 2


def test_same_input_gives_the_same_ground() -> None:
    made = [cells.share_out(cells.Honeycomb((116.3, 29.3)), TOWNS, NEEDS) for _ in range(2)]
    assert made[0] == made[1]


def test_towns_without_a_public_point_get_one() -> None:
    points = cells.spread({"a": (116.0, 29.0)}, ["a", "b", "c", "d"])
    assert len(set(points.values())) == 4


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
    assert {ground.WHOLE["360428"].size(str(360428101001 + n)) for n in range(9)} == {3, 4, 5}
