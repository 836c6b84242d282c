"""Blind spots of a province: the table of the checker against asking village by village, on one core.

The ground is the province's own: every village of the shipped divisions; the classes are all that the
catalogue has. Two deployments: the usual one (centres hold all, townships and villages their own, with
holes), and one in which every village holds every duty by itself, class by class, one in a hundred missing.
"""

import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from gantang.engine import STAFF_DUTIES
from gantang.engine.check import Blind, blind, needs_of

#: Every so manyth village is asked by the peer; its time is counted up.
SHARE = 200
Held = tuple[str, str, str]


def measure() -> dict[str, Any]:
    """Both deployments: seconds of the table, seconds of the peer, rows, and whether the two agree."""
    from gantang.catalogue import queries as catalogue
    from gantang.cli.check import SHIPPED
    from gantang.engine import read_packs
    from gantang.kit import clock
    from gantang.territory import queries as territory

    today = clock.now().date()
    tree = territory.tree(on=today)
    classes = [one.code for one in catalogue.classes(on=today)]
    procedures = [one for pack in read_packs(SHIPPED).values() for one in pack.procedures.values()]
    needs = needs_of(procedures, classes)
    roots = sorted(set(tree) - {child for some in tree.values() for child in some})
    villages = [one for some in tree.values() for one in some if one not in tree]
    worst = dict.fromkeys(classes, STAFF_DUTIES)
    return {
        "villages": len(villages),
        "classes": len(classes),
        "usual": _compared(needs, list(usual(tree, classes)), roots, tree, villages),
        "village by village": _compared(worst, list(scattered(villages, classes)), roots, tree, villages),
    }


def usual(tree: dict[str, list[str]], classes: list[str]) -> Iterator[Held]:
    """Remits as a province has them: each level its own duties, townships by class, some missing."""
    chance, tops = Random(1), [one for one in classes if "." not in one]
    for ground in tree:
        if len(ground) <= 6:
            yield from (
                (ground, "*", duty) for duty in ("receiver", "dispatcher", "verifier") if len(ground) > 2
            )
            yield from ((ground, "*", duty) for duty in ("arbiter", "supervisor", "leader"))
        else:
            yield from ((ground, one, "handler") for one in tops if chance.random() > 0.02)
            yield from ((child, "*", "mediator") for child in tree[ground] if chance.random() > 0.05)


def scattered(villages: list[str], classes: list[str]) -> Iterator[Held]:
    """Every duty of every class held by each village alone, one in a hundred by nobody."""
    chance, tops = Random(2), [one for one in classes if "." not in one]
    for ground in villages:
        for one in tops:
            yield from ((ground, one, duty) for duty in STAFF_DUTIES if chance.random() > 0.01)


def _compared(
    needs: Any, held: list[Held], roots: list[str], tree: dict[str, list[str]], villages: list[str]
) -> dict[str, Any]:
    ours, rows = _timed(lambda: blind(needs, held, roots, lambda ground: tree.get(ground, [])))
    asked, book = villages[::SHARE], set(held)
    peer, lacking = _timed(lambda: _one_by_one(needs, book, asked))
    assert lacking == _spread(needs, rows, asked), "table and peer differ"
    return {
        "remits": len(held),
        "rows": len(rows),
        "seconds": ours,
        "peer_seconds": peer * len(villages) / len(asked),
        "times": peer * len(villages) / len(asked) / ours,
        "asked": len(asked),
    }


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    found = act()
    return time.process_time() - begun, found


def _one_by_one(needs: Any, book: set[Held], asked: list[str]) -> set[Held]:
    """The naive way: every village, class and duty, every ground and class above them."""
    return {
        (ground, klass, duty)
        for ground in asked
        for klass, duties in needs.items()
        for duty in duties
        if not any(
            (ground[:n], one, duty) in book
            for n in (0, 2, 4, 6, 9, 12)
            for one in ("*", klass.split(".")[0], klass)
        )
    }


def _spread(needs: Any, rows: tuple[Blind, ...], asked: list[str]) -> set[Held]:
    """The rows of the table written out for some villages."""
    found: set[Held] = set()
    for row in rows:
        for ground in asked:
            if ground.startswith(row.ground):
                found |= {
                    (ground, klass, row.duty)
                    for klass, duties in needs.items()
                    if row.duty in duties
                    and any(klass == one or klass.startswith(f"{one}.") for one in row.classes)
                }
    return found
