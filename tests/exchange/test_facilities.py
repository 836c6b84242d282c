"""Facilities over the API: seen on one's own ground, looked at and reported with a key, documented."""

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.test import Client

from gantang.kit import clock
from gantang.territory import queries, service
from gantang.territory.types import NewPlace
from tests.exchange.seed import token_of
from tests.territory.test_facilities import ADMIN, made

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


class Api:
    """A program that acts for one of the cast."""

    def __init__(self, world: "World", name: str) -> None:
        self._client, self._token = Client(), token_of(world, name)

    def get(self, path: str, status: int = 200) -> Any:
        return self._told(self._client.get(f"/api/v1/{path}", headers=self._heads()), status)

    def post(self, path: str, body: dict[str, Any], key: str = "k", status: int = 201) -> Any:
        heads = {**self._heads(), "Idempotency-Key": key}
        answer = self._client.post(
            f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=heads
        )
        return self._told(answer, status)

    def _heads(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    def _told(self, answer: Any, status: int) -> Any:
        assert answer.status_code == status, answer.content.decode()
        return answer.json()


def test_a_list_goes_page_by_page_through_ones_own_ground_alone(world: "World") -> None:
    here = [str(made(world.grid, code=f"A-{n}")) for n in range(3)]
    made(world.other_grid, code="B-1")
    api, seen, cursor = Api(world, "receiver"), [], ""
    while cursor is not None:
        page = api.get(f"facilities?size=2{cursor and f'&cursor={cursor}'}")
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert seen == here
    assert api.get("facilities?kind=lamp&condition=faulty&due=true")["items"] == []
    api.get("facilities?cursor=bm90b3Vycw", status=422)
    api.get("facilities?colour=red", status=422)


def test_what_stands_elsewhere_is_not_there(world: "World") -> None:
    number, api = made(world.grid), Api(world, "neighbour")
    look = {"on": world.on.isoformat(), "condition": "working"}
    for one in (number, UUID(int=3)):
        api.get(f"facilities/{one}", status=404)
        api.get(f"facilities/{one}/inspections", status=404)
        api.post(f"facilities/{one}/inspections", look, status=404)
        api.post(f"facilities/{one}/faults", {"words": "示例"}, status=404)
    assert queries.inspections(number).items == []


def test_a_look_is_written_once_and_answers_with_the_facility(world: "World") -> None:
    number, api = made(world.grid), Api(world, "grid_worker")
    look = {"on": world.on.isoformat(), "condition": "faulty", "faults": ["dark"]}
    for _turn in range(2):
        shown = api.post(f"facilities/{number}/inspections", look)
        assert (shown["condition"], shown["inspected_on"]) == ("faulty", look["on"])
    (one,) = api.get(f"facilities/{number}/inspections")["items"]
    assert one["faults"] == ["dark"]
    api.post(f"facilities/{number}/inspections", {**look, "faults": []}, key="x", status=422)
    api.post(f"facilities/{number}/inspections", {**look, "faults": ["stolen"]}, key="x", status=422)
    refused = Api(world, "verifier").post(f"facilities/{number}/inspections", look, key="y", status=403)
    assert refused["code"] == "territory.not_tending"


def test_a_fault_becomes_a_matter_with_the_class_of_the_kind(world: "World") -> None:
    number, api = made("", "lamp", point=world.point), Api(world, "receiver")
    receipt = api.post(f"facilities/{number}/faults", {"words": "示例：不亮"})
    assert api.post(f"facilities/{number}/faults", {"words": "示例：不亮"})["number"] == receipt["number"]
    matter = api.get(f"matters/{receipt['number']}")
    assert (matter["class_code"], matter["ground"]) == ("facility.lighting", world.grid)
    assert api.get(f"facilities/{number}")["condition"] == "faulty"


def test_kinds_and_places_are_read_by_everybody(world: "World") -> None:
    anyone = Client()
    kinds = anyone.get("/api/v1/facility-kinds", headers={"Accept-Language": "en"}).json()
    assert kinds["items"][0] == {
        "code": "camera",
        "title": "Camera",
        "class_code": "facility.camera",
        "inspect_days": None,
        "needs": [],
        "basis": "",
    }
    assert anyone.get("/api/v1/place-services").json() == {"items": []}
    place = NewPlace("示例综合体", world.grid, hours="每天")
    service.make_place(actor=ADMIN, place=place, now=clock.now())
    (found,) = anyone.get(f"/api/v1/places?ground={world.county}").json()["items"]
    assert (found["name"], found["ground"], found["hours"]) == ("示例综合体", world.grid, "每天")
    assert anyone.get(f"/api/v1/places?ground={world.foreign_county}").json()["items"] == []
