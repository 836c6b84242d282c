"""Forgetting: content and index go, a tombstone stays, and a list outside the database remembers for
restores."""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from gantang.kit import keys
from gantang.kit.actor import SYSTEM
from gantang.kit.work import Work, work
from gantang.vault.models import BlindIndex, Entry, Forgotten, Key, PersonKey
from gantang.vault.types import Erasure

log = structlog.get_logger()

_LIST = "erasures.jsonl"


def erase(
    w: Work,
    *,
    city: int,
    matter: UUID,
    ids: Iterable[UUID] | None = None,
    because: str = "",
    now: datetime,
) -> list[UUID]:
    """Erase entries of a matter (all of them if none is named); returns those that were not erased before.

    The rows stay as tombstones. Once nothing of the matter is left, its data key is destroyed too, and a
    person's own key once nothing of the person is left: no backup copy of the ciphertext opens by them. The
    chain holds hashes only and verifies as before. ``because`` says that the whole matter goes, and why: a
    restore then forgets all of it again (``remembered``), not its entries alone.
    """
    w.name([matter])
    rows = list(Entry.objects.filter(city=city, matter_id=matter))
    wanted = {row.id for row in rows} if ids is None else set(ids)
    gone = [row for row in rows if row.id in wanted and row.erased_at is None]
    for row in gone:
        row.sealed, row.erased_at = None, now
        w.change(row, ["sealed", "erased_at"])
    for index in BlindIndex.objects.filter(
        city=city, matter_id=matter, entry_id__in=[row.id for row in gone]
    ):
        w.remove(index)
    if because or (rows and all(row.erased_at is not None for row in rows)):
        _destroy_key(w, city, matter, now)
    for party in {row.party for row in gone if row.own_key and row.party is not None}:
        if all(row.erased_at is not None for row in rows if row.own_key and row.party == party):
            _destroy_own(w, city, matter, party, now)
    if gone or because:
        _remember(w, city, matter, [row.id for row in gone], because, now)
    return [row.id for row in gone]


def _destroy_key(w: Work, city: int, matter: UUID, now: datetime) -> None:
    key = Key.objects.filter(city=city, matter_id=matter).first()
    if key is not None and key.wrapped is not None:
        key.wrapped, key.destroyed_at = None, now
        w.change(key, ["wrapped", "destroyed_at"])


def _destroy_own(w: Work, city: int, matter: UUID, party: int, now: datetime) -> None:
    key = PersonKey.objects.filter(city=city, matter_id=matter, party=party).first()
    if key is not None and key.wrapped is not None:
        key.wrapped, key.destroyed_at = None, now
        w.change(key, ["wrapped", "destroyed_at"])


def reapply_erasures(*, now: datetime) -> int:
    """After a restore: erase again what the list says was erased; returns how many entries had come back."""
    again = 0
    for one in _remembered():
        if one.entries:
            with work(SYSTEM, ids=[one.matter]) as w:
                again += len(erase(w, city=one.city, matter=one.matter, ids=one.entries, now=now))
    return again


def remembered() -> list[Erasure]:
    """The matters that were erased whole, and the files removed for good, as the list beside the keys has
    them, each once."""
    return list({(one.matter, one.file): one for one in _remembered() if one.because}.values())


def remember_file(w: Work, *, city: int, matter: UUID, file: UUID, because: str, now: datetime) -> None:
    """Write down, once the act is committed, that a file was removed for good: a restore does so again."""
    _remember(w, city, matter, [], because, now, file)


def _remember(
    w: Work,
    city: int,
    matter: UUID,
    entries: list[UUID],
    because: str,
    now: datetime,
    file: UUID | None = None,
) -> None:
    """The line goes with the act, and onto the list once the act is committed; whoever dies in between leaves
    it to ``write_down``."""
    line = {
        "city": city,
        "matter": str(matter),
        "entries": [str(each) for each in entries],
        "at": now.isoformat(),
    }
    line |= {"because": because} if because else {}
    line |= {"file": str(file)} if file else {}
    row = Forgotten(city=city, id=keys.mint(city, now), line=json.dumps(line))
    w.add(row)
    transaction.on_commit(lambda: _try(row))


def write_down() -> int:
    """Put on the list what was erased and does not stand there, because whoever erased it died or could not
    write; how many lines. A line that stands there twice is applied once. Errors: OSError."""
    rows = list(Forgotten.objects.order_by("id"))
    for row in rows:
        _onto_list(row)
    return len(rows)


def _try(row: Forgotten) -> None:
    """The act is done and stays so: what cannot be written now is written later, and the doctor tells."""
    try:
        _onto_list(row)
    except OSError as error:
        log.error("vault.list_not_written", error=type(error).__name__)


def _onto_list(row: Forgotten) -> None:
    _append(row.line)
    Forgotten.objects.filter(city=row.city, id=row.id).delete()


def _path() -> Path:
    return Path(settings.GANTANG_KEYS_DIR) / _LIST


def _append(line: str) -> None:
    """Durably. It stands beside the keys, so a restored database cannot bring it back in time."""
    with open(os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="ascii") as out:
        out.write(line + "\n")
        out.flush()
        os.fsync(out.fileno())


def _remembered() -> list[Erasure]:
    """All lines; re-applying appends lines of its own, so they are read whole first."""
    if not _path().exists():
        return []
    lines = (line for line in _path().read_text(encoding="ascii").splitlines() if line.strip())
    return [_read(json.loads(line)) for line in lines]


def _read(line: dict[str, Any]) -> Erasure:
    entries = tuple(UUID(each) for each in line["entries"])
    file = UUID(line["file"]) if "file" in line else None
    return Erasure(line["city"], UUID(line["matter"]), entries, line.get("because", ""), file)
