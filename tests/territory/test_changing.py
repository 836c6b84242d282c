"""Changes of ground, worked out: codes never used twice, shares that add up, one heir for everything."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gantang.territory import facts
from gantang.territory.rules.changing import Cell, Ground, Place, PlanError, carry_out, touches

SCHEME = facts.schemes()["cn15"]
COUNTY, OTHER = "360428", "360429"
TOWN, VILLAGE, NEXT = "360428101", "360428101200", "360428101201"
GRID, SECOND = VILLAGE + "001", VILLAGE + "002"
DRAWN = (((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)), ())
SQUARE = [[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]], []]


def ground() -> Ground:
    places = [
        "36",
        "3604",
        COUNTY,
        OTHER,
        TOWN,
        "360428102",
        "360429101",
        "360429102",
        VILLAGE,
        NEXT,
        "360429101200",
    ]
    levels = {2: 1, 4: 2, 6: 3, 9: 4, 12: 5}
    known = {code: Place(code, f"name {code}", levels[len(code)]) for code in places}
    known["360429103"] = Place("360429103", "gone", 4, in_force=False)
    cells = {
        code: Cell(code, code[:12], f"grid {code}", "basic", households=300)
        for code in (GRID, SECOND, NEXT + "001", "360429101200004")
    }
    cells[VILLAGE + "009"] = Cell(VILLAGE + "009", VILLAGE, "gone", "basic", in_force=False)
    return Ground(SCHEME, known, cells)


def after(*operations: tuple[str, dict[str, Any]]) -> Ground:
    return carry_out(ground(), operations)


def lines(done: Ground) -> set[tuple[str, str, str, Decimal | None, bool]]:
    return set(done.successions.values())


def test_a_split_numbers_after_the_highest_ever_given_and_shares_by_households() -> None:
    done = after(
        ("split", {"grid": GRID, "into": [{"households": 100, "parts": [SQUARE]}, {"households": 200}]})
    )
    first, second = VILLAGE + "010", VILLAGE + "011"
    assert done.made == [first, second]
    assert done.ended == [GRID]
    assert lines(done) == {
        ("split", GRID, first, Decimal("0.333333"), False),
        ("split", GRID, second, Decimal("0.666667"), True),
    }


def test_without_households_a_split_has_no_shares_but_an_heir() -> None:
    done = after(("split", {"grid": GRID, "into": [{"households": 100}, {}, {}], "heir": 2}))
    assert [(one.share, one.heir) for one in done.successions.values()] == [
        (None, False),
        (None, False),
        (None, True),
    ]


@given(st.lists(st.integers(1, 5000), min_size=2, max_size=9))
def test_shares_add_up_to_one_exactly(households: list[int]) -> None:
    done = after(("split", {"grid": GRID, "into": [{"households": one} for one in households]}))
    shares = [one.share for one in done.successions.values()]
    assert sum(share for share in shares if share is not None) == 1
    assert all(share is not None and share >= 0 for share in shares)


def test_a_merge_takes_the_outlines_and_the_households_of_all() -> None:
    done = after(("merge", {"grids": [GRID, SECOND], "name": "joint"}))
    made = done.cells[done.made[0]]
    assert (made.code, made.households, made.shape) == (VILLAGE + "010", 600, (GRID, SECOND))
    assert {one.share for one in done.successions.values()} == {Decimal(1)}


def test_grids_of_two_villages_do_not_merge() -> None:
    with pytest.raises(PlanError) as told:
        after(("merge", {"grids": [GRID, NEXT + "001"]}))
    assert told.value.fault == "two_villages"


def test_a_grid_that_moves_gets_a_code_of_its_new_village() -> None:
    done = after(("move", {"grid": GRID, "village": NEXT}))
    assert lines(done) == {("move", GRID, NEXT + "002", Decimal(1), True)}
    assert done.cells[NEXT + "002"].village == NEXT


def test_a_retired_grid_falls_to_its_village_or_to_the_grid_that_is_named() -> None:
    assert lines(after(("retire", {"grid": GRID}))) == {("retire", GRID, VILLAGE, Decimal(1), True)}
    assert lines(after(("retire", {"grid": GRID, "heir": SECOND}))) == {
        ("retire", GRID, SECOND, Decimal(1), True)
    }


def test_another_kind_of_grid_is_numbered_in_its_own_block() -> None:
    assert after(("recode", {"grid": GRID, "kind": "school"})).made == [VILLAGE + "801"]


def test_a_redrawn_grid_keeps_its_code() -> None:
    done = after(("redraw", {"grid": GRID, "parts": [SQUARE], "households": 310}))
    assert (done.made, done.ended) == ([], [])
    assert lines(done) == {("redraw", GRID, GRID, Decimal(1), True)}


def test_later_operations_see_what_earlier_ones_made() -> None:
    done = after(
        ("split", {"grid": GRID, "into": [{"households": 1, "parts": [SQUARE]}, {"households": 2}]}),
        ("merge", {"grids": [VILLAGE + "010", SECOND], "name": "joint"}),
    )
    assert [code for code in done.made if done.cells[code].in_force] == [VILLAGE + "011", VILLAGE + "012"]
    assert done.cells[VILLAGE + "012"].shape == ((DRAWN,), SECOND)


def test_a_county_merged_into_another_takes_everything_below_it_along() -> None:
    done = after(("merge_divisions", {"divisions": [COUNTY], "into": OTHER}))
    assert {one.old: one.new for one in done.successions.values()} == {
        COUNTY: OTHER,
        TOWN: "360429104",  # 101 and 102 are in use there, 103 was
        "360428102": "360429105",
        VILLAGE: "360429104200",
        NEXT: "360429104201",
        GRID: "360429104200001",
        SECOND: "360429104200002",
        NEXT + "001": "360429104201001",
    }
    assert all(one.heir and one.share == 1 for one in done.successions.values())
    assert done.places[COUNTY].in_force is False


def test_published_codes_go_before_the_next_free_ones() -> None:
    done = after(("merge_divisions", {"divisions": [COUNTY], "into": OTHER, "codes": {TOWN: "360429150"}}))
    assert done.successions[TOWN, "360429150"].heir


def test_villages_that_merge_number_their_grids_on() -> None:
    done = after(("merge_divisions", {"divisions": [VILLAGE], "into": NEXT}))
    assert {one.old: one.new for one in done.successions.values()} == {
        VILLAGE: NEXT,
        GRID: NEXT + "002",
        SECOND: NEXT + "003",
    }


def test_two_counties_become_a_new_one() -> None:
    done = after(("merge_divisions", {"divisions": [COUNTY, OTHER], "into": "360482", "name": "新市"}))
    assert done.places["360482"].name == "新市"
    assert done.successions["360429101", "360482103"]  # 101 and 102 came with the first


def test_a_township_under_another_county_keeps_what_is_below_it() -> None:
    done = after(("recode_division", {"division": TOWN, "code": "360429120", "name": "改名镇"}))
    assert done.places["360429120"].name == "改名镇"
    assert done.successions[GRID, "360429120200001"].share == 1


@pytest.mark.parametrize(
    ("operation", "fault"),
    [
        (("split", {"grid": GRID, "into": [{}]}), "one_part"),
        (("split", {"grid": "360428101200777", "into": [{}, {}]}), "no_grid"),
        (("split", {"grid": VILLAGE + "009", "into": [{}, {}]}), "no_grid"),
        (("split", {"grid": GRID}), "unreadable"),
        (("split", {"grid": GRID, "into": [{"parts": [[[[0, 0], [1, 1]], []]]}, {}]}), "no_ring"),
        (("move", {"grid": GRID, "village": VILLAGE}), "same_village"),
        (("move", {"grid": GRID, "village": "360428101299"}), "no_division"),
        (("recode", {"grid": GRID, "code": VILLAGE + "009"}), "code_used"),
        (("recode", {"grid": GRID, "code": VILLAGE + "900"}), "wrong_code"),
        (("recode", {"grid": GRID, "code": NEXT + "100"}), "wrong_code"),
        (("recode", {"grid": GRID, "kind": "castle"}), "no_kind"),
        (("retire", {"grid": GRID, "heir": GRID}), "own_heir"),
        (("found", {"division": TOWN, "name": "x"}), "code_used"),
        (("found", {"division": "360429103", "name": "x"}), "code_used"),
        (("found", {"division": "369928101", "name": "x"}), "no_division"),
        (("recode_division", {"division": TOWN, "code": "3604291"}), "wrong_code"),
        (("recode_division", {"division": TOWN, "code": "360430"}), "other_level"),
        (("merge_divisions", {"divisions": [TOWN], "into": OTHER}), "other_level"),
        (("merge_divisions", {"divisions": [COUNTY], "into": "360430"}), "no_name"),
        (("retire_division", {"division": COUNTY, "heir": OTHER}), "not_empty"),
        (("rename", {"ground": TOWN, "name": " "}), "no_name"),
        (("classify", {"ground": TOWN, "urban_class": "999"}), "no_class"),
        (("explode", {}), "unreadable"),
    ],
)
def test_what_cannot_be_done_is_named_with_its_place(
    operation: tuple[str, dict[str, Any]], fault: str
) -> None:
    with pytest.raises(PlanError) as told:
        after(("rename", {"ground": COUNTY, "name": "县"}), operation)
    assert (told.value.fault, told.value.details["number"]) == (fault, 2)


def test_what_has_to_be_known_is_read_from_the_operations() -> None:
    deep, single = touches(
        [
            ("merge_divisions", {"divisions": [COUNTY], "into": OTHER}),
            ("retire", {"grid": "361028100001001", "heir": "361028100002001"}),
            ("rename", {"ground": "36", "name": "x"}),
        ]
    )
    assert deep == {COUNTY, OTHER, "361028100001", "361028100002"}
    assert {"36", "3604", "361028100"} <= single


# --- the history that is known --------------------------------------------------------------------------


def test_every_recoding_of_the_recorded_history_can_be_carried_out() -> None:
    """1981–2024: each county that became another code is merged into or numbered anew as it was then."""
    done = tried = 0
    for line in facts.history():
        for successor, _year in line.successors:
            if line.level != 3 or successor == line.prefix or len(successor) != 6 or line.state == "current":
                continue
            tried += 1
            known = {
                c: Place(c, c, {2: 1, 4: 2, 6: 3, 9: 4}[len(c)])
                for c in _chain(line.prefix) | _chain(successor[:4])
            }
            known[line.prefix + "100"] = Place(line.prefix + "100", "镇", 4)
            start = Ground(SCHEME, known, {})
            after_all = carry_out(
                start, [("merge_divisions", {"divisions": [line.prefix], "into": successor, "name": "后来"})]
            )
            done += after_all.successions[line.prefix + "100", successor + "100"].share == 1
    assert tried > 50
    assert done == tried


def _chain(code: str) -> set[str]:
    return {code[:2], code[:4], code}
