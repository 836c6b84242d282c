"""Devices: listed, ended one by one; a lock-out that bars only the place the guessing comes from."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client

from gantang.identity import queries, service
from gantang.identity.errors import DeviceMissingError
from gantang.identity.models import Device, Try
from gantang.identity.rules import BARRED, place_of
from gantang.kit import clock
from gantang.kit.actor import SYSTEM, Actor
from tests.identity.test_identity import PASSWORD, steps

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
PHONE = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
)


@pytest.fixture
def alice(world: "World") -> int:
    cache.clear()  # allauth counts sign-ins there
    number = world.account_of("handler")
    service.set_password(actor=SYSTEM, account=number, password=PASSWORD, now=clock.now())
    return number


def sign_in(
    world: "World",
    client: Client | None = None,
    password: str = PASSWORD,
    source: str = "192.0.2.7",
    **more: str,
) -> Client:
    client = client or Client()
    name = world.username_of("handler")
    client.post("/accounts/login/", {"login": name, "password": password}, REMOTE_ADDR=source, **more)
    return client


def is_in(client: Client) -> bool:
    return bool(get_user(client).is_authenticated)  # type: ignore[arg-type]


def test_each_device_is_listed_with_what_helps_to_know_it_again(world: "World", alice: int):
    first = sign_in(world)
    sign_in(world, source="2001:db8:1:2::9", HTTP_USER_AGENT=PHONE)
    found = queries.devices(alice, session=first.session.session_key or "")
    assert [(one.place, one.current) for one in found] == [("2001:0db8:0001::x", False), ("192.0.2.x", True)]
    page = first.get("/desk/me/").content.decode()
    assert "Chrome · Android" in page and "这台" in page and "让它退出" in page


def test_a_device_that_is_ended_is_out_at_its_next_request_and_the_others_stay(world: "World", alice: int):
    first, other = sign_in(world), sign_in(world, source="192.0.2.8")
    ended = next(
        one for one in queries.devices(alice, session=first.session.session_key or "") if not one.current
    )
    assert first.post(f"/desk/me/devices/{ended.id}/").status_code == 302
    assert not is_in(other) and is_in(first)
    assert "account.session_ended" in [name for name, _ in steps("account", alice)]


def test_nobody_ends_the_devices_of_others(world: "World", alice: int):
    sign_in(world)
    device = Device.objects.get(account=alice)
    other = world.account_of("receiver")
    with pytest.raises(DeviceMissingError):
        service.end_device(
            actor=Actor(client=f"account:{other}", account=other), device=device.pk, now=clock.now()
        )


def test_whoever_signs_out_is_no_longer_listed_but_known(world: "World", alice: int):
    client = sign_in(world)
    client.post("/accounts/logout/")
    assert queries.devices(alice) == []
    assert Device.objects.filter(account=alice).count() == 1
    assert is_in(sign_in(world, client)) and Device.objects.filter(account=alice).count() == 1


def test_five_wrong_passwords_bar_the_place_they_came_from_and_no_other(world: "World", alice: int):
    for _ in range(5):
        sign_in(world, password="wrong", source="198.51.100.1")
    assert not is_in(sign_in(world, source="198.51.100.1"))
    assert is_in(sign_in(world, source="198.51.100.2"))


def test_a_known_device_is_never_barred_by_what_others_do_even_from_its_own_address(
    world: "World", alice: int
):
    mine = sign_in(world)
    mine.post("/accounts/logout/")
    for _ in range(20):
        sign_in(world, password="wrong")
    assert not is_in(sign_in(world))
    assert is_in(sign_in(world, mine))


def test_the_bar_ends_after_a_quarter_of_an_hour(world: "World", alice: int):
    for _ in range(5):
        sign_in(world, password="wrong")
    assert not is_in(sign_in(world))
    past = clock.now() - timedelta(seconds=1)
    assert Try.objects.filter(barred_until__lte=clock.now() + BARRED).update(barred_until=past) == 1
    assert is_in(sign_in(world))


def test_neither_the_secret_of_a_device_nor_a_whole_address_is_kept(world: "World", alice: int):
    client = sign_in(world)
    row = Device.objects.get(account=alice)
    secret = client.cookies["device"].value
    assert secret.encode() not in bytes(row.hash) and row.place == "192.0.2.x"
    assert client.cookies["device"]["httponly"]


@pytest.mark.parametrize(
    ("address", "shown"), [("192.0.2.7", "192.0.2.x"), ("2001:db8::1", "2001:0db8:0000::x"), ("nonsense", "")]
)
def test_an_address_loses_its_last_part(address: str, shown: str):
    assert place_of(address) == shown


def test_a_program_reaches_only_what_its_scopes_open(world: "World"):
    post = world.post("360428101", "受理岗")

    def status(method: str, path: str, *scopes: str) -> int:
        token = service.make_client(actor=SYSTEM, name="示例", post=post, scopes=scopes, now=clock.now())
        heads = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k", "If-Match": "*"}
        return Client().generic(method, path, "{}", "application/json", headers=heads).status_code

    assert status("GET", "/api/v1/matters", "read") == 200
    assert status("GET", "/api/v1/matters", "write") == 403
    assert status("POST", "/api/v1/matters", "read") == 403
    assert status("POST", "/api/v1/matters", "write") == 422
    assert status("GET", "/api/v1/matters/QK7-M4R-2PX/people", "read") == 403
    assert status("GET", "/api/v1/matters/QK7-M4R-2PX/people", "read", "people") == 404
