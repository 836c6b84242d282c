"""How long backups are kept: what was forgotten on time must not live on in them."""

from datetime import datetime, timedelta

from gantang.host.backup import attachments, book
from gantang.host.backup.book import Backup
from gantang.host.options import Options


def prune(chosen: Options, *, now: datetime) -> list[Backup]:
    """Remove what is older than ``GANTANG_BACKUP_KEEP_DAYS``, but never what a younger one builds on, nor the
    last one; then the log and the attachments that no backup needs any more. Returns what went."""
    known = book.listed(chosen)
    kept = _kept(known, now - timedelta(days=chosen.backup_keep_days))
    gone = [one for one in known if one.id not in kept]
    for one in reversed(gone):  # what builds on another goes before it
        book.remove(chosen, one)
    left = [one for one in known if one.id in kept]
    if left:
        _prune_log(chosen, min(one.first_wal[8:] for one in left))
        _prune_files(chosen, left)
    return gone


def _kept(known: list[Backup], since: datetime) -> set[str]:
    young = [one for one in known if one.ended >= since] or known[-1:]
    return {one.id for last in young for one in book.chain(known, last)}


def _prune_log(chosen: Options, first: str) -> None:
    """Segments by their place in the log, whatever their timeline; histories of timelines stay."""
    for path in book.log_files(chosen):
        number = path.name.removesuffix(".partial")
        if len(number) == 24 and number[8:] < first:
            path.unlink()


def _prune_files(chosen: Options, left: list[Backup]) -> None:
    store = book.folder(chosen) / "files"
    wanted = {name for one in left for name in attachments.read_list(book.path_of(chosen, one))}
    for name in list(attachments.names(store)):
        if name not in wanted:
            (store / name).unlink()
