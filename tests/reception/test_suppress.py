"""No published table gives a small number away: attacked by solving it, edition against edition."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gantang.reception.rules.suppress import Cell, Cube, Tree, covered, is_sound, summed

K = 10
GROUND = Tree("36", ("01", "02", "03"))
CLASS = Tree("all", ("a", "b"))
MONTH = Tree("period", ("m1", "m2"))
TIME = Tree("closed", ("on_time", "late"))
PLAIN, TIMED = (GROUND, CLASS, MONTH), (GROUND, CLASS, TIME)


def cube(numbers: list[int], trees: tuple[Tree, ...] = PLAIN) -> Cube:
    return summed(trees, dict(zip(product(*(tree.parts for tree in trees)), numbers, strict=True)))


# --- the attacker -------------------------------------------------------------------------------------


class Attack:
    """Everything that follows from what is published: the largest value a cell can have, by exact linear
    programming (two-phase simplex, Bland's rule, fractions). The unknowns are the parts, none below 0."""

    def __init__(self, table: Cube, hidden: frozenset[Cell]) -> None:
        self.parts = list(product(*(tree.parts for tree in table.trees)))
        self.trees = table.trees
        shown = [cell for cell in table.values if cell not in hidden]
        self.rows = [[*self.below(cell), Fraction(table.values[cell])] for cell in shown]

    def below(self, cell: Cell) -> list[Fraction]:
        """Which parts add up to a cell."""
        return [
            Fraction(all(c in (p, tree.root) for c, p, tree in zip(cell, part, self.trees, strict=True)))
            for part in self.parts
        ]

    def most(self, cell: Cell) -> Fraction | None:
        """The largest value that fits; None where nothing bounds it."""
        n, rows = len(self.parts), _reduced(self.rows)
        table = [
            [*row[:-1], *(Fraction(i == j) for j in range(len(rows))), row[-1]] for i, row in enumerate(rows)
        ]
        table = [row if row[-1] >= 0 else _flipped(row, n) for row in table]
        basis = [n + i for i in range(len(rows))]
        first = [Fraction(0)] * n + [Fraction(-1)] * len(rows)
        _climb(table, basis, first, n + len(rows))
        for i, b in enumerate(basis):  # what is left of the helpers is 0 and leaves where it can
            if b >= n:
                j = next((j for j in range(n) if table[i][j]), None)
                if j is not None:
                    _pivot(table, basis, i, j)
        goal = [*self.below(cell), *([Fraction(0)] * len(rows))]
        if not _climb(table, basis, goal, n):
            return None
        return sum((goal[b] * row[-1] for b, row in zip(basis, table, strict=True)), Fraction(0))


def _flipped(row: list[Fraction], n: int) -> list[Fraction]:
    return [-v if j < n or j == len(row) - 1 else v for j, v in enumerate(row)]


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """The same equations without those that follow from others."""
    found: list[list[Fraction]] = []
    rest = [list(row) for row in rows]
    for j in range(len(rows[0]) - 1 if rows else 0):
        at = next((i for i, row in enumerate(rest) if row[j]), None)
        if at is None:
            continue
        lead = rest.pop(at)
        lead = [v / lead[j] for v in lead]
        rest = [[v - row[j] * w for v, w in zip(row, lead, strict=True)] if row[j] else row for row in rest]
        found = [[v - row[j] * w for v, w in zip(row, lead, strict=True)] if row[j] else row for row in found]
        found.append(lead)
    assert all(not row[-1] for row in rest)
    return found


def _climb(table: list[list[Fraction]], basis: list[int], goal: list[Fraction], width: int) -> bool:
    while True:
        prices = [
            goal[j]
            - sum((goal[b] * row[j] for b, row in zip(basis, table, strict=True) if row[j]), Fraction(0))
            for j in range(width)
        ]
        enter = next((j for j, price in enumerate(prices) if price > 0), None)
        if enter is None:
            return True
        ratios = [(row[-1] / row[enter], basis[i], i) for i, row in enumerate(table) if row[enter] > 0]
        if not ratios:
            return False
        _pivot(table, basis, min(ratios)[2], enter)


def _pivot(table: list[list[Fraction]], basis: list[int], i: int, j: int) -> None:
    lead = [v / table[i][j] for v in table[i]]
    for at, row in enumerate(table):
        if at != i and row[j]:
            table[at] = [v - row[j] * w if w else v for v, w in zip(row, lead, strict=True)]
    table[i], basis[i] = lead, j


def leaks(table: Cube, hidden: frozenset[Cell], k: int = K) -> list[Cell]:
    """The small cells of which it follows that they are below k."""
    attack = Attack(table, hidden)
    found = []
    for cell, n in table.values.items():
        if 0 < n < k:
            most = attack.most(cell)
            if most is not None and most < k:
                found.append(cell)
    return found


# --- one edition --------------------------------------------------------------------------------------

#: Sparse and full, small and large: what centres count.
COUNTS = st.one_of(st.just(0), st.integers(1, 12), st.integers(0, 300))
TABLES = st.lists(COUNTS, min_size=12, max_size=12)


@settings(max_examples=25, deadline=None)
@given(TABLES, st.sampled_from([PLAIN, TIMED]))
def test_no_small_number_follows_from_what_is_published(numbers: list[int], trees: tuple[Tree, ...]):
    table = cube(numbers, trees)
    cover = covered(table, K)
    assert is_sound(table, cover, K)
    assert leaks(table, cover.hidden) == []


@pytest.mark.prove
@settings(max_examples=2000, deadline=None)
@given(TABLES, st.sampled_from([PLAIN, TIMED]))
def test_no_small_number_follows_from_what_is_published_at_length(
    numbers: list[int], trees: tuple[Tree, ...]
):
    table = cube(numbers, trees)
    assert leaks(table, covered(table, K).hidden) == []


def test_the_attack_finds_what_only_small_cells_left_out_gives_away():
    table = cube([3, 50, 20, 40, 30, 30, 25, 60, 70, 80, 90, 20])
    small = frozenset(cell for cell, n in table.values.items() if 0 < n < K)
    assert small and leaks(table, small) == sorted(small)


def test_a_table_without_small_numbers_is_published_whole():
    table = cube([20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130])
    assert covered(table, K).hidden == frozenset()


def test_little_is_left_out_where_neighbours_are_large():
    table = cube([3, 50, 20, 40, 30, 30, 25, 60, 70, 80, 90, 20])
    assert len(covered(table, K).hidden) == 8  # the corners of one box; every sum stands
    assert all("36" not in cell and "all" not in cell for cell in covered(table, K).hidden)


def test_a_handful_in_all_leaves_nothing_to_read():
    table = cube([1, *[0] * 11])
    cover = covered(table, K)
    assert ("36", "all", "period") in cover.hidden
    assert leaks(table, cover.hidden) == []


def test_late_is_not_told_by_the_difference_of_closed_and_in_time():
    table = cube([100, 3, 200, 0, 80, 40, 60, 50, 90, 20, 70, 30], TIMED)
    hidden = covered(table, K).hidden
    assert ("01", "a", "late") in hidden
    assert {("01", "a", "on_time"), ("01", "a", "closed")} & hidden


# --- edition after edition ----------------------------------------------------------------------------

CHANGES = st.lists(st.integers(-6, 6), min_size=12, max_size=12)


@settings(max_examples=25, deadline=None)
@given(TABLES, CHANGES)
def test_a_correction_is_not_told_by_the_difference_of_two_editions(numbers: list[int], changes: list[int]):
    then = cube(numbers)
    first = covered(then, K)
    now = cube([max(0, n + change) for n, change in zip(numbers, changes, strict=True)])
    second = covered(now, K, [(then, first.hidden)])
    assert first.hidden <= second.hidden
    both = [cell for cell in now.values if cell not in second.hidden]
    assert all(now.values[c] == then.values[c] or abs(now.values[c] - then.values[c]) >= K for c in both)
    assert is_sound(now, second, K) and leaks(now, second.hidden) == []


def test_what_was_left_out_stays_left_out_though_it_has_grown():
    then = cube([3, 50, 20, 40, 30, 30, 25, 60, 70, 80, 90, 20])
    first = covered(then, K)
    now = cube([30, 50, 20, 40, 30, 30, 25, 60, 70, 80, 90, 20])
    assert first.hidden <= covered(now, K, [(then, first.hidden)]).hidden


def test_the_same_table_again_leaves_out_the_same():
    then = cube([3, 50, 20, 40, 30, 30, 25, 60, 70, 80, 90, 20])
    first = covered(then, K)
    assert covered(then, K, [(then, first.hidden)]).hidden == first.hidden


@pytest.mark.slow
def test_a_cube_of_a_county_is_covered_in_reasonable_time():
    grounds = Tree("360428", tuple(f"g{n}" for n in range(18)))
    classes = Tree("all", tuple(f"c{n}" for n in range(10)))
    months = Tree("2026", tuple(f"m{n:02}" for n in range(12)))
    parts = {
        cell: (n * 7919) % 23
        for n, cell in enumerate(product(*(t.parts for t in (grounds, classes, months))))
    }
    table = summed((grounds, classes, months), parts)
    assert is_sound(table, covered(table, K), K)
