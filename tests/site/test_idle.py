"""A session that nobody uses ends, and every one ends in the end; whoever works in the field is spared the first."""

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import get_user, get_user_model
from django.test import Client

from gantang.identity.models import Device
from gantang.site.idle import SEEN, SINCE
from tests.identity.test_identity import steps
from tests.world import CAST

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
MINUTE, HOUR = 60, 3600


def signed_in(world: "World", name: str) -> Client:
    client = Client()
    account = get_user_model().objects.get(pk=world.account(*CAST[name]))
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/desk/").status_code == 200  # from here on it acts for a post
    return client


def earlier(client: Client, name: str, seconds: int) -> None:
    """As if that moment of the session lay so much further back."""
    session = client.session
    session[name] -= seconds
    session.save()


def is_in(client: Client) -> bool:
    answer = client.get("/desk/me/")
    return answer.status_code == 200 and bool(get_user(client).is_authenticated)  # type: ignore[arg-type]


def test_a_session_in_use_goes_on_and_an_idle_one_ends_on_record(world: "World"):
    client = signed_in(world, "handler")
    for _turn in range(3):
        earlier(client, SEEN, 110 * MINUTE)
        assert is_in(client)
    earlier(client, SEEN, 121 * MINUTE)
    answer = client.get("/desk/me/")
    assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
    assert not is_in(client)
    assert [name for name, _ in steps("account", world.account_of("handler"))][-1] == "account.signed_out"
    assert not Device.objects.filter(account=world.account_of("handler")).exclude(session="").exists()


def test_the_time_is_the_administrators(world: "World", settings: pytest.FixtureRequest):
    settings.GANTANG_SESSION_IDLE_SECONDS = 5 * MINUTE  # type: ignore[attr-defined]
    client = signed_in(world, "handler")
    earlier(client, SEEN, 6 * MINUTE)
    assert not is_in(client)


def test_however_busy_a_session_ends_after_twelve_hours(world: "World"):
    client = signed_in(world, "handler")
    earlier(client, SINCE, 12 * HOUR + 1)
    assert not is_in(client)


def test_whoever_works_in_the_field_is_not_signed_out_between_two_visits(world: "World"):
    client = signed_in(world, "grid_worker")
    earlier(client, SEEN, 5 * HOUR)
    assert is_in(client)
    earlier(client, SINCE, 12 * HOUR + 1)
    assert not is_in(client)


def test_a_program_that_comes_with_an_idle_session_is_nobody(world: "World"):
    client = signed_in(world, "handler")
    earlier(client, SEEN, 121 * MINUTE)
    assert client.get("/api/v1/matters").status_code == 401


def test_at_sign_out_the_browser_is_told_to_forget(world: "World"):
    client = signed_in(world, "handler")
    answer = client.post("/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get("/")
