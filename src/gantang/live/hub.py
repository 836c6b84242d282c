"""One LISTEN for the whole process; whoever waits for a matter has a bell that rings."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from uuid import UUID

import psycopg
import structlog
from django.db import connections

from gantang.matters.types import CHANGED

log = structlog.get_logger(__name__)
PAUSE = 2.0


class Hub:
    """The bells by matter."""

    def __init__(self) -> None:
        self._bells: dict[UUID, set[asyncio.Event]] = defaultdict(set)
        self._listener: asyncio.Task[None] | None = None

    @contextmanager
    def bell(self, matter: UUID) -> Iterator[asyncio.Event]:
        """A bell that rings at each committed act of the matter, and where one may have been missed."""
        if self._listener is None or self._listener.done():
            self._listener = asyncio.get_running_loop().create_task(self._listen())
        mine = asyncio.Event()
        self._bells[matter].add(mine)
        try:
            yield mine
        finally:
            self._bells[matter].discard(mine)
            if not self._bells[matter]:
                del self._bells[matter]

    async def _listen(self) -> None:
        while True:
            try:
                async with _line() as line:
                    self._ring_all()
                    async for news in line.notifies():
                        self._ring(news.payload)
            except (psycopg.Error, OSError):
                log.warning("live.database_away")
            await asyncio.sleep(PAUSE)

    def _ring(self, payload: str) -> None:
        for bell in self._bells.get(UUID(payload), ()):
            bell.set()

    def _ring_all(self) -> None:
        for bells in self._bells.values():
            for bell in bells:
                bell.set()


@asynccontextmanager
async def _line() -> AsyncIterator[psycopg.AsyncConnection]:
    """An own direct connection: LISTEN does not go through a pool."""
    given = connections["default"].get_connection_params()
    for ours in ("pool", "cursor_factory", "context", "server_side_binding"):
        given.pop(ours, None)
    async with await psycopg.AsyncConnection.connect(**{**given, "autocommit": True}) as line:
        await line.execute(f"LISTEN {CHANGED}")
        yield line


hub = Hub()
