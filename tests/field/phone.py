"""A grid worker's phone, as far as the server can tell: a signed-in browser that sends items and pieces."""

import json
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.test import Client

from gantang.kit import clock

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.world import World

KLASS = "facility.lighting"


def signed_in(world: "World", name: str) -> Client:
    """A browser in which one of the cast is signed in."""
    return client_of(world.account_of(name))


def client_of(account: int) -> Client:
    """A browser in which an account is signed in."""
    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(get_user_model().objects.get(pk=account), backend=backend)
    return client


@dataclass
class Phone:
    """What one of the cast holds in the hand."""

    world: "World"
    name: str = "grid_worker"
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = signed_in(self.world, self.name)

    @property
    def actor(self) -> Any:
        return getattr(self.world.cast, self.name)

    def today(self) -> dict[str, Any]:
        return self.client.get("/field/today.json").json()

    def task(self, number: str) -> dict[str, Any]:
        return next(one for one in self.today()["tasks"] if one["number"] == number)

    def item(self, **body: Any) -> dict[str, Any]:
        """An item of its queue, not sent yet."""
        files = body.pop("files", [])
        return {
            "key": secrets.token_hex(16),
            "post": self.actor.post,
            "made_at": (clock.now() - timedelta(days=1)).isoformat(),
            "offset": 86_400,
            "body": body,
            "files": files,
        }

    def report(self, **given: Any) -> dict[str, Any]:
        """A report of a broken lamp, not sent yet."""
        told = {"words": "示例：村口路灯不亮。", "class": KLASS, "ground": self.world.grid, **given}
        return self.item(kind="report", **told)

    def send(self, item: dict[str, Any]) -> "HttpResponse":
        return self.client.post("/field/items", json.dumps(item), content_type="application/json")

    def piece(self, upload: str, n: int, data: bytes) -> str:
        answer = self.client.put(f"/field/pieces/{upload}/{n}", data, content_type="application/octet-stream")
        assert answer.status_code == 200, answer.content
        return str(answer.json()["piece"])

    def upload(self, data: bytes, size: int = 700) -> dict[str, Any]:
        """A file sent in small pieces."""
        upload = secrets.token_hex(16)
        parts = [data[at : at + size] for at in range(0, len(data), size)]
        return {"upload": upload, "pieces": [self.piece(upload, n, one) for n, one in enumerate(parts)]}
