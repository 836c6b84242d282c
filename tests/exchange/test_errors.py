"""Whatever goes wrong is a problem with code, sentence and remedy, in the language asked for."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client

from gantang.exchange.api.v1 import throttle
from gantang.kit import keys
from tests.exchange.caller import Caller
from tests.stopped import stop

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
Call = Callable[[str], Caller]
#: A well-formed code that leads nowhere.
WRONG = keys.show_access(keys.access_code(UUID(int=(7 << 76) | (2 << 62) | (3604 << 48) | 1), 0, 9))


def is_problem(answer: HttpResponse, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    found: dict[str, Any] = json.loads(answer.content)
    assert (found["status"], found["code"]) == (status, code)
    assert found["type"] == f"urn:gantang:problem:{code}"
    assert found["title"] and found["sentence"] and set(found["details"]) == {"fields", "reasons"}
    return found


@pytest.mark.parametrize("path", ["/nothing", "/matters/QK7-M4R-2PX/nothing", "/", "/matters//moves"])
def test_an_address_that_is_not_there(path: str, call: Call):
    assert is_problem(call("receiver").get(path), 404, "exchange.no_such_address")["remedy"]


def test_a_number_that_is_not_there(call: Call):
    assert is_problem(call("receiver").get("/matters/QK7-M4R-2PX"), 404, "matter.not_found")["remedy"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/matters", "GET, HEAD, POST"),
        ("PUT", "/track", "GET, HEAD"),
        ("POST", "/openapi.json", "GET, HEAD"),
    ],
)
def test_a_method_that_the_address_does_not_know(method: str, path: str, allowed: str, call: Call):
    answer = call("receiver").send(method, path)
    is_problem(answer, 405, "exchange.method")
    assert answer["Allow"] == allowed


def test_head_is_get_without_a_body(call: Call):
    answer = call("receiver").send("HEAD", "/classes")
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_body_of_another_kind(call: Call):
    answer = call("receiver").client.post(
        "/api/v1/matters",
        "words=x",
        content_type="application/x-www-form-urlencoded",
        headers=call("receiver").headers,
    )
    assert "application/json" in is_problem(answer, 415, "exchange.media_type")["remedy"]


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"\xff\xfe",
        b'{"words": "\xff"}',
        b'{"words": "a", "words": "b"}',
        b'{"point": [NaN, 1]}',
        b'{"a": {"b": 1, "b": 1}}',
    ],
)
def test_a_body_that_is_no_json(data: bytes, call: Call):
    heads = {**call("receiver").headers, "Idempotency-Key": "k"}
    answer = call("receiver").client.generic(
        "POST", "/api/v1/matters", data, content_type="application/json", headers=heads
    )
    is_problem(answer, 400, "exchange.unreadable")


def test_a_body_that_is_too_large(call: Call):
    words = "路" * 1_000_000
    is_problem(call("receiver").post("/matters", {"words": words}), 413, "exchange.too_large")


def test_unknown_and_repeated_parameters_are_refused(call: Call):
    answer = call("receiver").get("/matters?colour=red&view=open&view=all")
    fields = {
        one["field"]: one["code"] for one in is_problem(answer, 422, "exchange.invalid")["details"]["fields"]
    }
    assert fields == {"query.colour": "extra_forbidden", "query.view": "repeated"}


def test_every_place_that_does_not_fit_is_named(call: Call):
    answer = call("receiver").post("/matters", {"words": 1, "colour": "red", "point": {"lon": 500}})
    fields = {
        one["field"]: one["code"] for one in is_problem(answer, 422, "exchange.invalid")["details"]["fields"]
    }
    assert fields == {
        "body.words": "string_type",
        "body.colour": "extra_forbidden",
        "body.point.lon": "less_than_equal",
        "body.point.lat": "missing",
    }


def test_a_half_of_a_pair_of_surrogates_cannot_be_kept(call: Call):
    heads = {**call("receiver").headers, "Idempotency-Key": "k"}
    answer = call("receiver").client.generic(
        "POST", "/api/v1/matters", b'{"words": "\\ud83d"}', content_type="application/json", headers=heads
    )
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("token", ["", "gt_wrong", "x" * 5000])
def test_without_a_token_that_opens_something(token: str, world: "World"):
    answer = Caller(token=token).get("/matters")
    is_problem(answer, 401, "exchange.unauthenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_token_never_falls_back_to_the_session(world: "World"):
    client = signed_in(world)
    assert client.get("/api/v1/matters").status_code == 200
    answer = client.get("/api/v1/matters", headers={"Authorization": "Bearer gt_wrong"})
    is_problem(answer, 401, "exchange.unauthenticated")


def test_a_write_by_the_session_needs_its_token_against_forgery(world: "World"):
    client = signed_in(world)
    heads = {"Idempotency-Key": "k"}
    body = {"words": "示例：路灯不亮。", "anonymous": True}
    is_problem(client.post("/api/v1/matters", body, "application/json", headers=heads), 403, "exchange.csrf")
    client.get("/accounts/logout/")
    token = client.cookies["csrftoken"].value
    made = client.post("/api/v1/matters", body, "application/json", headers={**heads, "X-CSRFToken": token})
    assert made.status_code == 201


def test_a_disabled_program_is_refused_at_once(world: "World"):
    from gantang.identity import queries, service
    from gantang.kit.actor import SYSTEM
    from gantang.kit.clock import now
    from tests.exchange.seed import token_of

    token = token_of(world, "receiver")
    client = queries.client_by_token(token)
    assert client is not None and Caller(token=token).get("/matters").status_code == 200
    service.disable_client(actor=SYSTEM, client=int(client.client.partition(":")[2]), now=now())
    is_problem(Caller(token=token).get("/matters"), 401, "exchange.unauthenticated")


def test_wrong_codes_ill_formed_or_unknown_are_answered_alike(world: "World"):
    answers = [Caller(code=code).get("/track") for code in ("J3-9FQ2", "JW-J6EA-3K1K-0000", "")]
    assert len({answer.content for answer in answers}) == 1
    is_problem(answers[0], 401, "exchange.access_code")


@pytest.mark.parametrize("given", [{"code": WRONG}, {"token": "gt_wrong"}])
def test_many_wrong_credentials_bring_a_pause(
    given: dict[str, str], world: "World", monkeypatch: pytest.MonkeyPatch
):
    stop(monkeypatch, throttle)
    path = "/track" if "code" in given else "/matters"
    for _each in range(throttle.MOST):
        assert Caller(**given).get(path).status_code == 401
    assert "10" in is_problem(Caller(**given).get(path), 429, "exchange.too_many_tries")["remedy"]


def test_the_pause_of_wrong_tokens_does_not_lock_out_right_ones(call: Call):
    for _each in range(throttle.MOST + 1):
        Caller(token="gt_wrong").get("/matters")
    assert call("receiver").get("/matters").status_code == 200


def test_a_fault_of_ours_and_a_database_that_is_away_have_the_same_form(rf: Any):
    from gantang.site import views

    request = rf.get("/api/v1/matters")
    is_problem(views.fault(request), 500, "site.fault")
    is_problem(views.away(request), 503, "site.recovering")


def test_problems_speak_the_language_asked_for(world: "World"):
    said = [Caller(lang=lang).get("/matters").json()["sentence"] for lang in ("zh-hans", "en")]
    assert said[0] != said[1] and said[1].isascii()


def signed_in(world: "World") -> Client:
    client = Client(enforce_csrf_checks=True)
    account = get_user_model().objects.get(pk=world.account_of("receiver"))
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
