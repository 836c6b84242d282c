"""Which backups there are: each is a folder that was given its name when it was whole."""

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from gantang.host.errors import HostError
from gantang.host.locks import FileLock
from gantang.host.options import Options
from gantang.host.places import own_folder

NOTE = "backup.json"
FILES = "files.txt.gz"
#: Whoever holds it takes a backup.
LOCK = "lock"
_DRAFT = ".draft-"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. ``parent`` is what an incremental one builds on; ``first_wal`` the first segment it needs;
    moments are UTC."""

    id: str
    kind: str
    parent: str
    began: datetime
    ended: datetime
    first_wal: str
    files: int
    bytes: int
    version: str


def folder(chosen: Options) -> Path:
    """The backup folder. Errors: HostError where none is set, or where it would lie among the data."""
    given = chosen.backup_dir
    if given is None:
        raise HostError(
            "还没有设置备份放在哪里：请把 GANTANG_BACKUP_DIR 设为另一块盘上的文件夹。",
            "No place for backups: set GANTANG_BACKUP_DIR to a folder on another disk.",
        )
    if given.is_relative_to(chosen.keys) or chosen.keys.is_relative_to(given):
        raise HostError(
            f"备份和密钥不能放在一起：{given} 与 {chosen.keys}。拿到其中一样的人，就什么都能读。",
            f"Backups and keys must lie apart: {given} and {chosen.keys}. Whoever has both reads everything.",
        )
    for part in ("", "base", "files", "wal"):
        own_folder(given / part, _me())
    return given


def log_files(chosen: Options) -> list[Path]:
    """Everything that was received, of this database and of what it was before a restore."""
    return sorted(path for place in folder(chosen).glob("wal*") for path in place.iterdir())


def start_log_anew(chosen: Options, stamp: str) -> None:
    """After a restore the database writes another history: what was received stays, apart from it."""
    (folder(chosen) / "wal").rename(folder(chosen) / f"wal-before-{stamp}")
    folder(chosen)


def _me() -> int:
    return os.geteuid()


def listed(chosen: Options) -> list[Backup]:
    """Every backup that is whole, the oldest first."""
    notes = (folder(chosen) / "base").glob(f"*/{NOTE}")
    whole = (path for path in notes if not path.parent.name.startswith(_DRAFT))
    return sorted((_read(path) for path in whole), key=lambda one: one.ended)


def path_of(chosen: Options, backup: Backup) -> Path:
    """Where a backup lies."""
    return folder(chosen) / "base" / backup.id


def draft_of(chosen: Options, name: str) -> Path:
    """Where a backup is made until it is whole."""
    return folder(chosen) / "base" / f"{_DRAFT}{name}"


def finish(draft: Path, backup: Backup) -> None:
    """Put the note into a backup's folder, and give the folder its name, which says that it is whole."""
    body = {**asdict(backup), "began": backup.began.isoformat(), "ended": backup.ended.isoformat()}
    with (draft / NOTE).open("w", encoding="ascii") as file:
        file.write(json.dumps(body, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(draft.with_name(backup.id))


def remove(chosen: Options, backup: Backup) -> None:
    """Take its name from a backup, then the backup itself: killed midway, it is no backup any more."""
    draft = draft_of(chosen, backup.id)
    path_of(chosen, backup).rename(draft)
    shutil.rmtree(draft)


def _read(path: Path) -> Backup:
    try:
        body = json.loads(path.read_text(encoding="ascii"))
        moments = {name: datetime.fromisoformat(body[name]).astimezone(UTC) for name in ("began", "ended")}
        return Backup(**{**body, **moments})
    except (ValueError, KeyError, TypeError) as error:
        raise HostError(
            f"备份说明读不出：{path}。", f"The note of a backup cannot be read: {path}: {error}"
        ) from None


def chain(backups: Iterable[Backup], last: Backup) -> list[Backup]:
    """A full backup and the incremental ones on it, up to ``last``. Errors: HostError for a missing one."""
    known, found = {one.id: one for one in backups}, [last]
    while found[0].parent:
        before = known.get(found[0].parent)
        if before is None:
            raise HostError(
                f"备份 {found[0].id} 依赖的 {found[0].parent} 不在了。",
                f"The backup {found[0].id} builds on {found[0].parent}, which is gone.",
            )
        found.insert(0, before)
    return found


def unfinished(chosen: Options) -> list[str]:
    """Backups that were broken off, and those whose removal was; none of one that is being taken now."""
    drafts = (folder(chosen) / "base").glob(f"{_DRAFT}*")
    found = sorted(path.name.removeprefix(_DRAFT) for path in drafts)
    lock = FileLock(folder(chosen) / LOCK)
    if found and not lock.take():
        found = []
    lock.release()
    return found


def drop_drafts(place: Path) -> None:
    """What was never finished goes."""
    for draft in (place / "base").glob(f"{_DRAFT}*"):
        shutil.rmtree(draft, ignore_errors=True)
    for half in (place / "files").glob("??/??/.*"):
        half.unlink(missing_ok=True)
