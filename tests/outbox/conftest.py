"""A real mail server in a thread, and rows to send through it."""

import logging  # noqa: TID251  the mail server of the tests speaks through it
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiosmtpd.controller import Controller

from gantang.host.placeholder import free_port
from gantang.kit import clock


class Mailbox:
    """What the server took, and how it answers."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.answer = "250 OK"
        self.hangs_up = False  # after it took a letter, in place of an answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            self.letters.append(envelope)
        if self.hangs_up:
            server.transport.close()
        return self.answer


class MailServer:
    """Starts, stops and starts again on one port."""

    def __init__(self) -> None:
        self.box = Mailbox()
        self.port = 0
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(
            self.box, hostname="127.0.0.1", port=self.port or free_port("127.0.0.1")
        )
        self._controller.start()
        self.port = self._controller.port

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


@pytest.fixture(autouse=True)
def nothing_paused() -> Iterator[None]:
    from gantang.outbox.service import taking

    taking._paused.clear()
    yield
    taking._paused.clear()


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    logging.getLogger("mail.log").setLevel("ERROR")
    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = "gantang.outbox.mail.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 3
    settings.DEFAULT_FROM_EMAIL = "desk@gantang.example"
    yield server
    server.stop()


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def put(now: datetime) -> Callable[..., UUID]:
    """Write rows as acts do."""
    from gantang.kit.actor import SYSTEM
    from gantang.kit.work import work
    from gantang.outbox import service

    def write(**given: Any) -> UUID:
        with work(SYSTEM) as w:
            return service.put(
                w,
                destination=given.get("destination", "mail"),
                kind=given.get("kind", "test.note"),
                city=3604,
                stream=given.get("stream", uuid4()),
                version=given.get("version", 1),
                refs=given.get("refs", {"party": 1}),
                now=given.get("now", now),
            )

    return write
