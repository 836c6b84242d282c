"""What a job fails at must not stop the rest: it is tried again ever more slowly, a few times, then left
alone until somebody looks.

What kills its process cannot tell. So whatever is in hand stands in a small file of the process's own; a
process that starts looks at the files of those that are gone, and counts what they held as failed.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models import Q

from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError, GantangError
from gantang.kit.models import Trouble

T = TypeVar("T")
K = TypeVar("K")
MOST = 3
_FIRST = timedelta(minutes=1)
DIED = "died"
_FOLDER = "hand"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Troubled:
    """Something that failed; ``next_at`` is None once it is left alone for good."""

    id: int
    job: str
    item: str
    tries: int
    last_at: datetime
    next_at: datetime | None
    error: str


def held(job: str, now: datetime) -> list[str]:
    """What is not to be tried now."""
    waiting = Trouble.objects.filter(Q(next_at=None) | Q(next_at__gt=now), job=job)
    return list(waiting.values_list("item", flat=True))


def attempt(job: str, item: str, now: datetime, work: Callable[[], T], *, known: bool) -> T | None:
    """Do the work on an item, which is in hand meanwhile. What it raises is noted and counted; a database
    that is away is nobody's fault and goes on up. ``known`` says that the item failed before."""
    place = _take(job, item)
    try:
        done = work()
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001  one item's fault must not stop the others
        note(job, item, now, error.code if isinstance(error, GantangError) else type(error).__name__)
        return None
    finally:
        place.unlink(missing_ok=True)
    if known:
        Trouble.objects.filter(job=job, item=item).delete()
    return done


def attempt_each(
    job: str,
    keys: Iterable[K],
    clock: Callable[[], datetime],
    work: Callable[[K], object],
    *,
    name: Callable[[K], str] = str,
) -> int:
    """``attempt`` those that do not rest, in their order; how many went well and came to something. ``name``
    gives the item that stands for a key."""
    resting, before, made = held(job, clock()), known(job), 0
    for key in keys:
        item = name(key)
        if item not in resting:
            made += bool(attempt(job, item, clock(), partial(work, key), known=item in before))
    return made


def known(job: str) -> set[str]:
    """What failed before and is not given up."""
    return set(Trouble.objects.filter(job=job).values_list("item", flat=True))


def note(job: str, item: str, now: datetime, error: str) -> None:
    """Count a failure: a minute's rest, then four, then none: it is left alone."""
    row, _new = Trouble.objects.get_or_create(
        job=job, item=item, defaults={"tries": 0, "last_at": now, "error": error}
    )
    row.tries, row.last_at, row.error = row.tries + 1, now, error[:60]
    row.next_at = None if row.tries >= MOST else now + _FIRST * 4 ** (row.tries - 1)
    row.save()
    _log.error(
        "job.item_failed", job=job, item=item, error=error, tries=row.tries, given_up=row.next_at is None
    )


def recover(now: datetime) -> int:
    """What processes that are gone had in hand, counted as failed; how many there were. Called at a
    process's start: whatever bears its own number was another's."""
    found = 0
    for path in _files():
        pid = path.name.partition(".")[0]
        if not pid.isdecimal() or int(pid) == os.getpid() or not _lives(int(pid)):
            job, _, item = path.read_text(encoding="ascii").partition("\n")
            path.unlink(missing_ok=True)
            if item:
                note(job, item, now, DIED)
                found += 1
    return found


def stuck(seconds: float) -> list[tuple[str, str]]:
    """What this process has had in hand for so long: (job, item)."""
    mine = (path for path in _files() if path.name.partition(".")[0] == str(os.getpid()))
    return [found for path in mine if (found := _older(path, seconds)) is not None]


def troubles() -> list[Troubled]:
    """Everything that failed and has not gone well since, the given up first."""
    rows = Trouble.objects.order_by("job", "id")
    told = [Troubled(r.pk, r.job, r.item, r.tries, r.last_at, r.next_at, r.error) for r in rows]
    return sorted(told, key=lambda one: one.next_at is not None)


def release(*, actor: Actor, ids: list[int], now: datetime) -> int:
    """Give what was left alone a fresh set of tries; how many there were. Errors: ForbiddenError."""
    if not actor.admin:
        raise ForbiddenError
    return Trouble.objects.filter(pk__in=ids).update(tries=0, next_at=now)


def _take(job: str, item: str) -> Path:
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{os.getpid()}.{job}"
    path.write_text(f"{job}\n{item}", encoding="ascii")
    return path


def _folder() -> Path:
    return Path(settings.GANTANG_WORK_DIR) / _FOLDER


def _files() -> Iterator[Path]:
    folder = _folder()
    yield from sorted(folder.iterdir()) if folder.is_dir() else ()


def _older(path: Path, seconds: float) -> tuple[str, str] | None:
    try:
        if time.time() - path.stat().st_mtime < seconds:
            return None
        job, _, item = path.read_text(encoding="ascii").partition("\n")
    except FileNotFoundError:
        return None
    return job, item


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
