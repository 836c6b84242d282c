"""What every change of the catalogue has in common: who may, one at a time, a step on the ledger."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from gantang.catalogue import book, errors
from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger


@contextmanager
def change(actor: Actor) -> Iterator[Work]:
    """A transaction for an administering actor; the version's row makes changes come one at a time."""
    if not actor.admin:
        raise errors.NotAdminError
    with work(actor) as w:
        book.turn()
        yield w


def ended(rows: Any, on: date) -> Any:
    """End the open row on a day and give it, None if none is open. Errors: TermError if it begins later."""
    row = rows.filter(valid_to=None).first()
    if row is None:
        return None
    if row.valid_from is not None and on < row.valid_from:
        raise errors.wrong_dates(row.code)
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    return row


def record(w: Work, kind: str, key: str, step: str, data: Mapping[str, Any], now: datetime) -> None:
    """One step in the stream of the term, period or calendar that changed."""
    stream = ledger.stream_of(f"catalogue.{kind}", key)
    ledger.append(
        w,
        actor=w.actor,
        city=keys.home(),
        stream=stream,
        kind="catalogue",
        items=[(f"catalogue.{step}", {"what": kind, **data})],
        happened_at=now,
        now=now,
        key=f"{kind} {key}",
    )
