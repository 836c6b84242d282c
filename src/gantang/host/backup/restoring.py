"""Bringing a backup back, up to a moment where one is named.

What is there now is moved aside, never removed. Nothing leaves the restored system before it is released:
letters and calls of the days between would go out a second time.
"""

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from gantang.host import replay, restored
from gantang.host.backup import attachments, book, running, verifying
from gantang.host.backup.book import Backup
from gantang.host.backup.verifying import SEGMENT
from gantang.host.errors import HostError
from gantang.host.locks import FileLock
from gantang.host.options import Options
from gantang.host.places import Places, places
from gantang.host.postgres import Say
from gantang.host.server import Server

_STEP = 0.1


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back: the backup, the moment that was asked for, where the former data lie."""

    backup: Backup
    to: datetime | None
    aside: Path | None
    files: int


def restore(
    chosen: Options,
    *,
    to: datetime | None,
    now: Callable[[], datetime],
    say: Say,
    damaged: bool = False,
) -> Restored:
    """Bring the database back as it was at ``to`` (with all that is there, without it), and the attachments.

    Errors: HostError while anything of the installation runs, where no backup is old enough, where one of the
    chain or the log has faults (``damaged`` goes on all the same), or where the log ends before ``to``.
    """
    programs, here = running.programs_of(chosen), places(chosen)
    known = book.listed(chosen)
    wanted = [one for one in known if to is None or one.ended <= to]
    if not wanted:
        raise _too_early(known, to)
    locks = _locked(chosen, here)
    try:
        if (before := restored.former(chosen)) is not None:
            say("上次恢复没有做完，先放回原来的数据 … the last one was broken off: the former data first")
            _undone(here, before)
        chain = book.chain(known, wanted[-1])
        if not damaged:
            say("正在核对备份 … looking at the backup")
            verifying.look_at(chosen, chain)
        draft = _combined(chosen, here, chain, say)
        log = _log_copy(chosen, here, wanted[-1])
        if to is None and not damaged:
            _whole(chosen, log)
        server = Server(here, programs, say)
        former = chosen.restored_mark.read_bytes() if held(chosen) else None
        aside = here.home / f"data-before-{now():%Y%m%dT%H%M%S}" if here.data.exists() else None
        # Before anything of it can run: nothing leaves.
        restored.begin(chosen, backup=wanted[-1].id, to=to, now=now(), aside=aside)
        _changed_places(here, draft, aside)
        try:
            _replayed(server, log, to, say)
        except BaseException:
            _undone(here, aside)
            release(chosen) if former is None else chosen.restored_mark.write_bytes(former)
            raise
        book.start_log_anew(chosen, f"{now():%Y%m%dT%H%M%S}")
        say("正在恢复附件 … bringing the attachments back")
        store = book.folder(chosen) / "files"
        copied = attachments.copy(store, chosen.files, attachments.names(store))
        restored.finish(chosen)
    finally:
        shutil.rmtree(here.home / "restoring", ignore_errors=True)
        for lock in locks:
            lock.release()
    return Restored(wanted[-1], to, aside, copied)


def held(chosen: Options) -> bool:
    """Whether the installation was restored and is not released yet: nothing may leave it."""
    return chosen.restored_mark.exists()


def release(chosen: Options) -> None:
    """Let messages leave again."""
    chosen.restored_mark.unlink(missing_ok=True)


def _too_early(known: list[Backup], to: datetime | None) -> HostError:
    if not known or to is None:
        return HostError("没有可用的备份。", "There is no backup.")
    first = known[0].ended.isoformat(timespec="seconds")
    return HostError(
        f"最早的备份完成于 {first}，回不到更早的时候。",
        f"The first backup ended at {first}: nothing earlier can be had.",
    )


def _locked(chosen: Options, here: Places) -> list[FileLock]:
    locks = [FileLock(chosen.data_dir / "up.lock"), FileLock(here.lock)]
    for place, lock in enumerate(locks):
        if not lock.take():
            for one in locks[:place]:
                one.release()
            raise HostError("系统正在运行：请先停下，再恢复。", "The system is running: stop it first.")
    return locks


def _combined(chosen: Options, here: Places, chain: list[Backup], say: Say) -> Path:
    """The data folder of the last backup of a chain, whole, beside its final place."""
    say(f"正在合成备份 … putting the backup together: {chain[-1].id}")
    work = here.home / "restoring"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    draft, sources = work / "data", [str(book.path_of(chosen, one)) for one in chain]
    if len(sources) == 1:
        shutil.copytree(sources[0], draft, symlinks=True)
    else:
        running.run(running.programs_of(chosen), "pg_combinebackup", [*sources, "-o", str(draft)], here)
    for ours in (book.NOTE, book.FILES):
        (draft / ours).unlink(missing_ok=True)
    (draft / "recovery.signal").touch()
    return draft


def _changed_places(here: Places, draft: Path, aside: Path | None) -> None:
    """The restored folder takes the place of the former one, which stays beside it."""
    if aside is not None:
        here.data.rename(aside)
    draft.rename(here.data)
    _give(here, here.data)


def _undone(here: Places, aside: Path | None) -> None:
    shutil.rmtree(here.data, ignore_errors=True)
    if aside is not None:
        aside.rename(here.data)


def _give(here: Places, place: Path) -> None:
    """Everything below a folder belongs to the server's account."""
    place.chmod(0o700)
    if not here.account.switched:
        return
    for at, folders, files in os.walk(place):
        for name in (".", *folders, *files):
            os.chown(Path(at, name), here.account.uid, here.account.gid, follow_symlinks=False)


