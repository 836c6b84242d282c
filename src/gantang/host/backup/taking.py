"""Taking a backup: the database first, then the attachments, so that every row finds its bytes."""

import json
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gantang.host.backup import archiving, attachments, book, running
from gantang.host.backup.book import Backup
from gantang.host.errors import HostError
from gantang.host.locks import FileLock
from gantang.host.options import Options
from gantang.host.places import places
from gantang.host.postgres import Say

#: After so long a full backup is taken again: a chain of incremental ones is only as good as its first.
_FULL_EVERY = timedelta(days=7)
LATEST = Path("backups") / "latest.json"


def take(chosen: Options, *, full: bool = False, now: Callable[[], datetime], say: Say) -> Backup:
    """Take a backup: incremental on the last one where that is possible, else full.

    Errors: HostError, among them where another backup is being taken.
    """
    running.programs_of(chosen)
    place = book.folder(chosen)
    lock = FileLock(place / book.LOCK)
    if not lock.take():
        raise HostError("另一个备份正在进行。", "Another backup is being taken.")
    try:
        book.drop_drafts(place)
        parent = None if full else _parent(chosen, now())
        made = _taken(chosen, parent, now, say)
    finally:
        lock.release()
    _tell_latest(chosen, made)
    return made


def _parent(chosen: Options, now: datetime) -> Backup | None:
    known = book.listed(chosen)
    if not known:
        return None
    first = book.chain(known, known[-1])[0]
    return known[-1] if now - first.ended < _FULL_EVERY else None


def _taken(chosen: Options, parent: Backup | None, now: Callable[[], datetime], say: Say) -> Backup:
    if parent is not None:
        try:
            return _copied(chosen, parent, now, say)
        except HostError as error:
            # Its summaries are gone, or the database was brought back since: only a full one fits.
            say(f"不能增量备份，改做全量 … no incremental backup, a full one instead: {error}")
            book.drop_drafts(book.folder(chosen))
    return _copied(chosen, None, now, say)


def _copied(chosen: Options, parent: Backup | None, now: Callable[[], datetime], say: Say) -> Backup:
    programs, here, place = running.programs_of(chosen), places(chosen), book.folder(chosen)
    began = now()
    kind = "incremental" if parent else "full"
    name = f"{began.astimezone(UTC):%Y%m%dT%H%M%S%f}Z-{kind}"
    draft = book.draft_of(chosen, name)
    words = ["-D", str(draft), "-F", "plain", "-X", "stream", "-c", "fast", "--manifest-checksums=SHA256"]
    if parent is not None:
        words.append(f"--incremental={book.path_of(chosen, parent) / 'backup_manifest'}")
    with running.connected(chosen, say) as where:
        archiving.ensure_slot(here, running.socket_of(here))
        say(f"正在备份数据库 … backing up the database ({kind})")
        running.run(programs, "pg_basebackup", [*where, *words], here)
    ended = now()
    say("正在备份附件 … backing up the attachments")
    if chosen.s3_url:
        say("S3 桶里的附件请另行备份 … attachments in the S3 bucket are not in this backup")
    wanted = list(attachments.names(chosen.files))
    attachments.copy(chosen.files, place / "files", wanted, mends=True)
    earlier = attachments.read_measures(book.path_of(chosen, parent)) if parent else {}
    measures = attachments.measured(wanted, earlier, (chosen.files, place / "files"))
    attachments.write_list(draft, measures)
    made = Backup(
        id=name,
        kind=kind,
        parent=parent.id if parent else "",
        began=began,
        ended=ended,
        first_wal=_first_wal(draft),
        files=len(measures),
        bytes=_size(draft),
        version=programs.version,
    )
    book.finish(draft, made)
    return made


def _first_wal(draft: Path) -> str:
    label = (draft / "backup_label").read_text(encoding="utf-8")
    found = re.search(r"START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)", label)
    if found is None:
        raise HostError("备份里没有起始日志段。", "The backup does not say where its log begins.")
    return found[1]


def _size(place: Path) -> int:
    return sum(Path(at, name).stat().st_size for at, _, names in os.walk(place) for name in names)


def _tell_latest(chosen: Options, made: Backup) -> None:
    """What ``gantang doctor`` looks at: it may not reach the backup folder itself."""
    path = chosen.data_dir / LATEST
    path.parent.mkdir(mode=0o700, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(
        json.dumps({"id": made.id, "kind": made.kind, "at": made.ended.isoformat()}), encoding="ascii"
    )
    draft.replace(path)
