"""The school on the phone: whole courses of one's own ground, an exam begun by the server and handed in by the queue."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from gantang.kit import clock
from gantang.learning import queries, service
from tests.field.phone import Phone, signed_in
from tests.learning.school import open_course

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
SCHOOL = "/field/school.json"


@pytest.fixture
def course(world: "World") -> int:
    return open_course(world)


@pytest.fixture
def phone(world: "World") -> Phone:
    return Phone(world)


def shown(phone: Phone, course: int) -> dict[str, Any]:
    found = phone.client.get(SCHOOL).json()["courses"]
    return next(one for one in found if one["id"] == course)


def begun(phone: Phone, course: int) -> dict[str, Any]:
    answer = phone.client.post(f"/field/exams/{course}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def handed(phone: Phone, exam: dict[str, Any], place: int = 0) -> dict[str, Any]:
    given = {one["name"]: [place] for one in exam["fields"]}
    return phone.item(kind="exam", exam=exam["id"], given=given)


def test_a_course_comes_whole_and_what_is_right_never(phone: Phone, course: int):
    exam = begun(phone, course)
    one = shown(phone, course)
    assert [each["text"] for each in one["lessons"]] == ["示例正文。"]
    assert one["exam"] == exam and len(exam["fields"]) == 3
    assert {key for each in exam["fields"] for key in each} == {
        *("name", "kind", "title", "help", "required", "options")
    }
    assert begun(phone, course) == exam, "one that is open is gone on with"


def test_courses_of_another_ground_are_not_there(world: "World", course: int):
    foreign = signed_in(world, "foreigner")
    assert foreign.get(SCHOOL).json()["courses"] == []
    assert foreign.post(f"/field/exams/{course}").status_code == 404


def test_answers_go_in_once_and_certify(phone: Phone, course: int):
    item = handed(phone, begun(phone, course))
    first, second = phone.send(item), phone.send(item)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["shown"] == second.json()["shown"] == "通过了"
    assert shown(phone, course)["exam"] is None
    (paper,) = phone.client.get(SCHOOL).json()["papers"]
    assert paper["title"] == "法律明白人（示例）"
    done = queries.hours({phone.actor.account: clock.now().date()}, on=clock.now().date())
    assert done == {phone.actor.account: 8}


def test_other_answers_after_it_was_handed_in_are_refused_and_to_be_seen_by_the_worker(
    phone: Phone, course: int
):
    exam = begun(phone, course)
    assert phone.send(handed(phone, exam, 1)).json()["shown"] == "没有通过"
    answer = phone.send(handed(phone, exam, 0))
    assert (answer.status_code, answer.json()["code"]) == (409, "learning.closed")
    assert "now" not in answer.json(), "no conflict to be settled: it is put back to the worker"


@pytest.mark.parametrize(
    "given", [{}, {"1": [0]}, {"x": [0]}, {"1": [-1]}, {"1": "0"}, {"9" * 30: [0]}, {"1": list(range(40))}]
)
def test_answers_that_fit_no_question_change_nothing(phone: Phone, course: int, given: dict[str, Any]):
    exam = begun(phone, course)
    answer = phone.send(phone.item(kind="exam", exam=exam["id"], given=given))
    assert answer.status_code == 422
    assert queries.exam(phone.actor, UUID(exam["id"])).closed_at is None


def test_an_exam_of_somebody_else_is_not_there(world: "World", phone: Phone, course: int):
    other = service.begin(actor=world.cast.handler, course=course, now=clock.now())
    answer = phone.send(phone.item(kind="exam", exam=str(other), given={"1": [0]}))
    assert (answer.status_code, answer.json()["code"]) == (404, "learning.no_exam")
