"""The requests that are measured, as bytes for the web server and as calls in this process."""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from bench.load import Request, request
from bench.site import PORT
from bench.world import Persona

_WORDS = "村口路灯不亮有一个星期了，晚上走路看不清，请来修一下，联系电话13900000000。"


def report(grid: str) -> dict[str, Any]:
    """A report of another system: classed, on a grid, with the name and the phone of who reported."""
    return {
        "words": _WORDS,
        "channel": "api",
        "class": "facility.lighting",
        "ground": grid,
        "reporter": {"name": "示例", "phone": "13900000000"},
    }


def headers(token: str, **more: str) -> dict[str, str]:
    """What a program sends with each request."""
    return {"Authorization": f"Bearer {token}", "Accept-Language": "zh-hans", **more}


def writing(token: str) -> dict[str, str]:
    """The same with an idempotency key nobody used."""
    return headers(token, **{"Idempotency-Key": secrets.token_hex(12)})


def creates(token: str, grids: list[str]) -> Callable[[int], Iterator[Request]]:
    """Endless creates of each client, over the grids in turn."""

    def of(client: int) -> Iterator[Request]:
        bodies = [json.dumps(report(grid), ensure_ascii=False).encode() for grid in grids]
        place = client
        while True:
            place += 1
            body = bodies[place % len(bodies)]
            yield request("POST", "/api/v1/matters", port=PORT, headers=writing(token), body=body)

    return of


def moves(
    token: str, numbers: list[str], clients: int, *, body: dict[str, Any] | None = None
) -> Callable[[int], Iterator[Request]]:
    """One move (acceptance, unless another is given) on each of these matters, dealt out to the clients."""
    body_bytes = json.dumps(body or move(), ensure_ascii=False).encode()

    def of(client: int) -> Iterator[Request]:
        for number in numbers[client::clients]:
            given = {**writing(token), "If-Match": "*"}
            yield request(
                "POST", f"/api/v1/matters/{number}/moves", port=PORT, headers=given, body=body_bytes
            )

    return of


def move() -> dict[str, Any]:
    """Acceptance: the matter goes to the unit that answers for it."""
    return {"move": "accept", "answers": {"class": "facility.lighting", "track": "ordinary"}}


def handler(grid: str) -> str:
    """The token of a program that acts for the post that handles there."""
    from bench.seed import handling_post
    from gantang.identity import service as identity
    from gantang.kit import clock
    from gantang.kit.actor import SYSTEM

    return identity.make_client(actor=SYSTEM, name="bench handler", post=handling_post(grid), now=clock.now())


def again(given: Request, times: int) -> Callable[[int], Iterable[Request]]:
    """The same request over and over."""
    return lambda client: (given for _ in range(times))


def page(path: str, persona: Persona) -> Request:
    """A page of the desk by a signed-in session."""
    cookie = {"Cookie": f"sessionid={persona.session}", "Accept-Language": "zh-hans"}
    return request("GET", path, port=PORT, headers=cookie)


def inside(method: str, path: str, *, given: dict[str, str], body: Any = None) -> bytes:
    """The same request in this process, through every layer of the site. Errors: SystemExit unless it is
    answered well."""
    client = _client()
    data = json.dumps(body, ensure_ascii=False) if body is not None else ""
    kind = {"content_type": "application/json"} if body is not None else {}
    cookie = given.pop("Cookie", "")
    client.cookies.clear()
    if cookie:
        client.cookies["sessionid"] = cookie.partition("=")[2]
    answer = client.generic(method, path, data, headers={**given, "Host": f"127.0.0.1:{PORT}"}, **kind)
    if answer.status_code >= 300:
        raise SystemExit(f"{method} {path}: {answer.status_code} {answer.content[:600]!r}")
    return bytes(answer.content)


@cache
def _client() -> Any:
    """One for all requests, so that the site is loaded once, as in a web process."""
    from django.test import Client

    return Client(raise_request_exception=True)


def grids() -> list[str]:
    """Grids of one township, where creates and moves are measured."""
    from bench.world import TOWNSHIP
    from gantang.territory import queries as territory

    return [one.code for one in territory.grids(TOWNSHIP)]
