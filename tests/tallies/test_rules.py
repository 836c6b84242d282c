"""The pure half: measures, levels, comparison."""

from dataclasses import replace
from datetime import date

import pytest

from gantang.tallies import rules
from gantang.tallies.types import Delta

LAMP = Delta(
    day=date(2026, 11, 2),
    scope="360428101200001",
    grid_then="360428101200001",
    grid_now="360428101200001",
    klass="facility.lighting",
    procedure="request",
    unit=17,
    channel="portal",
    urban="rural",
    cause="wear",
    measure="in",
    n=1,
)


def test_a_count_stands_at_six_levels() -> None:
    grounds = sorted((key.ground for key in rules.fold([LAMP])), key=len)
    assert grounds == ["36", "3604", "360428", "360428101", "360428101200", "360428101200001"]


def test_a_moved_grid_counts_on_its_old_ground_as_then_and_on_its_new_ground_as_now() -> None:
    moved = replace(LAMP, grid_now="360428102201001")
    found = {(key.ground, key.basis) for key in rules.fold([moved])}
    assert ("360428", "b") in found and ("360428101", "t") in found and ("360428102", "n") in found


def test_sealed_work_counts_under_its_own_scope_only() -> None:
    assert [key.ground for key in rules.fold([replace(LAMP, scope="~12")])] == ["~12"]


def test_a_ground_known_to_the_county_only_counts_no_deeper() -> None:
    county = replace(LAMP, grid_then="360428", grid_now="360428")
    assert sorted(key.ground for key in rules.fold([county])) == ["36", "3604", "360428"]


def test_equal_deltas_become_one_and_what_comes_to_nothing_is_left_out() -> None:
    assert rules.merge([LAMP, LAMP]) == [replace(LAMP, n=2)]
    assert rules.merge([LAMP, replace(LAMP, n=-1)]) == []


@pytest.mark.parametrize("name", ["in", "closed", "rating", "end.resolved", "late.yellow"])
def test_registered_measures_are_known(name: str) -> None:
    assert rules.is_measure(name)


@pytest.mark.parametrize("name", ["inn", "end.", "end.Resolved", "score", "end.a b"])
def test_a_mistyped_measure_is_not_known(name: str) -> None:
    assert not rules.is_measure(name)


def test_a_pack_may_register_a_measure_of_its_own() -> None:
    rules.register_measures(["agreed_in_writing"])
    assert rules.is_measure("agreed_in_writing")


def test_comparison_names_what_differs_and_nothing_else() -> None:
    rebuilt = rules.fold([LAMP])
    key = next(iter(rebuilt))
    kept = {**rebuilt, key: 3}
    assert [(each.key, each.kept, each.rebuilt) for each in rules.compare(kept, rebuilt)] == [(key, 3, 1)]
    assert rules.compare(rebuilt, rebuilt) == []


@pytest.mark.parametrize(
    ("field", "value"), [("grid_now", "36042"), ("grid_then", "3"), ("urban", "city"), ("measure", "x")]
)
def test_a_delta_without_ground_or_with_an_unknown_word_is_at_fault(field: str, value: str) -> None:
    assert rules.faults(replace(LAMP, **{field: value})) == [field]


@pytest.mark.parametrize("field", ["grid_then", "grid_now"])
def test_a_delta_counts_on_one_ground_alone_but_never_on_none(field: str) -> None:
    assert rules.faults(replace(LAMP, **{field: ""})) == []
    assert rules.faults(replace(LAMP, grid_then="", grid_now="")) == ["grid_then", "grid_now"]
