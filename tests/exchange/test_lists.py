"""Lists: page by page, narrowed, searched, as a sheet; the same rows in each."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest

from gantang.kit import numbers
from tests.exchange.caller import Caller
from tests.exchange.seed import told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
Call = Callable[[str], Caller]


@pytest.fixture
def seven(world: "World") -> list[str]:
    return [numbers.show(told(world).number) for _ in range(7)]


def pages(caller: Caller, **params: Any) -> Iterator[list[str]]:
    cursor = None
    while True:
        page = caller.get("/matters", {**params, **({"cursor": cursor} if cursor else {})}).json()
        yield [one["number"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            return


@pytest.mark.parametrize("view", ["open", "all"])
def test_pages_hold_every_row_once(view: str, call: Call, seven: list[str]):
    found = list(pages(call("receiver"), view=view, size=3))
    assert [len(one) for one in found] == [3, 3, 1]
    assert sorted(chain(*found)) == sorted(seven)


def test_rows_that_come_while_one_turns_the_pages_change_nothing(
    call: Call, world: "World", seven: list[str]
):
    turning = pages(call("receiver"), view="all", size=3)
    first = next(turning)
    told(world)
    assert sorted(chain(first, *turning)) == sorted(seven)


def test_the_cursor_of_another_list_and_a_made_up_one_are_refused(call: Call, seven: list[str]):
    caller = call("receiver")
    by_due = caller.get("/matters", {"view": "open", "size": 3}).json()["next"]
    for path, params in (
        ("/matters/search", {"q": "路灯", "cursor": by_due}),
        ("/matters", {"cursor": "abc"}),
    ):
        answer = caller.get(path, params)
        assert (answer.status_code, answer.json()["code"]) == (422, "kit.cursor"), path


def test_narrowing_by_class_ground_channel_and_unit(call: Call, world: "World", seven: list[str]):
    caller = call("receiver")
    for params, there in (
        ({"class": "facility"}, 7),
        ({"class": "facility.lighting"}, 7),
        ({"class": "dispute"}, 0),
        ({"ground": world.village}, 7),
        ({"ground": world.next_grid}, 0),
        ({"channel": "portal"}, 7),
        ({"channel": "phone"}, 0),
        ({"unit": world.unit(world.township)}, 7),
        ({"urgent": "true"}, 0),
        ({"state": "received"}, 7),
        ({"state": "closed", "view": "all"}, 0),
    ):
        assert len(caller.get("/matters", params).json()["items"]) == there, params


def test_search_finds_pieces_of_the_gist_and_a_number(call: Call, seven: list[str]):
    caller = call("receiver")
    assert len(caller.get("/matters/search", {"q": "路灯 不亮"}).json()["items"]) == 7
    assert [one["number"] for one in caller.get("/matters/search", {"q": seven[2]}).json()["items"]] == [
        seven[2]
    ]
    assert caller.get("/matters/search", {"q": "13900007715"}).json()["items"] == []
    found = caller.get("/matters/search", {"q": "路灯", "size": "4"}).json()
    rest = caller.get("/matters/search", {"q": "路灯", "size": "4", "cursor": found["next"]}).json()
    assert sorted(one["number"] for one in found["items"] + rest["items"]) == sorted(seven)


def test_the_sheet_holds_what_the_list_holds_and_nobody(call: Call, seven: list[str]):
    answer = call("receiver").get("/matters.csv", {"view": "all"})
    sheet = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert len(sheet.splitlines()) == 8
    assert all(number in sheet for number in seven)
    assert "13900007715" not in sheet and "c@example.org" not in sheet


def test_reference_data_names_what_exists(call: Call, world: "World"):
    nobody = call("")
    assert "facility.lighting" in {one["code"] for one in nobody.get("/classes").json()["items"]}
    assert "portal" in {one["code"] for one in nobody.get("/channels").json()["items"]}
    assert nobody.get("/causes").json()["items"]
    assert {one["name"] for one in nobody.get("/procedures").json()["items"]} >= {"request", "assist"}
    assert world.grid in {
        one["ground"] for one in nobody.get(f"/divisions/{world.village}/children").json()["items"]
    }
    assert nobody.get("/divisions/99/children").json()["code"] == "exchange.no_such_ground"
    assert world.unit(world.township) in {
        one["id"] for one in call("receiver").get("/units", {"ground": world.county}).json()["items"]
    }


def test_names_follow_the_language_asked_for(world: "World"):
    titles = [Caller(lang=lang).get("/classes").json()["items"][0]["title"] for lang in ("zh-hans", "en")]
    assert titles[0] != titles[1] and titles[1].isascii()
