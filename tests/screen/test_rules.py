"""What the wall computes: nothing hidden follows from what is shown; cells, steps and intervals are what they say."""

from datetime import date, timedelta
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gantang.screen.figures import Days
from gantang.screen.flows import _compared
from gantang.screen.rules.figures import cuts, interval, step
from gantang.screen.rules.hiding import SMALL, drawn, hidden, shown
from gantang.screen.rules.honeycomb import SIZE, comb
from gantang.tallies.types import stock

#: A busy machine draws slowly.
CALM = settings(suppress_health_check=[HealthCheck.too_slow])
CELLS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), max_size=4)


def fitting(values: dict[str, int]) -> list[tuple[int, ...]]:
    """All that the hidden cells may be, by what the wall shows: the sum, the other cells, and whether all hidden are below five."""
    found = hidden(values)
    away = sorted(found.cells)
    left = sum(values[one] for one in away)
    ranges = [range(1, left + 1 if found.mixed else SMALL) for _one in away]
    return [one for one in product(*ranges) if sum(one) == left]


@CALM
@given(CELLS)
def test_no_small_figure_follows_from_the_sum_and_the_others(values: dict[str, int]):
    found = hidden(values)
    assert {one for one, n in values.items() if 0 < n < SMALL} <= found.cells
    if found.cells and not found.total:
        assert len(fitting(values)) > 1


@CALM
@given(CELLS)
def test_nothing_is_hidden_without_need(values: dict[str, int]):
    if not any(0 < n < SMALL for n in values.values()):
        assert hidden(values).cells == frozenset()


def test_a_figure_below_five_is_said_to_be_so():
    assert [shown(n) for n in (0, 1, 4, 5, 1204)] == ["0", "<5", "<5", "5", "1,204"]


def test_a_line_or_bar_tells_no_figure_below_five():
    assert {drawn(n) for n in range(1, SMALL)} == {2.5}
    assert [drawn(n) for n in (0, 5, 1204)] == [0, 5, 1204]


def test_a_comparison_tells_no_figure_below_five():
    """Two sides with the same figure today, and what it is compared with, read alike where it is hidden."""
    today = date(2026, 3, 4)

    def said(now: int, then: int) -> str:
        days = Days(
            today,
            {
                today: {"in": now},
                today - timedelta(days=7): {"in": then},
                today - timedelta(days=1): {"in": 40},
            },
        )
        return _compared(days)

    assert "<5" not in said(9, 7) and str(9 - 7) in said(9, 7)
    for small in range(1, SMALL):
        assert "比" not in said(small, 9) and "比" not in said(9, small) and "一样" not in said(small, small)


def test_the_stock_is_what_came_and_did_not_go():
    assert stock({"in": 10, "out": 6, "reopened": 2, "transferred": -1}) == 7


@CALM
@given(st.lists(st.integers(0, 500), max_size=40))
def test_a_larger_figure_never_has_a_lighter_step_and_each_step_of_the_legend_is_met(values: list[int]):
    found = cuts(values)
    steps = [step(one, found) for one in sorted(values)]
    assert steps == sorted(steps)
    assert {one for one in steps if one} == set(range(1, len(found) + 2)) if any(values) else not found


def test_an_interval_holds_its_share_and_narrows_with_more_cases():
    low, high = interval(9, 30)
    wider_low, wider_high = interval(3, 10)
    assert wider_low < low < 0.3 < high < wider_high
    assert interval(0, 0) == (0.0, 1.0)


@CALM
@given(st.integers(1, 24))
def test_no_two_cells_of_the_honeycomb_meet_and_all_lie_inside(cells: int):
    found = comb(cells)
    assert len(found.middles) == cells
    for number, (x, y) in enumerate(found.middles):
        assert SIZE * 0.8 <= x <= found.width - SIZE * 0.8 and SIZE <= y <= found.height - SIZE
        for other_x, other_y in found.middles[:number]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (SIZE * 1.73) ** 2
