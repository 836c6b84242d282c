"""Everybody who asks: a browser, signed in, and the token of a program that acts for the same post."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from gantang.identity.service import make_account, make_client
from gantang.kit import clock
from gantang.kit.actor import SYSTEM, Actor
from gantang.posts import queries as book
from gantang.posts import service as posts
from tests.doors.cube.sight import LEFT, MORE, MOVED, NOBODY, PERSONAS
from tests.doors.table import Row
from tests.doors.test_permissions import Place, send
from tests.world import CAST

if TYPE_CHECKING:
    from tests.world import World

WIDE = ("receiver", "supervisor", "leader")


@dataclass(frozen=True)
class Asker:
    """One of the personas. ``post`` is the post a program acts for, None for nobody."""

    name: str
    account: int | None
    post: int | None
    token: str
    browser: Client
    program: Client

    def ask(self, row: Row, at: Place, key: str) -> HttpResponse:
        """The answer; what it changed is taken back, so that the next one finds the same."""
        with transaction.atomic():
            answer = send(row, at, self.program if row.is_api else self.browser, token=self.token, key=key)
            transaction.set_rollback(True)
        return answer

    def actor(self, world: "World") -> Actor:
        """Who a request of theirs acts as; whoever holds no post, or is nobody, sees nothing."""
        if self.account is None:
            return Actor(client="nobody")
        post = None if self.name == LEFT else self.post
        return book.actor_of(account=self.account, post=post, on=world.on)


def askers(world: "World") -> Iterator[Asker]:
    """Everybody, in the order of ``PERSONAS``."""
    made = {LEFT: left(world), MOVED: moved(world), NOBODY: (None, None)}
    made |= {name: (world.account(*where), world.post(*where)) for name, where in {**CAST, **MORE}.items()}
    for name in PERSONAS:
        account, post = made[name]
        browser = Client()
        if account is not None:
            user = get_user_model().objects.get(pk=account)
            browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        token = "" if post is None else program(name, post)
        yield Asker(name, account, post, token, browser, Client())


def program(name: str, post: int) -> str:
    """The token of a program for a post; it was made while the post was there."""
    return make_client(actor=SYSTEM, name=f"test {name}", post=post, now=clock.now())


def left(world: "World") -> tuple[int, int]:
    """(account, post) of somebody who until yesterday held a post of the township with wide duties."""
    account, post, given = appointed(world, LEFT, world.township)
    by = {"actor": world.cast.admin, "now": clock.now()}
    posts.end_appointment(appointment=given, valid_to=world.on, **by)
    posts.end_post(post=post, valid_to=world.on, **by)
    return account, post


def moved(world: "World") -> tuple[int, int]:
    """(account, post) of somebody who went today from a post of one township to one of another."""
    account, before, given = appointed(world, MOVED, world.township)
    by, unit = {"actor": world.cast.admin, "now": clock.now()}, world.unit(world.other_township)
    post = posts.make_post(
        unit=unit, title="示例：新来的岗", duties=["receiver"], valid_from=world.on - timedelta(days=30), **by
    )
    posts.transfer(appointment=given, post=post, valid_from=world.on, **by)
    posts.end_post(post=before, valid_to=world.on, **by)  # vacant, its duties would be the leader's
    return account, post


def appointed(world: "World", name: str, unit: str) -> tuple[int, int, int]:
    """(account, post, appointment) of somebody new in a unit, with wide duties since a month ago."""
    now, since = clock.now(), world.on - timedelta(days=30)
    account = make_account(actor=SYSTEM, username=f"cube-{name}", password=None, now=now)
    by = {"actor": world.cast.admin, "now": now}
    post = posts.make_post(
        unit=world.unit(unit), title=f"示例：{name}", duties=list(WIDE), valid_from=since, **by
    )
    return account, post, posts.appoint(post=post, account=account, valid_from=since, **by)


def grounded(row: Row, ground: str) -> Row:
    """The request that mends the place, with a ground of the matter's own city: to another one it is moved away."""
    return replace(row, body={"ground": ground}) if "ground" in (row.body or {}) else row
