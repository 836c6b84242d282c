"""What a city or county laid over a procedure follows it through changes of ground."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock
from gantang.procedures import queries, service
from gantang.territory import queries as territory
from gantang.territory import service as ground
from gantang.territory.errors import UnsettledError
from gantang.territory.types import Operation
from tests.engine.sample import calendar
from tests.procedures.test_overlays import folder, overlay, within
from tests.territory.changing import drafted, in_force, second

if TYPE_CHECKING:
    from tests.world import World

__all__ = ["folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("changing_ground")]
NEW, OTHER = "360495", "360429"
RECODED: Operation = ("recode_division", {"division": "360428", "code": NEW})
MERGED: Operation = ("merge_divisions", {"divisions": ["360428"], "into": OTHER})


def seed() -> list[Exception]:
    return list(service.seed(clock.now(), calendar=calendar()))


def asked(ground: str) -> str:
    span = queries.in_force("water.supply", ground, clock.now()).states["asked"].within
    assert span is not None
    return str(span.span)


def told(*operations: Operation) -> list[tuple[str, str | None, bool]]:
    change = territory.proposed_change(operations, clock.now().date())
    return [(one.ground, one.of, bool(one.fault)) for one in queries.following(change)]


@pytest.mark.slow
def test_the_overlay_of_a_county_with_a_new_code_holds_there_and_no_longer_on_the_old(
    folder: Path, world: "World"
) -> None:
    overlay(folder, "city", "3604", within(3))
    overlay(folder, "county", "360428", within(4))
    assert seed() == []
    in_force(world.cast.admin, RECODED)
    assert (asked(NEW + "101001"), asked("3604")) == ("4 working days", "3 working days")
    assert not any(one.ground == "360428" for one in queries.all_in_force(clock.now()))
    layers = [one[1:] for one in queries.all_in_force(clock.now()) if one.ground == NEW for one in one.layers]
    assert ("county", 1, NEW) in layers and ("city", 1, "3604") in layers


@pytest.mark.slow
def test_a_file_that_names_the_old_code_is_told_and_changes_nothing_until_it_names_the_new(
    folder: Path, world: "World"
) -> None:
    overlay(folder, "county", "360428", within(4))
    seed()
    in_force(world.cast.admin, RECODED)
    before = len(queries.versions())
    (error,) = seed()
    assert error.code == "procedures.ended_ground" and error.details["heirs"] == NEW
    assert len(queries.versions()) == before and asked(NEW) == "4 working days"
    overlay(folder, "county", NEW, within(4))
    assert seed() == [] and len(queries.versions()) == before
    assert service.left_behind() == []


@pytest.mark.slow
def test_two_counties_with_rules_of_their_own_ask_whose_hold(folder: Path, world: "World") -> None:
    overlay(folder, "one", "360428", within(4))
    overlay(folder, "two", OTHER, within(3))
    assert seed() == []
    assert told(MERGED) == [(OTHER, None, False)]
    choice = {"what": "procedure", "name": "lending", "ground": "360428"}
    assert told(MERGED, ("settle", choice)) == [(OTHER, "360428", False)]
    in_force(world.cast.admin, MERGED, ("settle", choice))
    assert asked(OTHER) == "4 working days"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settled", "days"), [({"ground": OTHER}, "3"), ({"ground": OTHER, "ends": True}, "1")]
)
def test_the_heirs_own_may_hold_or_none(
    folder: Path, world: "World", settled: dict[str, object], days: str
) -> None:
    overlay(folder, "one", "360428", within(4))
    overlay(folder, "two", OTHER, within(3))
    seed()
    in_force(world.cast.admin, MERGED, ("settle", {"what": "procedure", "name": "lending", **settled}))
    assert asked(OTHER).startswith(days)


@pytest.mark.slow
def test_in_another_city_the_countys_rules_lie_over_that_citys(folder: Path, world: "World") -> None:
    overlay(folder, "city", "3610", "{states: {lent: {within: 20 working days}}}")
    overlay(folder, "county", "360428", within(4))
    assert seed() == []
    in_force(world.cast.admin, ("recode_division", {"division": "360428", "code": "361095"}))
    found = queries.in_force("water.supply", "361095", clock.now())
    assert str(found.states["asked"].within.span) == "4 working days"  # type: ignore[union-attr]
    assert [layer.ground for layer in found.layers] == ["3610", "361095"]


@pytest.mark.slow
def test_a_running_matters_version_is_still_known_by_its_hash(folder: Path, world: "World") -> None:
    overlay(folder, "county", "360428", within(4))
    seed()
    before = queries.in_force("water.supply", "360428", clock.now())
    in_force(world.cast.admin, RECODED)
    assert queries.by_hash(before.hash).states["asked"].within == before.states["asked"].within


@pytest.mark.slow
def test_what_cannot_be_laid_over_the_new_ground_is_told_and_holds_the_change_back_until_it_ends(
    folder: Path, world: "World"
) -> None:
    overlay(folder, "county", "360428", within(4))
    seed()
    shutil.rmtree(folder / "lending")  # nothing to lay it over any more
    assert told(RECODED) == [(NEW, None, True)]
    with pytest.raises(UnsettledError):
        service.check_ground_change(territory.proposed_change([RECODED], clock.now().date()), now=clock.now())
    change = drafted(world.cast.admin, RECODED)
    ground.review_change(actor=second(world.cast.admin), change=change, now=clock.now())
    assert service.take_ground_changes(now=clock.now()) == 0
    assert territory.change_set(change).fault == "procedures.unknown"
    ground.withdraw_change(actor=world.cast.admin, change=change, now=clock.now())
    ends = ("settle", {"what": "procedure", "name": "lending", "ground": "360428", "ends": True})
    in_force(world.cast.admin, RECODED, ends)
    assert asked(NEW) == "1 working day"
