"""Signing in through the pages of django-allauth, as a browser does."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client

from gantang.identity import service
from gantang.kit.actor import SYSTEM
from tests.identity.test_identity import PASSWORD, steps

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(settings: Any) -> int:
    """An account, on a site that has nothing but sign-in."""
    settings.ROOT_URLCONF = "tests.identity.urls"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("gantang.")]
    settings.LOGIN_REDIRECT_URL = "/there/"
    cache.clear()  # allauth counts failed sign-ins there
    return service.make_account(actor=SYSTEM, username="alice", password=PASSWORD, now=NOW)


def sign_in(password: str = PASSWORD, username: str = "alice") -> tuple[Client, int]:
    client = Client()
    return client, client.post("/accounts/login/", {"login": username, "password": password}).status_code


def is_in(client: Client) -> bool:
    return bool(get_user(client).is_authenticated)  # type: ignore[arg-type]


def test_right_password_signs_in_and_is_a_step(alice: int) -> None:
    client, status = sign_in()
    assert status == 302 and is_in(client)
    client.post("/accounts/logout/")
    assert not is_in(client)
    assert [name for name, _ in steps("account", alice)] == [
        "account.made",
        "account.signed_in",
        "account.signed_out",
    ]


@pytest.mark.parametrize(("username", "password"), [("alice", "wrong password"), ("bob", PASSWORD), ("", "")])
def test_anything_else_does_not(alice: int, username: str, password: str) -> None:
    client, status = sign_in(password, username)
    assert status == 200 and not is_in(client)
    assert [name for name, _ in steps("account", alice)] == ["account.made"]


def test_disabled_account_is_out_at_its_next_request(alice: int) -> None:
    client, _ = sign_in()
    service.disable(actor=SYSTEM, account=alice, now=NOW)
    assert not is_in(client)
    assert not is_in(sign_in()[0])


def test_new_password_ends_the_sessions(alice: int) -> None:
    client, _ = sign_in()
    service.set_password(actor=SYSTEM, account=alice, password="another tree", now=NOW)
    assert not is_in(client)
    assert is_in(sign_in("another tree")[0])


def test_nobody_signs_up(alice: int) -> None:
    answer = Client().post(
        "/accounts/signup/", {"username": "eve", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert answer.status_code in (200, 302)
    from gantang.identity import queries

    assert queries.account_named("eve") is None


def test_guessing_is_slowed_down(alice: int) -> None:
    for _turn in range(6):
        sign_in("wrong password")
    assert not is_in(sign_in()[0])
