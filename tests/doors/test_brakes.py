"""Brakes: whoever guesses or floods is slowed down, and a village behind the same address is not."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from gantang.faces import brakes
from gantang.identity import adapter
from gantang.identity import service as identity
from gantang.kit import clock, keys
from gantang.kit.actor import SYSTEM
from gantang.kit.limits import Limit, forget_held
from gantang.portal import throttle, visitor
from tests.doors.test_portal import given, reported
from tests.identity.test_identity import PASSWORD
from tests.stopped import stop

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()  # the library that signs people in counts there
    stop(monkeypatch, throttle, brakes, adapter)


VILLAGE = "198.51.100.9"


def wrong(number: int) -> str:
    """A well-formed code that leads nowhere."""
    return keys.access_code(UUID(int=(7 << 76) | (2 << 62) | (3604 << 48) | 1), 0, 100 + number)


def tried(client: Client, code: str, **more: str) -> HttpResponse:
    return client.post("/track/", {"code": code, **more}, REMOTE_ADDR=VILLAGE)


def guess_until_paused() -> None:
    """Somebody of the village guesses codes, in a new browser each time."""
    for number in range(throttle.GUESSES.most):
        assert tried(Client(), wrong(number)).status_code == 404
    assert tried(Client(), wrong(999)).status_code == 429


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> timedelta:
    """Every cookie is old enough at once, also while the clock stands still."""
    monkeypatch.setattr(visitor, "YOUNG", timedelta(hours=-1))
    return visitor.YOUNG


def test_whoever_guesses_codes_is_paused_in_however_many_browsers(world: "World"):
    guess_until_paused()


@pytest.mark.slow
@pytest.mark.parametrize("guesses", [300, pytest.param(10_000, marks=pytest.mark.prove)])
def test_codes_guessed_by_the_thousand_find_nothing_and_open_nothing(world: "World", guesses: int):
    """Whoever guesses on gets a pause, in however many browsers; a code that is right opens nothing then."""
    _number, code = reported(Client(), world)
    answers = [tried(Client(), wrong(number)).status_code for number in range(guesses)]
    assert answers[: throttle.GUESSES.most] == [404] * throttle.GUESSES.most
    assert set(answers[throttle.GUESSES.most :]) == {429}
    assert tried(Client(), code).status_code == 429


def test_a_slip_in_a_code_is_no_guess_however_often(world: "World"):
    _number, code = reported(Client(), world)
    slipped = code[:-1] + ("0" if code[-1] != "0" else "1")
    for _ in range(throttle.GUESSES.most + 5):
        assert tried(Client(), slipped).status_code == 404
    assert tried(Client(), code).status_code == 302


def test_a_known_browser_of_the_village_opens_its_matter_all_the_same(world: "World", later: timedelta):
    honest = Client(REMOTE_ADDR=VILLAGE)
    _number, code = reported(honest, world)
    guess_until_paused()
    assert tried(honest, code).status_code == 302


def test_a_stranger_of_the_village_opens_a_matter_by_code_and_number(world: "World"):
    number, code = reported(Client(), world)
    guess_until_paused()
    paused = tried(Client(), code)
    assert paused.status_code == 429 and 'name="number"' in paused.content.decode()
    assert tried(Client(), code, number=number).status_code == 302


def test_a_wrong_pair_tells_nothing_of_either_half(world: "World"):
    number, code = reported(Client(), world)
    other, _code = reported(Client(), world)
    answers = [
        tried(Client(), one, number=beside)
        for one, beside in ((code, other), (wrong(1), number), (code, "QK7-M4R-2PX"))
    ]
    assert {answer.status_code for answer in answers} == {404}
    said = [re.search(r"form-error.*?</p>", answer.content.decode(), re.S) for answer in answers]
    assert len({one[0] for one in said if one}) == 1 and all(said)


def test_the_next_village_and_the_next_household_of_ipv6_notice_nothing(world: "World"):
    guess_until_paused()
    client = Client()
    assert client.post("/track/", {"code": wrong(1)}, REMOTE_ADDR="198.51.100.10").status_code == 404


def test_changing_the_address_within_a_household_of_ipv6_helps_nobody(world: "World"):
    for number in range(throttle.GUESSES.most):
        source = f"2001:db8:1:2::{number + 1:x}"
        Client().post("/track/", {"code": wrong(number)}, REMOTE_ADDR=source)
    last = Client().post("/track/", {"code": wrong(1)}, REMOTE_ADDR="2001:db8:1:2:ffff::1")
    assert last.status_code == 429


def test_a_known_browser_that_guesses_is_paused_sooner(world: "World", later: timedelta):
    known = Client(REMOTE_ADDR=VILLAGE)
    reported(known, world)
    for number in range(throttle.OWN_GUESSES.most):
        assert tried(known, wrong(number)).status_code == 404
    assert tried(known, wrong(999)).status_code == 429


def test_a_browser_is_known_only_after_an_hour(world: "World"):
    fresh = Client(REMOTE_ADDR=VILLAGE)
    _number, code = reported(fresh, world)
    guess_until_paused()
    assert tried(fresh, code).status_code == 429, "else whoever guesses makes oneself known each time"


def test_a_flood_of_reports_is_paused_and_a_known_browser_reports_on(
    world: "World", later: timedelta, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(throttle, "REPORTS", Limit("portal.report", 2, 600))
    honest = Client(REMOTE_ADDR=VILLAGE)
    reported(honest, world)
    sent = [_report(world).status_code for _ in range(3)]
    assert sent == [200, 429, 429]
    paused = _report(world)
    assert "填的都还在" in paused.content.decode() and "村口路灯不亮" in paused.content.decode()
    assert honest.post("/report/", given(honest, world)).status_code == 200


def _report(world: "World") -> HttpResponse:
    client = Client(REMOTE_ADDR=VILLAGE)
    return client.post("/report/", given(client, world))


def test_a_whole_village_reports_from_one_address(world: "World"):
    assert throttle.REPORTS.most >= 300
    assert all(_report(world).status_code == 200 for _ in range(5))


def sign_in(name: str, password: str, client: Client | None = None) -> Client:
    client = client or Client()
    client.post("/accounts/login/", {"login": name, "password": password}, REMOTE_ADDR=VILLAGE)
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def known_one(world: "World", monkeypatch: pytest.MonkeyPatch) -> tuple[str, Client]:
    """A name, and a browser of the office that signed in before."""
    monkeypatch.setattr(adapter, "STRANGERS", Limit("identity.sign_in", 10, 900))
    number, name = world.account_of("handler"), world.username_of("handler")
    identity.set_password(actor=SYSTEM, account=number, password=PASSWORD, now=clock.now())
    client = sign_in(name, PASSWORD)
    assert is_in(client)
    client.post("/accounts/logout/")
    assert not is_in(client)
    return name, client


def test_whoever_tries_many_accounts_from_one_address_is_paused(known_one: tuple[str, Client]):
    for number in range(10):
        sign_in(f"somebody{number}", "a wrong password")
    assert not is_in(sign_in(known_one[0], PASSWORD))


def test_a_device_of_the_same_address_signs_in_all_the_same(known_one: tuple[str, Client]):
    for number in range(20):
        sign_in(f"somebody{number}", "a wrong password")
    assert is_in(sign_in(known_one[0], PASSWORD, known_one[1]))


def test_an_office_with_slips_of_its_own_is_not_paused(known_one: tuple[str, Client]):
    for number in range(9):
        sign_in(f"somebody{number}", "a wrong password")
    assert is_in(sign_in(known_one[0], PASSWORD))


def test_one_who_searches_without_end_is_paused_and_the_colleague_beside_is_not(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(brakes, "SEARCHES", Limit("search", 2, 60))
    one, other = (_signed_in(world, name) for name in ("receiver", "dispatcher"))
    answers = [one.get("/desk/?q=路灯", REMOTE_ADDR=VILLAGE).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert other.get("/desk/?q=路灯", REMOTE_ADDR=VILLAGE).status_code == 200
    assert one.get("/desk/?view=all", REMOTE_ADDR=VILLAGE).status_code == 200, "lists stay open"


@pytest.mark.slow
def test_one_program_that_runs_wild_stops_no_other(world: "World", settings: object):
    from tests.exchange.seed import token_of

    forget_held()
    settings.GANTANG_API_PER_MINUTE = brakes._BLOCK  # type: ignore[attr-defined]
    wild, calm = (token_of(world, name) for name in ("receiver", "dispatcher"))
    statuses = [_asked(wild) for _ in range(brakes._BLOCK + 1)]
    assert statuses[:-1] == [200] * brakes._BLOCK and statuses[-1] == 429
    assert _asked(calm) == 200


def _asked(token: str) -> int:
    answer = Client().get(
        "/api/v1/matters?view=all", headers={"Authorization": f"Bearer {token}"}, REMOTE_ADDR=VILLAGE
    )
    assert answer.status_code != 429 or int(answer["Retry-After"]) > 0
    return answer.status_code


def _signed_in(world: "World", name: str) -> Client:
    from django.contrib.auth import get_user_model

    client = Client()
    account = get_user_model().objects.get(pk=world.account_of(name))
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_an_office_that_begins_its_day_behind_one_address_is_not_paused():
    answers = {
        Client().post("/accounts/login/", {"login": "", "password": ""}, REMOTE_ADDR=VILLAGE).status_code
        for _ in range(60)
    }
    assert 429 not in answers
