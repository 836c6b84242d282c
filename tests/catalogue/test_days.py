"""The calendar's days against the public list, and the rules by which grounds and codes nest."""

import csv
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gantang.catalogue import queries, rules
from gantang.catalogue.types import LocalDay, Term
from gantang.engine import Words
from tests.real import real

if TYPE_CHECKING:
    from tests.world import World

NAME = Words("节", "Day")
CODES = st.lists(st.sampled_from(["a", "b", "c.d", "c", "c.d.e"]), unique=True)


def test_every_day_from_2004_to_2026_is_as_published(world: "World"):
    calendar = queries.calendar_for("")
    with real("calendar/cn_calendar_chinese-days.csv").open(encoding="utf-8", newline="") as text:
        wrong = [
            row["date"]
            for row in csv.DictReader(text)
            if calendar.is_working(date.fromisoformat(row["date"])) != (row["is_workday"] == "1")
        ]
    assert wrong == []


def test_the_last_days_of_the_last_known_year_are_not_settled(world: "World"):
    calendar = queries.calendar_for("")
    assert calendar.is_settled(date(2026, 12, 28)) and not calendar.is_settled(date(2026, 12, 29))
    assert calendar.published == frozenset(range(2004, 2027))


@pytest.mark.parametrize(
    ("ground", "above"),
    [
        ("", [""]),
        ("36", ["", "36"]),
        ("360428101", ["", "36", "3604", "360428", "360428101"]),
        ("~17", [""]),
    ],
)
def test_days_of_every_ground_on_the_way_hold(ground: str, above: list[str]):
    assert rules.grounds_above(ground) == above


def test_the_deeper_ground_lies_on_top():
    on = date(2026, 3, 3)
    days = {
        ground: [LocalDay(ground, on, kind, NAME, None, "")]
        for ground, kind in {"": "working", "36": "rest", "3604": "working"}.items()
    }
    assert rules.calendar(days, [2026]).is_working(on)
    assert not rules.calendar({g: d for g, d in days.items() if g != "3604"}, [2026]).is_working(on)


def test_equal_days_have_equal_versions_in_any_order():
    one, two = (LocalDay("", date(2026, 3, n), "rest", NAME, None, "") for n in (3, 4))
    assert (
        rules.calendar({"": [one, two]}, [2026]).version == rules.calendar({"": [two, one]}, [2026]).version
    )
    assert rules.calendar({"": [one]}, [2026]).version != rules.calendar({"": [one, two]}, [2026]).version
    assert rules.calendar({"": [one]}, [2026]).version != rules.calendar({"": [one]}, [2025]).version


@pytest.mark.parametrize("code", ["", "Facility", "facility.", ".x", "道路", "a" * 65, "a..b", "1a"])
def test_what_is_no_dotted_path_of_small_words_is_no_code(code: str):
    assert not rules.is_code(code)


def test_a_class_covers_itself_and_what_stands_below_it_only():
    assert rules.covers("facility", "facility.lighting") and rules.covers("*", "other")
    assert not rules.covers("facility", "facilityx") and not rules.covers("facility.lighting", "facility")


@given(CODES)
def test_a_tree_keeps_every_term_and_puts_children_behind_parents(codes: list[str]):
    made = rules.tree([Term(code, NAME, rules.parent_of(code)) for code in codes])
    order = [one.code for one in made]
    assert sorted(order) == sorted(codes)
    for one in made:
        assert one.leaf == all(other.parent != one.code for other in made)
        assert one.parent not in order or order.index(one.parent) < order.index(one.code)
