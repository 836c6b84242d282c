"""The highest grounds that nothing covers, counted from the villages up.

Remits leave little bare, so a set of what is bare, and how often each ground above it was reached, is far
less work than a walk down the tree for each duty and class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence, Set

Below = Callable[[str], Sequence[str]]


class Grounds:
    """The grounds at and below some roots: the tree is read once, whatever is asked of it afterwards."""

    def __init__(self, roots: Iterable[str], below: Below) -> None:
        self._above: dict[str, str] = {}
        self._below: dict[str, Sequence[str]] = {}
        self._lowest: dict[str, frozenset[str]] = {}
        self._roots = tuple(roots)
        todo = list(self._roots)
        for ground in todo:
            self._below[ground] = below(ground)
            self._above.update(dict.fromkeys(self._below[ground], ground))
            todo.extend(self._below[ground])
        self._all = frozenset().union(*(self.lowest(root) for root in self._roots))

    def lowest(self, ground: str) -> frozenset[str]:
        """The grounds at or below one that have none below them."""
        if ground not in self._lowest:
            found, todo = [], [ground]
            while todo:
                one = todo.pop()
                todo.extend(self._below[one])
                if not self._below[one]:
                    found.append(one)
            self._lowest[ground] = frozenset(found)
        return self._lowest[ground]

    def lacking(self, covered: Set[str]) -> list[str]:
        """The highest grounds with nothing that covers them, nor any part of them."""
        bare, strangers = set(self._all - covered), covered - self._below.keys()
        for ground in (covered & self._below.keys()) - self._all:
            bare -= self.lowest(ground)
        for root in self._roots:
            if any(root.startswith(stranger) for stranger in strangers):
                bare -= self.lowest(root)
        touched = {stranger[:end] for stranger in strangers for end in range(1, len(stranger))}
        return self._highest(bare - touched, touched)

    def _highest(self, bare: Collection[str], touched: Set[str]) -> list[str]:
        """``touched`` are grounds of which something outside the tree covers a part."""
        lacking, reached, todo = set(bare), Counter[str](), list(bare)
        for ground in todo:
            above = self._above.get(ground, "")
            reached[above] += 1
            if above and reached[above] == len(self._below[above]) and above not in touched:
                lacking.add(above)
                todo.append(above)
        return [one for one in lacking if self._above.get(one) not in lacking]
