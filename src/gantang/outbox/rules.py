"""When to try again, when to give up, and the name a message keeps over all its tries. Pure."""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

CAP = 12
LEASE = timedelta(minutes=5)
#: So long nothing else is tried where nobody was there.
PAUSE = timedelta(seconds=30)
_FIRST = 30.0
LONGEST = 6 * 3600.0


def wait(attempts: int, *, jitter: float) -> timedelta:
    """The pause after the given number of failed tries: 30 s doubled each time, at most 6 h, spread by ±20 %.

    ``jitter`` is a number in [0, 1) that the caller draws.
    """
    plain = min(_FIRST * 2 ** max(0, attempts - 1), LONGEST)
    return timedelta(seconds=plain * (0.8 + 0.4 * jitter))


def is_spent(attempts: int) -> bool:
    """Whether a row has used all its tries."""
    return attempts >= CAP


def message_id(*, stream: UUID, kind: str, version: int, refs: Mapping[str, Any], domain: str) -> str:
    """A Message-ID that stays the same over all tries, so that a doubled delivery is one message to its
    reader.

    One act may write to several people: what tells them apart stands in ``refs``.
    """
    told = json.dumps([str(stream), kind, version, refs], sort_keys=True, separators=(",", ":"), default=str)
    return f"<{hashlib.sha256(told.encode()).hexdigest()[:32]}@{domain}>"


_CODE_TYPES = (str, int, bool, type(None), UUID)


def references_only(refs: Mapping[str, Any]) -> bool:
    """Whether ``refs`` could be codes and ids: flat, short, without Chinese text or line breaks."""
    return all(
        _is_code(value)
        for entry in refs.values()
        for value in (entry if isinstance(entry, list | tuple) else [entry])
    )


def _is_code(value: object) -> bool:
    if not isinstance(value, _CODE_TYPES):
        return False
    return not isinstance(value, str) or (len(value) <= 120 and value.isascii() and value.isprintable())
