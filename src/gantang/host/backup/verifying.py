"""Whether backups are what they were: every file of the database and every attachment by its checksum, every
segment of the log to its last record."""

import tempfile
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from gantang.host import replay
from gantang.host.backup import attachments, book, running
from gantang.host.backup.attachments import Measure
from gantang.host.backup.book import Backup
from gantang.host.errors import HostError
from gantang.host.options import Options
from gantang.host.places import places

SEGMENT = 24


@dataclass(frozen=True, slots=True)
class Verdict:
    """One backup and what is wrong with it; nothing where it is sound."""

    backup: Backup
    faults: tuple[str, ...]


def verify(chosen: Options, only: Backup | None = None) -> Iterator[Verdict]:
    """Look at every backup, the oldest first, or at one of them, whose attachments are measured alone."""
    known, seen = book.listed(chosen), _Seen(book.folder(chosen) / "files", reads=only is None)
    broken: set[str] = set()
    for one in known if only is None else [only]:
        found = tuple(_faults(chosen, known, one, seen, broken))
        broken |= {one.id} if found else set()
        yield Verdict(one, found)


def look_at(chosen: Options, chain: Iterable[Backup]) -> None:
    """Whether a chain can be restored, before anything is touched. Errors: HostError with the first fault."""
    for one in chain:
        try:
            _verified(chosen, book.path_of(chosen, one))
        except HostError as error:
            raise HostError(
                f"备份 {one.id} 有问题，什么都没有改动：请用 --to 回到更早的备份；只有这一份时加 --damaged。",
                f"The backup {one.id} has faults; nothing was touched. Go back to an earlier one by --to; "
                f"where it is the only one, add --damaged.\n{error}",
            ) from None


class _Seen:
    """What was found of each attachment: several backups share it, and it is read once."""

    def __init__(self, store: Path, *, reads: bool) -> None:
        self._store, self._reads = store, reads
        self._found: dict[str, Measure | None] = {}

    def fits(self, name: str, wanted: Measure | None) -> bool:
        """Whether an attachment is what it was; of one that was never measured, whether it is there."""
        path = self._store / name
        if not path.exists():
            return False
        if wanted is None or path.stat().st_size != wanted.size:
            return wanted is None
        if self._reads and name not in self._found:
            self._found[name] = attachments.measure(path)
        return not self._reads or self._found[name] == wanted


def _faults(
    chosen: Options, known: list[Backup], backup: Backup, seen: _Seen, broken: Set[str]
) -> Iterator[str]:
    place = book.path_of(chosen, backup)
    try:
        bad = [one.id for one in book.chain(known, backup) if one.id in broken]
        if bad:
            yield f"依赖的备份有问题，不能用于恢复 … builds on one with faults, cannot be restored: {bad[0]}"
        _verified(chosen, place)
    except HostError as error:
        yield str(error)
    measures = attachments.read_measures(place)
    bad = [name for name in attachments.read_list(place) if not seen.fits(name, measures.get(name))]
    if bad:
        yield f"附件缺少或损坏 … attachments are missing or damaged: {len(bad)} ({bad[0]} …)"


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


def unreadable(chosen: Options) -> Iterator[str]:
    """What of the received log cannot be replayed: each run of whole segments is read to its last record."""
    for folder in sorted({path.parent for path in book.log_files(chosen)}):
        for first, last in runs(one.name for one in folder.iterdir()):
            try:
                readable(chosen, folder, first, last)
            except HostError as error:
                yield f"日志读不通 … the log cannot be read: {folder.name}/{first} – {last}\n  {error}"


def readable(chosen: Options, folder: Path, first: str, last: str) -> None:
    """Read every record of these segments. Errors: HostError at the first that is not what it was."""
    for path in sorted(folder.iterdir()):
        if len(path.name) == SEGMENT and first <= path.name <= last and path.stat().st_size != replay.SEGMENT:
            raise HostError(f"{path.name} 长短不对。", f"{path.name} has not the length of a segment.")
    words = ["--quiet", f"--path={folder}", first, last]
    running.run(running.programs_of(chosen), "pg_waldump", words, places(chosen))


def runs(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The first and the last of each run of neighbouring segments of one timeline."""
    first = before = ""
    for name in sorted(name for name in names if len(name) == SEGMENT):
        if not (before and before[:8] == name[:8] and _place(name) - _place(before) == 1):
            if before:
                yield first, before
            first = name
        before = name
    if before:
        yield first, before


def gaps(chosen: Options) -> list[tuple[str, str]]:
    """Neighbouring segments of the received log between which others are missing."""
    found = {path.name.removesuffix(".partial") for path in book.log_files(chosen)}
    numbers = sorted(name for name in found if len(name) == SEGMENT)
    return [
        (before, after)
        for before, after in pairwise(numbers)
        if before[:8] == after[:8] and _place(after) - _place(before) > 1
    ]


def _place(segment: str) -> int:
    """256 segments of 16 MB make a log file of 4 GB; eight digits each for timeline, file and segment."""
    return int(segment[8:16], 16) * 256 + int(segment[16:], 16)
