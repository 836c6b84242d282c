"""A matter's whole way over HTTP, and what no pack says: versions, links, merging, transfer, people, files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.http import HttpResponse

from gantang.kit import numbers
from tests.exchange.caller import Caller
from tests.exchange.seed import picture, told
from tests.matters.test_taken import SAID, photo

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
Call = Callable[[str], Caller]
ACCEPT = {"class": "facility.lighting", "track": "ordinary"}


@dataclass
class Course:
    """A matter told at the portal, and who does something to it."""

    number: str
    code: str
    call: Call

    def by(self, name: str, move: str, version: str = "*", **answers: Any) -> HttpResponse:
        body = {"move": move, **({"answers": answers} if answers else {})}
        return self.call(name).post(f"/matters/{self.number}/moves", body, If_Match=version)

    def by_reporter(self, move: str, **answers: Any) -> HttpResponse:
        body = {"move": move, **({"answers": answers} if answers else {})}
        return Caller(code=self.code).post("/track/moves", body)

    def get(self, part: str = "", name: str = "receiver", **headers: str) -> HttpResponse:
        return self.call(name).get(f"/matters/{self.number}{part}", **headers)

    def tracked(self) -> Any:
        return Caller(code=self.code).get("/track").json()

    @property
    def handler(self) -> str:
        names = ("department_handler", "handler", "county_handler")
        return next(name for name in names if "handler" in self.get(name=name).json().get("duties", ()))


@pytest.fixture
def course(world: "World", call: Call) -> Course:
    receipt = told(world)
    return Course(numbers.show(receipt.number), receipt.access_code or "", call)


@pytest.fixture
def handled(course: Course) -> Course:
    assert course.by("receiver", "accept", **ACCEPT).status_code == 200
    assert course.by(course.handler, "take_on").status_code == 200
    return course


def test_a_matter_goes_from_the_portal_to_a_verified_close(handled: Course):
    handler = handled.handler
    assert handled.by(handler, "ask_reporter", question="示例：哪一盏？").status_code == 200
    assert handled.tracked()["clocks"][0]["paused"]
    assert handled.by_reporter("supplement", supplement="示例：桥头那盏。").status_code == 200
    assert (
        handled.by(handler, "answer", result="resolved", reply="示例：修好了。").json()["status"]
        == "answered"
    )
    assert handled.by_reporter("confirm", rating=5).json()["status"] == "closed"
    assert handled.get().json()["outcome"] == "resolved"
    said = [one["move"] for one in handled.get("/timeline").json()["items"] if one["move"]]
    assert said == ["accept", "take_on", "ask_reporter", "supplement", "answer", "confirm"]


def test_may_gives_every_reason_for_and_against(course: Course):
    found = {one["move"]: one for one in course.get("/moves").json()["items"]}
    assert found["accept"]["allowed"] and found["accept"]["grounds"]
    assert not found["verify"]["allowed"]
    assert len(found["verify"]["refusals"]) >= 2  # not here, and not this duty
    assert all(one["sentence"] for one in found["verify"]["refusals"])


def test_a_refused_move_tells_all_reasons(course: Course):
    answer = course.by("receiver", "verify")
    assert (answer.status_code, answer.json()["code"]) == (422, "matter.move_refused")
    assert len(answer.json()["details"]["reasons"]) >= 2


def test_a_move_that_no_procedure_has_names_those_that_there_are(course: Course):
    answer = course.by("receiver", "fly")
    fault = answer.json()["details"]["fields"][0]
    assert (answer.status_code, fault["code"]) == (422, "union_tag_invalid")
    assert "accept" in fault["sentence"]


@pytest.mark.parametrize(
    "answers", [{**ACCEPT, "class": 5}, {**ACCEPT, "track": "slow"}, {**ACCEPT, "colour": "red"}]
)
def test_answers_are_read_by_the_moves_own_schema(course: Course, answers: dict[str, Any]):
    answer = course.by("receiver", "accept", **answers)
    assert (answer.status_code, answer.json()["code"]) == (422, "exchange.invalid")
    assert answer.json()["details"]["fields"][0]["field"].startswith("body.accept.answers.")


def test_the_etag_is_the_version_and_saves_reading_again(course: Course):
    first = course.get()
    assert first["ETag"] == f'"{first.json()["version"]}"'
    again = course.get(If_None_Match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("method", "part", "body"),
    [
        ("POST", "/moves", {"move": "accept", "answers": ACCEPT}),
        ("PUT", "/class", {"class": "facility.lighting"}),
        ("PUT", "/ground", {"ground": "360428101001"}),
        ("PUT", "/gist", {"gist": "示例"}),
    ],
)
def test_what_was_decided_on_another_version_is_refused(method: str, part: str, body: Any, course: Course):
    read = course.get()["ETag"]
    caller, path = course.call("receiver"), f"/matters/{course.number}{part}"
    done = caller.send(method, path, body, If_Match=read)
    assert done.status_code == 200 and done["ETag"] != read
    stale = caller.send(method, path, body, If_Match=read)
    assert (stale.status_code, stale.json()["code"]) == (412, "matter.stale")
    missing = caller.send(method, path, body)
    assert [one["field"] for one in missing.json()["details"]["fields"]] == ["header.If-Match"]


def test_a_repeated_move_has_one_effect_and_one_answer(course: Course):
    read = course.get()["ETag"]
    body = {"move": "accept", "answers": ACCEPT}
    path, caller = f"/matters/{course.number}/moves", course.call("receiver")
    first, again = (caller.post(path, body, key="one", If_Match=read) for _ in range(2))
    assert (first.status_code, first.content) == (again.status_code, again.content) == (200, first.content)


def test_links_are_seen_from_both_ends_and_untied(course: Course, world: "World"):
    other = numbers.show(told(world).number)
    caller = course.call("receiver")
    assert caller.post(f"/matters/{course.number}/links", {"number": other}).status_code == 201
    assert [one["number"] for one in caller.get(f"/matters/{other}/links").json()["items"]] == [course.number]
    assert caller.delete(f"/matters/{other}/links/related/{course.number}").status_code == 200
    assert course.get("/links").json()["items"] == []


def test_merging_keeps_the_original_and_its_reporters_code(course: Course, world: "World"):
    target = numbers.show(told(world).number)
    assert course.by("receiver", "merge", into=target, children="withdraw").status_code == 200
    assert course.get().json()["outcome"] == "merged"
    assert course.tracked()["number"] == target


def test_a_transfer_leads_the_old_code_to_the_new_matter(course: Course, world: "World"):
    assert (
        course.by("receiver", "move_away", ground=world.foreign_township, children="carry").status_code == 200
    )
    number = course.tracked()["number"]
    assert number != course.number
    assert course.call("foreign_receiver").get(f"/matters/{number}").status_code == 200
    assert course.call("receiver").get(f"/matters/{number}").status_code == 404


def test_joint_handling_opens_a_child_that_the_asked_unit_answers(handled: Course, world: "World"):
    village = world.unit(world.village)
    answer = handled.by(handled.handler, "cooperate", units=[village], task="示例：请指路。")
    assert len(answer.json()["opened"]) == 1
    shares = {(one["unit"], one["role"]) for one in handled.get("/shares").json()["items"]}
    assert (village, "cooperator") in shares
    found = handled.call("village_clerk").get("/matters", {"view": "mine"}).json()["items"]
    child = Course(found[0]["number"], "", handled.call)
    assert child.by("village_clerk", "answer", reply="示例：去过了。").json()["status"] == "closed"


def test_messages_go_both_ways(course: Course):
    assert (
        course.call("receiver")
        .post(f"/matters/{course.number}/messages", {"words": "示例：收到。"})
        .status_code
        == 201
    )
    assert Caller(code=course.code).post("/track/messages", {"words": "示例：请快一点。"}).status_code == 201
    said = ["示例：收到。", "示例：请快一点。"]
    assert [one["words"] for one in course.get("/messages").json()["items"]] == said
    assert [one["words"] for one in course.tracked()["messages"]] == said


def test_people_are_masked_and_open_one_field_at_a_time_with_a_reason(course: Course):
    shown = course.get("/people").content.decode()
    assert "13900007715" not in shown and "139****7715" in shown
    caller, path = course.call("receiver"), f"/matters/{course.number}/people/0/openings"
    answer = caller.post(path, {"field": "phone", "reason": "call_back"})
    assert answer.json() == {"field": "phone", "value": "13900007715"}
    assert answer["Cache-Control"] == "no-store"
    assert caller.post(path, {"field": "phone", "reason": "curiosity"}).status_code == 422
    assert caller.post(path, {"field": "phone"}).status_code == 422


def test_a_new_code_closes_the_old_one_and_is_never_shown(course: Course):
    answer = course.call("receiver").post(f"/matters/{course.number}/people/0/code")
    assert (answer.status_code, answer.content) == (204, b"")
    assert Caller(code=course.code).get("/track").status_code == 401


def test_files_come_back_as_they_were_made_fit_and_only_public_ones_reach_the_reporter(course: Course):
    path, caller = f"/matters/{course.number}/attachments", course.call("receiver")
    kept = caller.upload(path, picture(), public="false").json()["id"]
    shown = caller.upload(path, picture() + b" ", public="true").json()["id"]
    whole = caller.get(f"{path}/{kept}")
    assert whole["Content-Disposition"].startswith('attachment; filename="file-')
    assert "sandbox" in whole["Content-Security-Policy"] and whole["X-Content-Type-Options"] == "nosniff"
    assert whole.getvalue().startswith(b"\x89PNG")
    assert {one["id"] for one in course.tracked()["attachments"]} <= {shown}
    assert Caller(code=course.code).get(f"/track/attachments/{kept}").status_code == 404
    assert caller.upload(path, b"MZ no picture").status_code == 422
    assert (
        caller.upload(path, picture(), colour="red").json()["details"]["fields"][0]["field"] == "form.colour"
    )


def test_where_a_picture_was_taken_is_kept_only_where_the_upload_says_that_it_matters(course: Course):
    path, caller = f"/matters/{course.number}/attachments", course.call("receiver")
    assert caller.upload(path, photo(shade=40)).status_code == 201
    assert "2026-11-01 09:30" not in course.get("/texts").content.decode()
    assert caller.upload(path, photo(shade=41), shows_place="true").status_code == 201
    (texts,) = [one["texts"] for one in course.get("/texts").json()["items"]]
    assert texts == [{"name": "taken", "text": SAID}]
    sent = Caller(code=course.code).upload("/track/attachments", photo(shade=42), shows_place="true")
    assert sent.status_code == 201
    assert course.get("/texts").content.decode().count("28.123457") == 2
    assert caller.upload(path, photo(shade=43), shows_place="perhaps").status_code == 422


def test_the_reporters_words_and_texts_of_steps_are_read_apart(handled: Course):
    assert handled.by(handled.handler, "progress", note="示例：换灯泡。").status_code == 200
    assert "路灯不亮" in handled.get("/words").json()["items"][0]["words"]
    assert handled.get("/texts").json()["items"][-1]["texts"] == [{"name": "note", "text": "示例：换灯泡。"}]
    assert "换灯泡" not in handled.get("/timeline").content.decode()


def test_a_refusal_repeated_is_answered_again_though_the_matter_is_out_of_sight_by_then(course: Course):
    course.by("receiver", "accept", **ACCEPT)
    name = course.handler
    path = f"/matters/{course.number}/moves"

    def refuse(ground: str) -> HttpResponse:
        body = {"move": "refuse", "answers": {"refusal_ground": ground}}
        return course.call(name).post(path, body, key="refused-once", If_Match="*")

    first, again = refuse("not_our_remit"), refuse("not_our_remit")
    assert course.get(name=name).status_code == 404
    assert (again.status_code, again.json()) == (200, first.json())
    assert refuse("several_units").status_code == 404, "another body tells nothing of what is out of sight"
