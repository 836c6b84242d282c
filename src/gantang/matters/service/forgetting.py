"""Forgetting: when its term has passed, a matter's people, words, files and documents go. The row, its story
and its counts stay: a tombstone says when, the chain verifies, a rebuild gives the same.

A run may stop anywhere, be run twice and on two machines: each matter is erased in a transaction of its own,
which marks it. Protected tips are forgotten by their own clock (``sealed.waking``).
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from gantang.files import service as files
from gantang.kit import crypto, trouble
from gantang.kit.actor import Actor
from gantang.kit.work import Work, work
from gantang.matters.models import Attachment, Document, DocumentCode, Matter
from gantang.matters.queries import retention
from gantang.matters.service import record
from gantang.matters.service.wake import CLOCK
from gantang.vault import service as vault

JOB = "retention"
#: Why a matter was erased, as its step says.
TERM = "term"
#: What stands in the place of a gist: the mask that made it may have missed a name.
GONE = "（内容已删除）"


def forget_due(
    *, now: datetime, limit: int | None = None, progress: Callable[[int], None] | None = None
) -> int:
    """Erase what is past its term, of at most ``limit`` matters; how many were erased.

    One that fails rests a while and stands in nobody's way. ``progress`` hears of each with how many were
    looked at so far.
    """
    resting, known = set(trouble.held(JOB, now)), trouble.known(JOB)
    done = looked = 0
    for city, matter in retention.due(now):
        item = str(matter)
        if item in resting:
            continue
        forget = partial(_forgotten, city, matter, now)
        done += trouble.attempt(JOB, item, now, forget, known=item in known) or False
        looked += 1
        if progress is not None:
            progress(looked)
        if looked == limit:
            break
    return done


def _forgotten(city: int, matter: UUID, now: datetime) -> bool:
    """One matter, taken anew under its lock: it may have been opened again, put under a legal hold, or erased
    by another."""
    with work(CLOCK, ids=[matter]) as w:
        rows = Matter.objects.select_for_update(skip_locked=True)
        row = rows.filter(city=city, id=matter, erased_at=None, legal_hold_until=None).first()
        if row is None or not retention.is_past(row, now):
            return False
        forget(w, row, actor=CLOCK, because=TERM, now=now)
    return True


def forget(w: Work, row: Matter, *, actor: Actor, because: str, now: datetime) -> None:
    """Erase a locked matter's people, words, files and documents; its step says which, by their ids."""
    entries = vault.erase(w, city=row.city, matter=row.id, because=because, now=now)
    files_ = list(Attachment.objects.filter(city=row.city, matter_id=row.id).order_by("id"))
    papers = list(Document.objects.filter(city=row.city, matter_id=row.id).order_by("id"))
    codes = DocumentCode.objects.filter(matter_city=row.city, matter_id=row.id)
    for one in (*files_, *papers, *codes):
        w.remove(one)
    names = [*(one.stored for one in files_), *(one.stored for one in papers)]
    transaction.on_commit(lambda: files.remove(names))  # a crash before leaves bytes that no key opens
    said = {
        "at": now.isoformat(),
        "because": because,
        "entries": [str(one) for one in entries],
        "files": [str(one.id) for one in files_],
        "documents": [str(one.id) for one in papers],
        "point": None,
        "gist": crypto.mac("gist", GONE.encode()).hex(),
    }
    record.record(w, row, [("erased", said)], actor=actor, now=now, gist=GONE)
