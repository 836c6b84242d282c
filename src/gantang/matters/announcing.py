"""News of matters for receivers outside: references and what is open to everybody, never a text."""

from datetime import datetime
from uuid import UUID

from gantang.kit import numbers
from gantang.kit.actor import is_apart
from gantang.kit.work import Work
from gantang.matters.models import Matter
from gantang.matters.rules.follow import Fields
from gantang.outbox import registry
from gantang.outbox import service as outbox

SESSION = "matter.session"
OPENED, CHANGED, ENDED = "matter.opened", "matter.changed", "matter.ended"
#: The room above that suggests classes, and what it is told.
ADVICE, DECIDED = "advice", "suggestion.decided"


def register() -> None:
    """Say which kinds there are."""
    registry.event(OPENED, "A matter was opened.")
    registry.event(CHANGED, "A matter's state is another one.")
    registry.event(ENDED, "A matter has ended.")
    registry.event(SESSION, "A session of a matter was planned, moved or cancelled.")


def tell(w: Work, row: Matter, before: Fields, after: Fields, *, now: datetime) -> None:
    """What came of an act: ``before`` is empty for a new matter. Nobody outside hears of what lies apart."""
    if is_apart(row.scope):
        return
    if not before:
        _announce(w, row, OPENED, now)
    elif after["ended_at"] is None and _state(before) != _state(after):
        _announce(w, row, CHANGED, now)
    if after["ended_at"] is not None and before.get("ended_at") is None:
        _announce(w, row, ENDED, now)


def tell_session(w: Work, row: Matter, step: str, starts_at: datetime, *, now: datetime) -> None:
    """A session was planned, moved or cancelled: which, and when it begins; no place, nobody's name."""
    if not is_apart(row.scope):
        _announce(
            w, row, SESSION, now, session=step.removeprefix("session_"), starts_at=starts_at.isoformat()
        )


def _state(fields: Fields) -> tuple[str, str]:
    return fields["state"], fields["status"]


def _announce(w: Work, row: Matter, kind: str, now: datetime, **more: str) -> None:
    refs = {"number": numbers.show(row.number), "state": row.status, "at": now.isoformat(), **more}
    outbox.announce(
        w,
        kind=kind,
        city=row.city,
        stream=row.id,
        version=row.version,
        ground=row.scope,
        refs=refs,
        now=now,
    )


def tell_decided(w: Work, row: Matter, suggestion: UUID, *, now: datetime) -> None:
    """Tell ``advice`` which class was decided with its suggestion at hand."""
    outbox.put(
        w,
        destination=ADVICE,
        kind=DECIDED,
        city=row.city,
        stream=row.id,
        version=row.version,
        refs={"suggestion": str(suggestion), "class": row.class_code},
        now=now,
    )
