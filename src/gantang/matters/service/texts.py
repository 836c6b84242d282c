"""Free text of an act: into the vault, its keyed hash into the step, and to the people it was written for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.engine import Procedure
from gantang.kit import keys
from gantang.kit.canonical import canonical
from gantang.kit.work import Work
from gantang.matters.errors import AnswerInvalidError, unfit
from gantang.matters.models import Matter, Message
from gantang.matters.rules.report import MOST_WORDS, storable
from gantang.matters.rules.told import spoken
from gantang.vault import service as vault

#: Why texts are kept: the handling of the matter itself.
PURPOSE = "casework"
#: What the vault calls the text of each kind of message.
KINDS = {"reply": "answer", "question": "message", "message": "message", "answer": "message"}


def tidy(procedure: Procedure, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with texts trimmed. Errors: AnswerInvalidError for texts that cannot be kept."""
    found = {name: value.strip() if isinstance(value, str) else value for name, value in answers.items()}
    wrong = []
    for name, value in found.items():
        if isinstance(value, str) and not storable(value):
            wrong.append((name, "unfit_characters"))
        elif isinstance(value, str) and len(value) > MOST_WORDS:
            wrong.append((name, "too_long"))
    if wrong:
        raise unfit(wrong, AnswerInvalidError)
    return found


def spelled(value: Any) -> str:
    """An answer as the vault keeps it: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else canonical(value).decode()


def keep(
    w: Work,
    row: Matter,
    kept: Mapping[str, str],
    *,
    by_people: bool,
    party: int | None,
    unit: int | None,
    now: datetime,
) -> dict[str, Any]:
    """Put the texts of a move away; what of it the step says: entry and hash of each field."""
    kinds = dict(spoken(kept, by_people=by_people))
    said: dict[str, Any] = {}
    for name, text in kept.items():
        to = (party or 0) if name in kinds else None
        kind = KINDS[kinds[name]] if name in kinds else "note"
        stored = vault.keep(
            w, city=row.city, matter=row.id, kind=kind, plain=text, purpose=PURPOSE, party=to, now=now
        )
        said[name] = {"entry": str(stored.id), "hash": stored.hash}
        if name in kinds:
            message(w, row, stored.id, kinds[name], party=to or 0, unit=None if by_people else unit, now=now)
    return said


def message(
    w: Work, row: Matter, entry: UUID, kind: str, *, party: int, unit: int | None, now: datetime
) -> UUID:
    """A message row that shows an entry to one person; ``unit`` None where the person wrote it."""
    made = Message(
        city=row.city,
        id=keys.mint(row.city, now),
        matter_id=row.id,
        party=party,
        kind=kind,
        entry=entry,
        sent_at=now,
        from_unit=unit,
    )
    w.add(made)
    return made.id
