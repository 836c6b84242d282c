"""Free text of an act: into the vault, its keyed hash into the step, and to the people it was written for."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.engine import Procedure
from gantang.kit import keys
from gantang.kit.actor import is_apart
from gantang.kit.work import Work
from gantang.matters.errors import AnswerInvalidError, unfit
from gantang.matters.models import Matter, Message
from gantang.matters.rules.report import MOST_WORDS, storable
from gantang.matters.rules.told import spoken
from gantang.vault import service as vault

#: Why texts are kept: the handling of the matter itself.
PURPOSE = "casework"
#: What lies apart is kept for the service alone.
SERVICE = "service"
#: What the vault calls the text of each kind of message.
KINDS = {"reply": "answer", "question": "message", "message": "message", "answer": "message"}


def tidy(procedure: Procedure, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with texts trimmed, those in rows too. Errors: AnswerInvalidError for texts that
    cannot be kept."""
    found = {name: _trimmed(value) for name, value in answers.items()}
    wrong = [(name, fault) for name, value in found.items() if (fault := _unfit(value))]
    if wrong:
        raise unfit(wrong, AnswerInvalidError)
    return found


def _trimmed(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return {key: _trimmed(one) for key, one in value.items()}
    return [_trimmed(one) for one in value] if isinstance(value, list) else value


def _unfit(value: Any) -> str | None:
    """Why a text, or those inside rows, cannot be kept; rows together are no longer than one text."""
    texts = list(_texts(value))
    if not all(storable(text) for text in texts):
        return "unfit_characters"
    return "too_long" if sum(map(len, texts)) > MOST_WORDS else None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, Mapping)):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(one)


def plain(value: Any) -> str:
    """An answer as the vault keeps it: a text as it is, rows as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


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
    why = SERVICE if is_apart(row.scope) else PURPOSE
    said: dict[str, Any] = {}
    for name, text in kept.items():
        to = (party or 0) if name in kinds else None
        kind = KINDS[kinds[name]] if name in kinds else "note"
        stored = vault.keep(
            w, city=row.city, matter=row.id, kind=kind, plain=text, purpose=why, party=to, now=now
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
