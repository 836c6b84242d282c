"""Making a checkpoint: for each city once a day, and whenever somebody asks."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from gantang.kit import crypto
from gantang.kit.clock import ZONE
from gantang.ledger.checkpoints import book, checking
from gantang.ledger.checkpoints.line import SEALED, Line
from gantang.ledger.checkpoints.passing import Pass
from gantang.ledger.errors import CheckpointRefusedError
from gantang.ledger.snapshot import Link, cities, snapshot
from gantang.ledger.types import Attested, ChainFault, Fault, Made

_log = structlog.get_logger(__name__)
_LOCK = "SELECT pg_advisory_lock(hashtext('gantang checkpoint'), %s)"


def make_due(now: datetime) -> list[Made]:
    """A checkpoint of every city that has none of today. A city that is refused one does not stop the
    others: it is told as critical, again and again, until somebody looks."""
    made = []
    with snapshot() as link:
        due = [city for city in cities(link) if city != SEALED and is_due(link, city, now)]
    for city in due:
        try:
            made.append(make(city, now=now))
        except CheckpointRefusedError as error:
            _log.critical("ledger_checkpoint_refused", **error.details)
    return made


def is_due(link: Link, city: int, now: datetime) -> bool:
    """Whether a city has no checkpoint of today."""
    last = book.last(link, city)
    return last is None or last.day < now.astimezone(ZONE).date()


def make(city: int, *, now: datetime, accept: bool = False) -> Made:
    """A checkpoint over a city's streams. Errors: CheckpointRefusedError where the checkpoints before, or
    what they saw, do not fit, unless somebody answers for it (``accept``)."""
    faults: list[Fault] = []

    def root(link: Link, last: Line | None) -> tuple[int, int, bytes, list[ChainFault]]:
        then = crypto.suite_of(last.root) if last else crypto.suite_in_force()
        walk = Pass(link, city, suites=(then, crypto.suite_in_force()), accept=accept)
        walk.run()
        faults.extend(walk.faults)
        fits = walk.before.size == 0 if last is None else _marked(then, walk.before.root()) == last.root
        wrong = [] if fits else [ChainFault(city, last.no if last else 0, "leaves")]
        return walk.after.size, walk.steps, _marked(crypto.suite_in_force(), walk.after.root()), wrong

    line = _next(city, root, now=now, accept=accept, faults=faults)
    for fault in faults:
        _log.critical("ledger_stream_fault", city=city, stream=str(fault.stream), fault=fault.fault)
    return Made(city, line.no, line.day, line.streams, line.steps, line.root.hex(), tuple(faults))


def attest(root: bytes, kept: bytes, *, now: datetime, accept: bool = False) -> None:
    """A checkpoint over what is kept sealed: a commitment that tells nothing, and no figure; ``kept`` opens
    it, and replaces what opened the one before. Errors: CheckpointRefusedError.
    """

    def of(_link: Link, _last: Line | None) -> tuple[int, int, bytes, list[ChainFault]]:
        return 0, 0, root, []

    line = _next(SEALED, of, now=now, accept=accept, faults=[], kept=kept)
    _log.info("ledger_attested", no=line.no)


def attested() -> Attested | None:
    """The last commitment over what is kept sealed, as the owner reads it."""
    with snapshot() as link:
        last = book.last(link, SEALED)
        return Attested(last.day, last.root, book.opens(link, SEALED, last.no)) if last else None


_Root = Callable[[Link, Line | None], tuple[int, int, bytes, list[ChainFault]]]


def _next(
    city: int,
    root: _Root,
    *,
    now: datetime,
    accept: bool,
    faults: Sequence[Fault],
    kept: bytes | None = None,
) -> Line:
    """The next one of a city's chain: rows first, then the file; a line that a crash left out is added."""
    with snapshot(read_only=False) as link:
        link.execute(_LOCK, [city])
        link.commit()  # the state is read after whoever held the lock has written
        lines, beside = list(book.rows(link, city)), book.kept(city)
        was = list(checking.chain_faults(lines, beside))
        if accept and was:
            lines = book.mend(link, city, lines, beside)
        last = lines[-1] if lines else None
        streams, steps, made, wrong = root(link, last)
        wrong += was
        if wrong and not accept:
            told = ", ".join(sorted({fault.fault for fault in wrong}))
            raise CheckpointRefusedError(details={"city": city, "faults": told})
        line = Line(
            city=city,
            no=last.no + 1 if last else 1,
            day=now.astimezone(ZONE).date(),
            streams=streams,
            steps=steps,
            root=made,
            previous=last.hash if last else b"",
            made_at=now,
            accepted=bool(wrong or faults) and accept,
            dropped=_dropped(lines, beside) if accept else b"",
        ).signed()
        book.add(link, line)
        if kept is not None:
            book.keep_opening(link, line, kept)
        link.commit()
        _write(lines, beside, line)
    return line


def _dropped(lines: Sequence[Line], kept: Sequence[Line]) -> bytes:
    lost = [one for one in checking.chain_faults(lines, kept) if one.fault == "wound_back"]
    numbers = {one.no for one in lost}
    known = {line.hash for line in lines}
    found = [line for line in kept if line.no in numbers and line.hash not in known]
    return found[-1].hash if found else b""


def _write(lines: Sequence[Line], kept: Sequence[Line], line: Line) -> None:
    written = {one.hash for one in kept}
    for one in (*lines, line):
        if one.hash not in written:
            book.keep(one)


def _marked(suite: str, value: bytes) -> bytes:
    return crypto.marked(suite, value)
