"""One POST to a receiver outside: bounded in time, no redirect, to an address that was looked at."""

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from django.conf import settings
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)

from gantang.kit import clock
from gantang.outbox import rules
from gantang.outbox.addresses import AddressError, Target, allowed, parsed, target
from gantang.outbox.errors import DeliveryError

CONNECT, READ = 5.0, 15.0
#: From the first byte to the last of the answer's head, however it comes: who drips it is cut off.
WHOLE = 20.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver said: its status, and the pause it asks for."""

    status: int
    after: timedelta | None = None


def look_at(address: str) -> tuple[Target, str]:
    """The target and the network address to call. Errors: AddressError."""
    place = target(address)
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressError("webhook.no_address") from None
    told = list(dict.fromkeys(str(one[4][0]) for one in found))
    return place, str(allowed(place, parsed(told), settings.GANTANG_WEBHOOK_HOSTS))


def post(address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """The head of the answer; its body is not read. Errors: DeliveryError."""
    try:
        place, at = look_at(address)
    except AddressError as error:
        raise DeliveryError(str(error), away=True) from None
    with _pool(place, at) as pool, _bounded(pool) as over:
        try:
            answer = pool.urlopen(
                "POST",
                place.path,
                body=body,
                headers={**headers, "Host": _host(place), "Content-Type": "application/json"},
                redirect=False,
                preload_content=False,
            )
        except HTTPError as error:
            raise _what(error, is_cut=over.is_set()) from None
        answer.close()
        if over.is_set():  # half an answer is none, even where it began well
            raise DeliveryError("webhook.too_slow", away=True, unsure=True)
        return Answer(int(answer.status), pause_of(answer.headers.get("Retry-After", ""), clock.now()))


def pause_of(told: str, now: datetime) -> timedelta | None:
    """The pause that ``Retry-After`` asks for, in seconds or as a moment; None where that says nothing."""
    if told.isascii() and told.isdigit():
        return timedelta(seconds=min(int(told[:9]), rules.LONGEST))
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return None
    wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return min(wait, timedelta(seconds=rules.LONGEST)) if wait > timedelta() else None


def _what(error: HTTPError, *, is_cut: bool) -> DeliveryError:
    """What a failed try is written down as; ``unsure`` where the receiver may have taken it."""
    if is_cut:
        return DeliveryError("webhook.too_slow", away=True, unsure=True)
    if isinstance(error, (ConnectTimeoutError, NewConnectionError)):
        return DeliveryError("webhook.away", away=True)
    if isinstance(error, SSLError):
        return DeliveryError("webhook.certificate", away=True)
    if isinstance(error, (ReadTimeoutError, ProtocolError)):
        return DeliveryError("webhook.answer_lost", away=True, unsure=True)
    return DeliveryError("webhook.failed", away=True)


@contextmanager
def _bounded(pool: HTTPConnectionPool) -> Iterator[threading.Event]:
    """Cut the pool's connections off when ``WHOLE`` is over: a limit for each read never ends a drip."""
    made: list[Any] = []
    over = threading.Event()
    kind: Any = pool.ConnectionCls

    def make(**given: Any) -> Any:
        made.append(kind(**given))
        return made[-1]

    def cut() -> None:
        over.set()
        for one in made:
            with suppress(OSError, AttributeError):  # not connected yet, or closed already
                one.sock.shutdown(socket.SHUT_RDWR)

    pool.ConnectionCls = make  # type: ignore[assignment]
    timer = threading.Timer(WHOLE, cut)
    timer.daemon = True
    timer.start()
    try:
        yield over
    finally:
        timer.cancel()


def _pool(place: Target, at: str) -> HTTPConnectionPool:
    timeout = Timeout(connect=CONNECT, read=READ)
    if not place.secure:
        return HTTPConnectionPool(at, place.port, timeout=timeout, retries=False, maxsize=1)
    return HTTPSConnectionPool(
        at,
        place.port,
        timeout=timeout,
        retries=False,
        maxsize=1,
        ssl_context=ssl.create_default_context(),
        assert_hostname=place.host,
        server_hostname=place.host,
    )


def _host(place: Target) -> str:
    shown = f"[{place.host}]" if ":" in place.host else place.host
    return shown if place.port == (443 if place.secure else 80) else f"{shown}:{place.port}"
