"""What accounts and programs did, by the matter they looked at, or by the posts they acted for.

It looks past the wall: whoever asks decides first what may be shown of the answer.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from gantang.kit import keys
from gantang.ledger.types import StepView

FIRST, LAST = UUID(int=0), UUID(int=(1 << 128) - 1)
_COLUMNS = "id, seq, name, data, client, account, post, happened_at"
_AT = f"""
SELECT {_COLUMNS} FROM ledger_looks_at(%s, %s::text, %s::text[], %s::uuid, %s::uuid, %s)
"""  # noqa: S608 (our own words)
_BY = f"""
SELECT {_COLUMNS} FROM ledger_looks_by(%s, %s::bigint[], %s::text[], %s::uuid, %s::uuid, %s)
"""  # noqa: S608 (our own words)


def looks_at(matter: UUID, *, names: Sequence[str], before: UUID | None = None, most: int) -> list[StepView]:
    """The steps of these ``names`` that name a matter, the newest first."""
    since = UUID(int=matter.int >> 80 << 80)  # nobody looked at it before it was there
    return _asked(_AT, [keys.home(), str(matter), list(names), since, before or LAST, most])


def looks_by(
    posts: Sequence[int],
    *,
    names: Sequence[str],
    since: datetime,
    until: datetime,
    before: UUID | None = None,
    most: int,
) -> list[StepView]:
    """The steps of these ``names`` that these posts made from ``since`` until before ``until``, the newest
    first."""
    low, high = _first(since), _first(until)
    return _asked(_BY, [keys.home(), list(posts), list(names), low, min(high, before or high), most])


def _asked(query: str, given: list[Any]) -> list[StepView]:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return [_view(*row) for row in cursor.fetchall()]


def _view(
    id_: Any, seq: int, name: str, data: Any, client: str, account: int | None, post: int | None, at: datetime
) -> StepView:
    key = UUID(str(id_))
    said = json.loads(data) if isinstance(data, str) else data
    return StepView(key, seq, name, said, client, account, post, at, keys.moment_of(key))


def _first(at: datetime) -> UUID:
    """The smallest key that can be minted at a moment."""
    return UUID(int=int(at.timestamp() * 1000) << 80)


_REMOVED = f"""
SELECT {_COLUMNS}, stream FROM ledger_removed(%s::int[], %s::uuid, %s)
"""  # noqa: S608 (our own words)


def removed(cities: Sequence[int], *, since: datetime, most: int) -> list[tuple[UUID, StepView]]:
    """What was asked to be removed from matters of these cities, and what was, the newest first; past the
    wall, each with its stream."""
    with connection.cursor() as cursor:
        cursor.execute(_REMOVED, [list(cities), _first(since), most])
        return [(UUID(str(stream)), _view(*row)) for *row, stream in cursor.fetchall()]
