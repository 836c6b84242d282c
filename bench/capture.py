"""What one request makes the server do: its statements, counted and kept."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import server
from bench.statements import Logged, logging, read


@dataclass(frozen=True)
class Captured:
    """The statements of one request, and when it began (epoch seconds)."""

    statements: list[Logged]
    begun: float
    answer: bytes

    @property
    def reads(self) -> int:
        """How many of them read."""
        return sum(one.text.lstrip().upper().startswith("SELECT") for one in self.statements)


def captured(ask: Callable[[], bytes], *, twice: bool = True) -> Captured:
    """Run a request in this process, on a connection of its own, with every statement logged.

    ``twice`` asks once before, so that what the process keeps is warm, as it is in a web process.
    """
    from django.conf import settings
    from django.db import connection

    role = settings.DATABASES["default"]["USER"]
    log = server.log()
    with logging(role, server.superuser):
        _afresh(connection)
        if twice:
            ask()
        time.sleep(0.3)
        begin = len(log.read_text(encoding="utf-8", errors="replace"))
        begun = time.time() - 0.002
        answer = ask()
        own = _pid(connection)
        time.sleep(0.5)
        found = read(log, begin, role)
    _afresh(connection)
    return Captured(
        [one for one in found if one.pid == own and "pg_backend_pid" not in one.text], begun, answer
    )


def _pid(connection) -> int:  # type: ignore[no-untyped-def]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _afresh(connection) -> None:  # type: ignore[no-untyped-def]
    """Sessions that begin now: a role's settings hold for new ones only."""
    connection.close()
    connection.close_pool()


def write(path: Path, found: Captured) -> None:
    """Keep the statements beside the results, for whoever wants to read them."""
    path.write_text("\n".join(f"{place}. {one.text}" for place, one in enumerate(found.statements, 1)) + "\n")
