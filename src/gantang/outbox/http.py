"""One POST to a receiver outside: bounded in time, no redirect, to an address that was looked at."""

import socket
import ssl
from collections.abc import Mapping

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

from gantang.outbox.addresses import AddressError, Target, allowed, parsed, target
from gantang.outbox.errors import DeliveryError

CONNECT, READ = 5.0, 15.0


def look_at(address: str) -> tuple[Target, str]:
    """The target and the network address to call. Errors: AddressError."""
    place = target(address)
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressError("webhook.no_address") from None
    told = list(dict.fromkeys(str(one[4][0]) for one in found))
    return place, str(allowed(place, parsed(told), settings.GANTANG_WEBHOOK_HOSTS))


def post(address: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer; its body is not read. Errors: DeliveryError."""
    try:
        place, at = look_at(address)
    except AddressError as error:
        raise DeliveryError(str(error), away=True) from None
    with _pool(place, at) as pool:
        try:
            answer = pool.urlopen(
                "POST",
                place.path,
                body=body,
                headers={**headers, "Host": _host(place), "Content-Type": "application/json"},
                redirect=False,
                preload_content=False,
            )
        except (ConnectTimeoutError, NewConnectionError):
            raise DeliveryError("webhook.away", away=True) from None
        except SSLError:
            raise DeliveryError("webhook.certificate", away=True) from None
        except (ReadTimeoutError, ProtocolError):
            raise DeliveryError("webhook.answer_lost", away=True, unsure=True) from None
        except HTTPError:
            raise DeliveryError("webhook.failed", away=True) from None
        answer.close()
        return int(answer.status)


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
