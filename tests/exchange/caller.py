"""A program that calls the API: a bearer token, an idempotency key for each write, JSON in and out."""

import json
import secrets
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.test import Client

if TYPE_CHECKING:
    from tests.world import World

ROOT = "/api/v1"
KEYLESS = "-"


class Caller:
    """``Caller.acting(world, "receiver")`` holds a token; ``Caller(code=…)`` an access code; ``Caller()`` nothing."""

    def __init__(self, *, token: str = "", code: str = "", lang: str = "zh-hans") -> None:
        self.client = Client(raise_request_exception=True)
        self.headers: dict[str, str] = {"Accept-Language": lang}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"
        if code:
            self.headers["X-Access-Code"] = code

    @classmethod
    def acting(cls, world: "World", name: str, **given: Any) -> "Caller":
        from tests.exchange.seed import token_of

        return cls(token=token_of(world, name), **given)

    def get(self, path: str, params: dict[str, Any] | None = None, **headers: str) -> HttpResponse:
        return self.client.get(ROOT + path, params or {}, headers={**self.headers, **_named(headers)})

    def send(
        self, method: str, path: str, body: Any = None, *, key: str = "", **headers: str
    ) -> HttpResponse:
        given = {**self.headers, "Idempotency-Key": key or secrets.token_hex(8), **_named(headers)}
        if key == KEYLESS:
            del given["Idempotency-Key"]
        data = json.dumps(body) if body is not None else ""
        kind = {"content_type": "application/json"} if body is not None else {}
        return self.client.generic(method, ROOT + path, data, headers=given, **kind)

    def post(self, path: str, body: Any = None, **given: Any) -> HttpResponse:
        return self.send("POST", path, body, **given)

    def put(self, path: str, body: Any = None, **given: Any) -> HttpResponse:
        return self.send("PUT", path, body, **given)

    def delete(self, path: str, **given: Any) -> HttpResponse:
        return self.send("DELETE", path, **given)

    def upload(
        self, path: str, data: bytes, *, name: str = "a.png", key: str = "", **form: str
    ) -> HttpResponse:
        from django.core.files.uploadedfile import SimpleUploadedFile

        given = {**self.headers, "Idempotency-Key": key or secrets.token_hex(8)}
        return self.client.post(ROOT + path, {"file": SimpleUploadedFile(name, data), **form}, headers=given)


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
