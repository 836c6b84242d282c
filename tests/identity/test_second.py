"""The second factor: with it on, a password alone opens nothing; a recovery code opens once."""

import re
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client

from gantang.identity import service
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from tests.identity.test_devices import PASSWORD, is_in, sign_in
from tests.identity.test_identity import steps

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(world: "World") -> int:
    cache.clear()
    number = world.account_of("handler")
    service.set_password(actor=SYSTEM, account=number, password=PASSWORD, now=clock.now())
    return number


def code_of(secret: str) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def switched_on(world: "World") -> tuple[Client, str, list[str]]:
    """Signed in, with an authenticator set up; its secret and the recovery codes."""
    client = sign_in(world)
    asked = client.get("/accounts/2fa/totp/activate/")
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/"), "the password, once more"
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert found, "the secret stands on the page for whoever cannot scan"
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(found[1])})
    listed = client.get("/accounts/2fa/recovery-codes/").content.decode()
    return client, found[1], re.findall(r"<li><code>(\w+)</code></li>", listed)


def test_with_it_on_a_password_alone_opens_nothing_and_the_code_does(world: "World", alice: int):
    _client, secret, _codes = switched_on(world)
    cache.clear()  # a code is taken once; the next one would come after half a minute
    other = sign_in(world)
    assert not is_in(other)
    assert "第二重验证" in other.get("/accounts/2fa/authenticate/").content.decode()
    other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not is_in(other)
    other.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert is_in(other) and get_user(other).pk == alice  # type: ignore[arg-type]


def test_setting_it_up_is_a_step(world: "World", alice: int, django_capture_on_commit_callbacks: Any):
    with django_capture_on_commit_callbacks(execute=True):  # the library tells of it once it is committed
        switched_on(world)
    told = [data for name, data in steps("account", alice) if name == "account.factor_added"]
    assert told == [{"kind": "totp"}, {"kind": "recovery_codes"}]


def test_a_recovery_code_opens_once(world: "World", alice: int):
    _client, _secret, codes = switched_on(world)
    assert len(codes) == 10
    for expected in (True, False):
        other = sign_in(world)
        other.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert is_in(other) is expected


def test_a_code_of_the_app_opens_once(world: "World", alice: int):
    _client, secret, _codes = switched_on(world)
    cache.clear()
    code = code_of(secret)
    for expected in (True, False):
        other = sign_in(world)
        other.post("/accounts/2fa/authenticate/", {"code": code})
        assert is_in(other) is expected


def test_neither_secret_nor_recovery_seed_lies_readable_in_the_database(world: "World", alice: int):
    _client, secret, codes = switched_on(world)
    kept = [str(row.data) for row in Authenticator.objects.filter(user_id=alice)]
    assert len(kept) == 2
    assert not any(secret in one or codes[0] in one for one in kept)