def _whole(chosen: Options, log: Path) -> None:
    """A log that breaks off before its last segment would be replayed up to there, and the rest be lost in
    silence. In the last one the log ends somewhere, as it should."""
    own = [path.name for path in log.iterdir() if len(path.name) == SEGMENT and replay.is_own(path)]
    faults = []
    for timeline in sorted({name[:8] for name in own}):
        found = list(verifying.runs(name for name in own if name[:8] == timeline))
        faults += [f"{before} – {after}" for (_, before), (after, _) in pairwise(found)]
        first, last = found[-1]
        if first != last:
            *_others, before = sorted(name for name in own if first <= name < last)
            try:
                verifying.readable(chosen, log, first, before)
            except HostError as error:
                faults.append(str(error))
    if faults:
        told = "\n".join(faults)
        raise HostError(
            "备份的日志中间断了，什么都没有改动：用 --to 恢复到断开之前；要恢复到断开处为止，加 --damaged。",
            "The log breaks off in its middle; nothing was touched. Go back to a moment before by --to, "
            f"or as far as it reaches by --damaged.\n{told}",
        )


def _replayed(server: Server, log: Path, to: datetime | None, say: Say) -> None:
    """Run the server until it has replayed the log up to the moment and takes writes again; then stop it."""
    here = server.here
    # A server that may be read meanwhile calls itself ready long before it has replayed everything.
    words = {
        "restore_command": f'cp "{log}/%f" "%p"',
        "recovery_target_action": "promote",
        "hot_standby": "off",
    }
    if to is not None:
        words |= {"recovery_target_time": to.isoformat(), "recovery_target_inclusive": "on"}
    server.prepare()
    server.more = tuple(word for name, value in words.items() for word in ("-c", f"{name}={value}"))
    say("正在重放日志 … replaying the log")
    began = here.log.stat().st_size if here.log.exists() else 0
    try:
        while server.state != "ready":
            server.tick()
            if "recovery ended before configured recovery target" in _said(here, began):
                raise HostError(
                    "备份的日志到不了这个时间：去掉 --to，就恢复到最后。",
                    "The log ends before that moment: without --to everything that is there comes back.",
                )
            time.sleep(_STEP)
    finally:
        server.stop()


def _said(here: Places, since: int) -> str:
    with here.log.open("rb") as file:
        file.seek(since)
        return file.read().decode("utf-8", "replace")


def _log_copy(chosen: Options, here: Places, base: Backup) -> Path:
    """The segments that are needed, where the server's account can read them."""
    target = here.home / "restoring" / "wal"
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in _log_files(chosen, here):
        name = path.name.removesuffix(".partial")
        is_needed = name.endswith(".history") or (len(name) == SEGMENT and name[8:] >= base.first_wal[8:])
        if is_needed and not (target / name).exists():
            shutil.copyfile(path, target / name)
    _give(here, here.home / "restoring")
    return target


def _log_files(chosen: Options, here: Places) -> list[Path]:
    """The kept log, best first: whole segments, then what the former data still hold, then begun segments."""
    kept = book.log_files(chosen)
    begun = [path for path in kept if path.suffix == ".partial"]
    last = sorted((here.data / "pg_wal").glob("*"))
    return [path for path in kept if path not in begun] + [path for path in last if path.is_file()] + begun
