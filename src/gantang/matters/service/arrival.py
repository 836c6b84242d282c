"""A report from elsewhere made ready to be written: checked, placed, and decided on by the engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.engine import Doer
from gantang.kit import crypto, keys
from gantang.matters.errors import unfit
from gantang.matters.rules.report import arrived
from gantang.matters.service import record
from gantang.matters.service.book import Book
from gantang.matters.service.intake import body_of, opening_of
from gantang.matters.service.opening import Opening
from gantang.matters.types import Imported, Incoming


@dataclass(slots=True)
class Ready:
    """A row that is fit: how it opens, and the engine's first steps."""

    key: str
    body: dict[str, Any]
    opening: Opening
    at: datetime
    begun: Sequence[record.Item]
    matter: UUID
    on_behalf: bool

    @property
    def city(self) -> int:
        return self.opening.place.city

    @property
    def ref(self) -> dict[str, Any]:
        return {
            "city": self.city,
            "matter": str(self.matter),
            "on_behalf": self.on_behalf,
            "warnings": list(self.opening.place.warnings),
        }

    @property
    def taken(self) -> Imported:
        return Imported(self.city, self.matter, False, self.opening.place.warnings)


def kept_key(key: str) -> str:
    """A key of a source may hold personal data, so only its keyed hash is kept; the same for ever."""
    return crypto.mac("import key", key.encode(), suite="intl").hex()


def body_of_row(row: Incoming) -> dict[str, Any]:
    """What makes two rows the same."""
    times = [one.isoformat() if one else None for one in (row.opened_at, row.ended_at)]
    return {**body_of(row.report), "times": times}


def made_ready(book: Book, row: Incoming, key: str, body: dict[str, Any]) -> Ready:
    """Errors: ReportInvalidError, UnknownProcedureError, TieError, MoveRefusedError."""
    report, now = row.report, book.now
    wrong = list(arrived(row, channels=book.channels, classes=book.classes, now=now))
    if wrong:
        raise unfit(wrong)
    at, place = row.opened_at or now, book.place(report.ground, report.point)
    opening = opening_of(
        report,
        procedure=book.procedure(report.class_code, place.scope, at if row.ended_at else now),
        place=place,
        doer=Doer(None, None, None, frozenset({"receiver" if _by_staff(row) else "reporter"})),
        told=False,
    )
    begun = _begun(book, opening, row, at)
    return Ready(key, body, opening, at, begun, keys.mint(place.city, now), report.on_behalf)


def _by_staff(row: Incoming) -> bool:
    return row.report.on_behalf or row.ended_at is not None


def _begun(book: Book, opening: Opening, row: Incoming, at: datetime) -> list[record.Item]:
    """The engine's steps: a past matter opens and ends at its own times, an open one's clocks start now."""
    if row.ended_at is None:
        return [book.opened(opening, at)]
    return book.ended(opening, at, row.ended_at)
