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
from gantang.identity.rules import BARRED, families, family_of, place_of
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
    assert "手机 · Chrome · Android" in page and "这台" in page and "让它退出" in page


LIKE = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "mobile", "family"),
    [
        (PHONE, "", "phone/Chrome/Android"),
        (f"Mozilla/5.0 (Linux; Android 14) {LIKE} Chrome/120.0 Safari/537.36", "?0", "tablet/Chrome/Android"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {LIKE} Chrome/120.0 Safari/537.36", "?1", "phone/Chrome/Linux"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {LIKE} Chrome/120.0 Safari/537.36", "?0", "computer/Chrome/Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {LIKE} Chrome/120.0 Safari/537.36 Edg/120.0", "", "computer/Edge/Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1", "", "phone/Safari/iOS"),
        ("Mozilla/5.0 (iPad; CPU OS 12_0 like Mac OS X) Version/12.0 Mobile/15E148 Safari/604.1", "", "tablet/Safari/iPadOS"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.0 Safari/605.1.15", "", "computer_or_tablet/Safari/macOS"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:120.0) Gecko/20100101 Firefox/120.0", "", "computer/Firefox/macOS"),
        (f"Mozilla/5.0 (Phone; OpenHarmony 5.0) {LIKE} Chrome/114.0 Safari/537.36 ArkWeb/4.1 Mobile", "", "phone/ArkWeb/HarmonyOS"),
        (f"Mozilla/5.0 (Tablet; OpenHarmony 5.0) {LIKE} Chrome/114.0 Safari/537.36 ArkWeb/4.1 Mobile", "", "tablet/ArkWeb/HarmonyOS"),
        (f"Mozilla/5.0 (Linux; Android 12; HarmonyOS) {LIKE} Chrome/114.0 Mobile MicroMessenger/8.0", "", "phone/WeChat/HarmonyOS"),
        ("curl/8", "", "//"),
        ("", "", "//"),
    ],
)  # fmt: skip
def test_a_device_is_known_by_its_kind_and_by_what_many_are_called(agent: str, mobile: str, family: str):
    assert family_of(agent, mobile) == family
    assert families(family) == tuple(family.split("/"))


def test_a_phone_and_a_desk_are_told_apart_and_no_more_of_them_is_kept(world: "World", alice: int):
    first = sign_in(
        world, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36"
    )
    sign_in(world, source="192.0.2.8", HTTP_USER_AGENT=PHONE)
    sign_in(world, source="192.0.2.9", HTTP_USER_AGENT="curl/8")
    assert [one.title for one in queries.devices(alice)] == [
        "认不出的设备", "手机 · Chrome · Android", "电脑 · Chrome · Windows",
    ]  # fmt: skip
    kept = set(Device.objects.filter(account=alice).values_list("agent", flat=True))
    assert kept == {"//", "phone/Chrome/Android", "computer/Chrome/Windows"}
    page = first.get("/desk/me/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "phone · Chrome · Android" in page and "computer · Chrome · Windows" in page


def test_a_device_that_was_kept_as_its_browser_told_it_is_named_alike_until_its_session_ends():
    assert families(PHONE) == ("phone", "Chrome", "Android")
    assert families("phone/Chrome") == ("", "Chrome", "")


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
