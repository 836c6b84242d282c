"""What does not fit about a city's checkpoints: their signatures, their chain, the copies kept elsewhere,
and what the last one saw."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from gantang.kit import crypto
from gantang.ledger.checkpoints import book
from gantang.ledger.checkpoints.line import SEALED, Line
from gantang.ledger.merkle import Tree, leaf_of
from gantang.ledger.snapshot import Link, stream_rows
from gantang.ledger.types import ChainFault

_LEAVES = "SELECT stream, count, hash FROM ledger_leaf WHERE city = %s ORDER BY stream"


def check(link: Link, city: int, elsewhere: Sequence[Line] = ()) -> tuple[int, list[ChainFault]]:
    """How many checkpoints a city has, and what is wrong with them or with what the last one saw."""
    kept = book.kept(city)  # before the rows: the file is written after them
    lines = list(book.rows(link, city))
    faults = list(chain_faults(lines, kept, [line for line in elsewhere if line.city == city]))
    last = lines[-1] if lines else None
    if city != SEALED and not fits(link, city, last):
        faults.append(ChainFault(city, last.no if last else 0, "leaves"))
    return len(lines), faults


def kept_cities() -> set[int]:
    """The cities that the file beside the keys tells of."""
    return {line.city for line in book.read(book.path())} if book.path().exists() else set()


def chain_faults(
    lines: Sequence[Line], kept: Sequence[Line], elsewhere: Sequence[Line] = ()
) -> Iterator[ChainFault]:
    """Faults of one city's chain beside the file's lines and those of an outside copy."""
    yield from _within(lines)
    known = {line.hash for line in lines}
    excused = _excused(lines, (*kept, *elsewhere))
    for line in (*kept, *elsewhere):
        if not line.holds():
            yield ChainFault(line.city, line.no, "forged")
        elif line.hash not in known | excused:
            yield ChainFault(line.city, line.no, "wound_back")
    written = {line.hash for line in kept}
    lacking = [line for line in lines if line.hash not in written]
    # The row is committed before its line is written: the last one alone may be without.
    if lacking and lacking != [lines[-1]]:
        yield ChainFault(lacking[0].city, lacking[0].no, "file")


def _within(lines: Sequence[Line]) -> Iterator[ChainFault]:
    before = b""
    for place, line in enumerate(lines, start=1):
        if not line.holds():
            yield ChainFault(line.city, line.no, "forged")
        elif line.no != place or line.previous != before:
            yield ChainFault(line.city, line.no, "gap")
            return  # what follows hangs on it
        before = line.hash


def _excused(lines: Sequence[Line], elsewhere: Iterable[Line]) -> set[bytes]:
    """Checkpoints that somebody gave up, by name, in a later one."""
    by_hash = {line.hash: line for line in elsewhere}
    known, found = {line.hash for line in lines}, set()
    for line in lines:
        at = line.dropped if line.holds() else b""
        while at in by_hash and at not in known:
            found.add(at)
            at = by_hash[at].previous
    return found


def fits(link: Link, city: int, last: Line | None) -> bool:
    """Whether what is noted of each stream makes the root of the last checkpoint."""
    suite = crypto.suite_of(last.root) if last else crypto.suite_in_force()
    tree = Tree(partial(crypto.plain_hash, suite=suite))
    for stream, count, ending in stream_rows(link, "leaves", _LEAVES, [city]):
        tree.add(leaf_of(stream, count, ending))
    return tree.size == 0 if last is None else crypto.marked(suite, tree.root()) == last.root
