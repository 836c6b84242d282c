"""Whether backups are what they were: every file of the database by its checksum, every attachment there."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from gantang.host.backup import attachments, book, running
from gantang.host.backup.book import Backup
from gantang.host.errors import HostError
from gantang.host.options import Options
from gantang.host.places import places

_SEGMENT = 24


@dataclass(frozen=True, slots=True)
class Verdict:
    """One backup and what is wrong with it; nothing where it is sound."""

    backup: Backup
    faults: tuple[str, ...]


def verify(chosen: Options, only: Backup | None = None) -> Iterator[Verdict]:
    """Look at every backup, the oldest first, or at one of them."""
    known = book.listed(chosen)
    for one in known if only is None else [only]:
        yield Verdict(one, tuple(_faults(chosen, known, one)))


def _faults(chosen: Options, known: list[Backup], backup: Backup) -> Iterator[str]:
    place, store = book.path_of(chosen, backup), book.folder(chosen) / "files"
    try:
        book.chain(known, backup)
        _verified(chosen, place)
    except HostError as error:
        yield str(error)
    missing = [name for name in attachments.read_list(place) if not (store / name).exists()]
    if missing:
        yield f"缺少附件 … attachments are missing: {len(missing)} ({missing[0]} …)"


def _verified(chosen: Options, place: Path) -> None:
    """``pg_verifybackup``; our own two files are no part of the manifest."""
    words = [f"--ignore={name}" for name in (book.NOTE, book.FILES)]
    with tempfile.TemporaryDirectory() as empty:
        running.run(
            running.programs_of(chosen),
            "pg_verifybackup",
            [*words, str(place)],
            places(chosen),
            cwd=Path(empty),
        )


def gaps(chosen: Options) -> list[tuple[str, str]]:
    """Neighbouring segments of the received log between which others are missing."""
    found = {path.name.removesuffix(".partial") for path in book.log_files(chosen)}
    numbers = sorted(name for name in found if len(name) == _SEGMENT)
    return [
        (before, after)
        for before, after in pairwise(numbers)
        if before[:8] == after[:8] and _place(after) - _place(before) > 1
    ]


def _place(segment: str) -> int:
    """256 segments of 16 MB make a log file of 4 GB; eight digits each for timeline, file and segment."""
    return int(segment[8:16], 16) * 256 + int(segment[16:], 16)
