"""Reports come in: one, many, for oneself and on behalf; each effect once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.exchange.caller import KEYLESS, Caller

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
Call = Callable[[str], Caller]
CLIENT = {"X_Client_Token": "a" * 22}


def body(world: "World", **given: Any) -> dict[str, Any]:
    return {
        "words": "示例：路灯不亮。",
        "class": "facility.lighting",
        "ground": world.grid,
        "anonymous": True,
        **given,
    }


def test_a_report_gives_a_number_that_is_there(call: Call, world: "World"):
    answer = call("receiver").post("/matters", body(world))
    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/matters/{answer.json()['number']}"
    assert call("receiver").get(f"/matters/{answer.json()['number']}").json()["gist"] == "示例：路灯不亮。"


def test_a_code_is_shown_to_who_reports_and_never_on_behalf(call: Call, world: "World"):
    reporter = {"reporter": {"name": "示例", "phone": "13900007715"}, "anonymous": False}
    own = call("").post("/reports", body(world, **reporter), **CLIENT).json()
    behalf = (
        call("receiver").post("/matters", body(world, on_behalf=True, channel="phone", **reporter)).json()
    )
    assert own["access_code"] and behalf["access_code"] is None


def test_on_behalf_needs_sight(call: Call, world: "World"):
    answer = call("admin").post("/matters", body(world, on_behalf=True, channel="phone"))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_all_that_does_not_fit_is_told_at_once(call: Call, world: "World"):
    wrong = body(world, channel="pigeon", reporter={"phone": "13900007715"}, **{"class": "no.such"})
    answer = call("receiver").post("/matters", wrong)
    found = {one["field"]: one["code"] for one in answer.json()["details"]["fields"]}
    assert answer.status_code == 422
    assert set(found.values()) == {"unknown_channel", "unknown_class", "anonymous_with_contact"}


def test_work_of_the_staff_says_that_it_is_entered_on_behalf(call: Call, world: "World"):
    answer = call("receiver").post("/matters", body(world, **{"class": "listed"}))
    assert answer.status_code == 422
    assert [one["code"] for one in answer.json()["details"]["fields"]] == ["staff_class"]


def test_the_same_key_and_body_give_the_same_answer(call: Call, world: "World"):
    caller = call("receiver")
    first, second = (caller.post("/matters", body(world), key="same") for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)


def test_a_repeated_report_gets_its_first_answer_whatever_came_since(call: Call, world: "World"):
    given = body(world, reporter={"email": "c@example.org"}, anonymous=False)
    first = call("").post("/reports", given, key="same", **CLIENT)
    path = f"/matters/{first.json()['number']}"
    accept = {"move": "accept", "answers": {"class": "facility.lighting", "track": "urgent"}}
    assert call("receiver").post(f"{path}/moves", accept, If_Match="*").status_code == 200
    assert call("receiver").post(f"{path}/people/0/code").status_code == 204
    again = call("").post("/reports", given, key="same", **CLIENT)
    assert (again.status_code, again.content) == (201, first.content)
    assert (
        Caller(code=again.json()["access_code"]).get("/track").status_code == 401
    )  # the new code went by mail


def test_the_same_key_with_another_body_is_refused(call: Call, world: "World"):
    caller = call("receiver")
    caller.post("/matters", body(world), key="same")
    answer = caller.post("/matters", body(world, words="示例：别的事。"), key="same")
    assert (answer.status_code, answer.json()["code"]) == (422, "kit.key_reused")


def test_keys_of_two_clients_have_nothing_to_do_with_each_other(call: Call, world: "World"):
    one, other = (
        call(name).post("/matters", body(world), key="same").json() for name in ("receiver", "neighbour")
    )
    assert one["number"] != other["number"]


def test_a_write_without_a_key_says_what_is_missing(call: Call, world: "World"):
    answer = call("receiver").post("/matters", body(world), key=KEYLESS)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["details"]["fields"]] == ["header.Idempotency-Key"]


def test_of_many_the_good_ones_go_in_and_the_others_say_why(call: Call, world: "World"):
    items = [
        {"key": f"k{n}", "report": body(world, channel=name)}
        for n, name in enumerate(("api", "pigeon", "api"))
    ]
    caller = call("receiver")
    first, again = (caller.post("/matters/bulk", {"items": items}, key=KEYLESS).json() for _ in range(2))
    assert first == again
    assert [one["problem"] and one["problem"]["code"] for one in first["items"]] == [
        None,
        "matter.report_invalid",
        None,
    ]
    assert len({one["receipt"]["number"] for one in first["items"] if one["receipt"]}) == 2


def test_a_point_outside_is_told(call: Call, world: "World"):
    answer = call("receiver").post("/matters", body(world, ground="", point={"lon": 29.2, "lat": 116.3}))
    assert answer.status_code in (201, 422)
    assert answer.status_code == 422 or answer.json()["warnings"]
