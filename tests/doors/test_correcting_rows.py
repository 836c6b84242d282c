"""Fields of several rows in a document: corrected as a whole, by the room, at the desk and by the API."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gantang import engine
from gantang.files.types import Paper
from gantang.kit import clock
from gantang.kit.actor import SYSTEM, Actor
from gantang.matters import service
from gantang.matters.errors import CorrectionInvalidError
from gantang.procedures import service as procedures
from tests.doors.test_documents import signed_in
from tests.engine import whole
from tests.exchange.caller import Caller
from tests.matters.acting import CLASS, Course, fresh, told
from tests.matters.issuing import rows_of, watched
from tests.matters.paths import holder_of

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
ROWS = [{"due": "2026-12-01", "sum": 6000, "to": "示例施工队"}, {"due": "2027-01-04", "sum": 4000}]
#: The second row with another sum, as a paper writes it.
CORRECTED = (("2027年1月4日", "50.00元（大写伍拾元整）", ""),)


@pytest.fixture
def agreed(world: "World", tmp_path: Path) -> tuple[Course, Actor]:
    """A repair whose agreement has been issued with two instalments, and who holds it."""
    changed = {"procedures/repair.yaml": ("serves: [repair.roof]", f"serves: [{CLASS}]")}
    pack = engine.load_pack(whole.written(tmp_path, changed))
    procedures.put_in_force(actor=SYSTEM, pack=pack, calendar=whole.calendar(), now=clock.now())
    course = Course(told(world.grid, class_code=CLASS))
    course.by(world.cast.receiver, "accept", track="plain", cost=120000)
    handler = holder_of(course, world)
    course.by(handler, "agree", facts="漏水", terms=ROWS)
    return course, handler


def corrected(course: Course, actor: Actor, terms: Any) -> int:
    return service.correct(
        actor=actor,
        matter=course.id,
        kind="agreement",
        answers={"terms": terms},
        reason="金额写错了",
        key=fresh(),
        now=course.now,
    )


def rows_on(paper: Paper) -> tuple[tuple[str, ...], ...]:
    return paper.answers["terms"].rows


def test_corrected_rows_stand_in_place_of_all_that_stood_there(
    agreed: tuple[Course, Actor], monkeypatch: pytest.MonkeyPatch
):
    course, handler = agreed
    with watched(monkeypatch) as seen:
        assert corrected(course, handler, [{"due": "2027-01-04", "sum": 5000}]) == 2
        assert corrected(course, handler, []) == 3
    assert [rows_on(one) for one in seen] == [CORRECTED, ()]
    assert seen[0].answers["facts"].text == "漏水"
    assert service.rebuild(now=course.now).sound


@pytest.mark.parametrize(
    "terms",
    [
        [{"due": "soon", "sum": 1}],
        [{"due": "2027-01-04"}],
        [{"due": "2027-01-04", "sum": 1, "more": 1}],
        "甲",
    ],
)
def test_rows_that_do_not_fit_issue_nothing(agreed: tuple[Course, Actor], terms: Any):
    course, handler = agreed
    with pytest.raises(CorrectionInvalidError) as refused:
        corrected(course, handler, terms)
    assert [one["field"] for one in refused.value.details["fields"]] == ["answers.terms"]
    assert len(rows_of(course.id)) == 1


def test_the_desk_asks_for_the_rows_line_by_line(
    agreed: tuple[Course, Actor], monkeypatch: pytest.MonkeyPatch
):
    course, handler = agreed
    client, place = signed_in(handler), f"/desk/matters/{course.receipt.number}/documents/agreement/correct/"
    form = client.get(place).content.decode()
    assert 'name="terms-0-due"' in form and "分行的内容要改就整表重填" in form
    typed = {
        "terms-lines": "1",
        "terms-0-due": "2027-01-04",
        "terms-0-sum": "50.00",
        "reason": "写错了",
        "key": "k1",
    }
    longer = client.post(place, {**typed, "more": "terms"})
    assert longer.status_code == 200 and 'name="terms-1-due"' in longer.content.decode()
    assert 'value="50.00"' in longer.content.decode(), "what was typed stays"
    wrong = client.post(place, {**typed, "terms-0-due": ""})
    assert wrong.status_code == 422 and len(rows_of(course.id)) == 1
    with watched(monkeypatch) as seen:
        assert client.post(place, typed).status_code == 302
    assert rows_on(seen[-1]) == CORRECTED


def test_what_is_left_empty_at_the_desk_keeps_its_rows(
    agreed: tuple[Course, Actor], monkeypatch: pytest.MonkeyPatch
):
    course, handler = agreed
    place = f"/desk/matters/{course.receipt.number}/documents/agreement/correct/"
    given = {"terms-lines": "3", "facts": "墙面也漏水", "reason": "漏写了墙面", "key": "k1"}
    with watched(monkeypatch) as seen:
        assert signed_in(handler).post(place, given).status_code == 302
    assert len(rows_on(seen[-1])) == 2 and seen[-1].answers["facts"].text == "墙面也漏水"


def test_the_api_takes_rows_cell_by_cell(
    agreed: tuple[Course, Actor], world: "World", monkeypatch: pytest.MonkeyPatch
):
    course, _handler = agreed
    caller = Caller.acting(world, "receiver")
    place = f"/matters/{course.receipt.number}/documents/agreement/corrections"
    row = {"cells": [{"name": "due", "value": "2027-01-04"}, {"name": "sum", "value": 5000}]}
    body = {"reason": "写错了", "answers": [{"name": "terms", "value": [row]}]}
    with watched(monkeypatch) as seen:
        answer = caller.post(place, body)
    assert (answer.status_code, answer.json()) == (201, {"version": 2})
    assert rows_on(seen[-1]) == CORRECTED
    body["answers"] = [{"name": "terms", "value": [{"cells": [{"name": "due", "value": 5}]}]}]
    refused = caller.post(place, body)
    assert refused.status_code == 422 and "answers.terms" in refused.content.decode()
