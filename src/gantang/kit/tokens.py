"""Whether what a process keeps still holds: every room's token, read together by one small query.

A room keeps reference data in memory under a token that changes with the data. It says here how its tokens
are read; whoever asks for one gets them all in one trip, once in a ``window``. Whoever changes one calls
``window.forget``.
"""

from collections.abc import Mapping

from django.db import connection

from gantang.kit import window

_selects: dict[str, str] = {}


def register(room: str, select: str) -> None:
    """``select`` gives rows of (name, token), the names beginning with the room's; done in ``ready``."""
    _selects[room] = select


def token(name: str) -> int:
    """The token of a name, 0 while there is none."""
    return window.once("tokens", _read).get(name) or 0


def _read() -> Mapping[str, int | None]:
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(_selects.values()))
        return dict(cursor.fetchall())
