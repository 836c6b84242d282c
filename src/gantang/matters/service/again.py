"""After a restore: what had been erased came back, and goes again by the list beside the keys."""

from datetime import datetime

from gantang.kit.work import Work, work
from gantang.ledger import queries as ledger
from gantang.matters.models import Attachment, Matter
from gantang.matters.service import forgetting, removing
from gantang.matters.service.wake import CLOCK
from gantang.vault import service as vault
from gantang.vault.types import Erasure


def forget_again(*, now: datetime) -> int:
    """Erase again entries, whole matters and files that were erased before; how many had come back. Twice is
    once, and what was written after an erasure stays."""
    again = vault.reapply_erasures(now=now)
    for one in vault.remembered():
        with work(CLOCK, ids=[one.matter]) as w:
            row = Matter.objects.select_for_update().filter(city=one.city, id=one.matter).first()
            if row is not None and not _is_told(row, one):
                again += _gone_again(w, row, one, now)
    return again


def _gone_again(w: Work, row: Matter, one: Erasure, now: datetime) -> bool:
    if one.file is None:
        forgetting.forget(w, row, actor=CLOCK, because=one.because, now=now)
        return True
    there = Attachment.objects.filter(city=row.city, matter_id=row.id, id=one.file).exists()
    if there:
        removing.remove_file(w, row, one.file, actor=CLOCK, now=now)
    return there


def _is_told(row: Matter, one: Erasure) -> bool:
    """Whether the matter's own story knows of it: then the backup is younger than the erasure."""
    wanted = "erased" if one.file is None else "file_removed"
    return any(
        step.name == wanted and (one.file is None or str(one.file) in step.data["files"])
        for step in ledger.steps(row.city, row.id)
    )
