"""Which cells of a published table are left out, so that no number below ``k`` can be worked out.

A table is a cube: in each direction a tree (a ground and its parts, all classes and each, a period and its
months, closed and in time or late), and every cell is the sum of those below it, in every direction. A cell
from 1 to k - 1 is small. Leaving it out alone is no help: the sums give it away. So for each small cell a
*move* is sought: a change of numbers that keeps every sum that is published, takes nothing below nothing, and
lifts the small cell to k. Its cells are all left out. With that move in hand, whoever knows all that is
published cannot say that the cell is below k: the moved table fits just as well.

A move goes up in the cell and down in a neighbour, in each direction, or, where no neighbour has enough to
give, up through all the sums above it. The last always fits, so the search ends. Method: complementary cell
suppression by hypercubes (Repsilber 1994; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4),
with a witness kept for each cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

Cell = tuple[str, ...]
#: In one direction: the part that gains, and the part that gives; None gives nothing, the sums above gain.
Way = tuple[str, str | None]
#: How many neighbours are tried in each direction, the largest first.
TRIED = 4
#: A sum costs more to leave out than a part; what stood in an earlier edition unchanged, most.
_SUM, _KNOWN = 3, 50


@dataclass(frozen=True)
class Tree:
    """A direction: its root, and the parts that add up to it."""

    root: str
    parts: tuple[str, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """The root, then its parts."""
        return (self.root, *self.parts)


@dataclass(frozen=True)
class Cube:
    """The directions, and every cell with its number, sums among them."""

    trees: tuple[Tree, ...]
    values: Mapping[Cell, int]


@dataclass(frozen=True)
class Cover:
    """What is left out, and for each small cell the move that covers it, with its size."""

    hidden: frozenset[Cell]
    moves: Mapping[Cell, tuple[Mapping[Cell, int], int]] = field(default_factory=dict)


def summed(trees: Sequence[Tree], parts: Mapping[Cell, int]) -> Cube:
    """The whole cube of the numbers of its parts; parts that are not named are 0."""
    values = dict.fromkeys(product(*(tree.nodes for tree in trees)), 0)
    for cell, n in parts.items():
        for above in product(*((part, tree.root) for part, tree in zip(cell, trees, strict=True))):
            values[above] += n
    return Cube(tuple(trees), values)


def covered(cube: Cube, k: int, before: Sequence[tuple[Cube, frozenset[Cell]]] = ()) -> Cover:
    """What to leave out of a table, given the earlier editions of it (each a cube and what it left out).

    What was left out once stays so. A cell that was published and has changed by less than k is small, too:
    two editions must not tell a small correction by their difference.
    """
    hidden = set().union(*(left for _cube, left in before))
    small = _small(cube, k, before)
    hidden |= small.keys()
    moves: dict[Cell, tuple[Mapping[Cell, int], int]] = {}
    known = frozenset(_known(cube, before))
    for cell in sorted(small, key=lambda one: (-_roots(cube, one), cube.values[one], one)):
        move = _move(cube, cell, small[cell], hidden, known)
        hidden |= move.keys()
        moves[cell] = (move, small[cell])
    return Cover(frozenset(hidden), moves)


def is_sound(cube: Cube, cover: Cover, k: int) -> bool:
    """Whether every small cell has a move that keeps what is published and lifts it to k: the proof, gone
    through once more without the search."""
    return all(
        cell in cover.moves and _holds(cube, cover.hidden, cell, *cover.moves[cell], k)
        for cell, n in cube.values.items()
        if 0 < n < k
    )


def _holds(
    cube: Cube, hidden: frozenset[Cell], cell: Cell, move: Mapping[Cell, int], size: int, k: int
) -> bool:
    moved = {one: n + sign * size for one, sign in move.items() for n in (cube.values[one],)}
    adds_up = all(
        move.get(above, 0) == sum(move.get(one, 0) for one in below) for above, below in sums(cube.trees)
    )
    return adds_up and move.keys() <= hidden and min(moved.values()) >= 0 and moved[cell] >= k


def sums(trees: Sequence[Tree]) -> Iterator[tuple[Cell, list[Cell]]]:
    """Every sum of the table: a cell, and those that add up to it in one direction."""
    for place, tree in enumerate(trees):
        for cell in product(*(tree.nodes for tree in trees)):
            if cell[place] == tree.root:
                yield cell, [(*cell[:place], part, *cell[place + 1 :]) for part in tree.parts]


def _small(cube: Cube, k: int, before: Sequence[tuple[Cube, frozenset[Cell]]]) -> dict[Cell, int]:
    """Every small cell, and by how much it must be able to rise."""
    found = {cell: k - n for cell, n in cube.values.items() if 0 < n < k}
    for then, left in before:
        for cell, n in cube.values.items():
            change = n - then.values.get(cell, n)
            if cell not in left and 0 < abs(change) < k:
                found[cell] = max(found.get(cell, 0), k - change)
    return found


def _known(cube: Cube, before: Sequence[tuple[Cube, frozenset[Cell]]]) -> Iterator[Cell]:
    """What an earlier edition published, and is so still."""
    for then, left in before:
        yield from (one for one, n in then.values.items() if one not in left and cube.values.get(one) == n)


def _move(cube: Cube, cell: Cell, size: int, hidden: set[Cell], known: frozenset[Cell]) -> dict[Cell, int]:
    """The move that leaves out least beside what is left out already."""
    best: dict[Cell, int] = {}
    least = float("inf")
    for ways in product(*(_ways(cube, cell, place) for place in range(len(cell)))):
        move = _of(cube, ways)
        if move.get(cell) != 1 or any(sign < 0 and cube.values[one] <= size for one, sign in move.items()):
            continue
        cost = sum(_cost(cube, one, known) for one in move if one not in hidden)
        if cost < least:
            best, least = move, cost
            if not cost:
                break
    return best


def _of(cube: Cube, ways: Sequence[Way]) -> dict[Cell, int]:
    """The cells that a move changes, each up or down."""
    signs = [
        {up: 1, tree.root: 1} if down is None else {up: 1, down: -1}
        for (up, down), tree in zip(ways, cube.trees, strict=True)
    ]
    return {cell: prod(s[part] for s, part in zip(signs, cell, strict=True)) for cell in product(*signs)}


def _ways(cube: Cube, cell: Cell, place: int) -> list[Way]:
    """How a move may go in one direction: against the largest neighbours, or up through the sums."""
    tree, here = cube.trees[place], cell[place]

    def beside(part: str) -> int:
        return cube.values[(*cell[:place], part, *cell[place + 1 :])]

    largest = sorted(tree.parts, key=beside, reverse=True)
    if here == tree.root:
        return [(part, None) for part in largest[:TRIED]]
    others = [part for part in largest if part != here]
    return [*((here, part) for part in others[:TRIED]), (here, None)]


def _roots(cube: Cube, cell: Cell) -> int:
    return sum(part == tree.root for part, tree in zip(cell, cube.trees, strict=True))


def _cost(cube: Cube, cell: Cell, known: frozenset[Cell]) -> int:
    return 1 + _SUM * _roots(cube, cell) + (_KNOWN if cell in known else 0)
