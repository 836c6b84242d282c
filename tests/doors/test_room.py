"""The mediation room's pages: the calendar, a session to plan, who signed; of what is out of sight nothing."""

from typing import TYPE_CHECKING

import pytest

from gantang.matters import queries
from tests.doors.test_documents import signed_in
from tests.matters.acting import Course, told
from tests.matters.test_sessions import AGREED, plan_of, planned, talked

if TYPE_CHECKING:
    from tests.world import World

__all__ = ["talked"]
pytestmark = pytest.mark.django_db


def test_the_room_the_calendar_and_the_forms_open_to_whoever_mediates(talked: Course, world: "World"):
    mediator = world.cast.mediator
    planned(talked, mediator, plan_of(talked, mediator))
    client = signed_in(mediator)
    number = talked.receipt.number
    for path in ("room/", "room/sessions/", "room/sessions/1/", "room/sessions/1/cancel/"):
        answer = client.get(f"/desk/matters/{number}/{path}")
        assert answer.status_code == 200, path
    room = client.get(f"/desk/matters/{number}/room/").content.decode()
    assert "第1调解室" in room and "约一次调解" in room and "示例甲" not in room
    shown = client.get("/desk/sessions/?by=month").content.decode()
    assert "第1调解室" in shown and "院墙" not in shown and "示例甲" not in shown


def test_a_clash_is_told_before_a_session_is_kept_and_kept_all_the_same_when_said_so(
    talked: Course, world: "World"
):
    mediator = world.cast.mediator
    plan = plan_of(talked, mediator)
    planned(talked, mediator, plan)
    client, path = signed_in(mediator), f"/desk/matters/{talked.receipt.number}/room/sessions/"
    form = {
        "day": f"{plan.starts_at:%Y-%m-%d}",
        "since": f"{plan.starts_at:%H:%M}",
        "until": f"{plan.ends_at:%H:%M}",
        "way": plan.way,
        "room_unit": str(mediator.unit),
        "room": "1",
        "post": str(mediator.post),
        "people": ["1", "2"],
        "key": "plan-once",
    }
    answer = client.post(path, form)
    assert answer.status_code == 200 and "已经有一场" in answer.content.decode()
    assert len(queries.sessions_of(mediator, talked.id)) == 1
    assert client.post(path, {**form, "sure": answer.context["sure"]}).status_code == 302
    assert len(queries.sessions_of(mediator, talked.id)) == 2


def test_who_signed_is_shown_by_role_and_who_took_it_does_not_witness(talked: Course, world: "World"):
    mediator = world.cast.mediator
    talked.by(mediator, "agree", **AGREED)
    known = queries.signing(mediator, talked.id)
    assert known is not None
    room = f"/desk/matters/{talked.receipt.number}/room/"
    client = signed_in(mediator)
    for signer in known.signers:
        sent = client.post(
            f"{room}sign/{known.document}/{signer}/", {"way": "presence", "key": f"k-{signer}"}
        )
        assert sent.status_code == 302, sent.content.decode()
    shown = client.get(room).content.decode()
    drawn = client.post(f"{room}sign/{known.document}/party:1/", {"way": "screen", "key": "again"})
    assert drawn.status_code == 409 and "已经签过了" in drawn.content.decode()
    assert "您主持了签名" in shown and "示例甲" not in shown
    assert client.post(f"{room}witness/{known.document}/", {"key": "w"}).status_code == 409
    other = signed_in(world.cast.dispatcher)
    assert other.post(f"{room}witness/{known.document}/", {"key": "w"}).status_code == 302
    assert other.post(f"{room}signatures/", {"key": "p"}).status_code == 302
    assert "看签署页" in other.get(room).content.decode()


def test_a_matter_that_is_not_talked_over_has_no_room(world: "World"):
    number = told(world.grid).number
    assert signed_in(world.cast.receiver).get(f"/desk/matters/{number}/room/").status_code == 404


def test_out_of_sight_there_is_no_room_whatever_is_asked_of_it(talked: Course, world: "World"):
    mediator = world.cast.mediator
    planned(talked, mediator, plan_of(talked, mediator))
    talked.by(mediator, "agree", **AGREED)
    known = queries.signing(mediator, talked.id)
    assert known is not None
    client, room = signed_in(world.cast.neighbour), f"/desk/matters/{talked.receipt.number}/room/"
    one = known.document
    for path in ("", "sessions/", "sessions/1/", "sessions/1/cancel/", f"sign/{one}/mediator/"):
        assert client.get(room + path).status_code == 404, path
    for path in ("sessions/", "sessions/1/", f"sign/{one}/mediator/", f"witness/{one}/", "signatures/"):
        assert client.post(room + path, {"way": "presence"}).status_code == 404, path
    assert "VEVENT" not in client.get("/desk/sessions/mine.ics").content.decode()


def test_a_long_gist_leaves_the_decision_in_view(world: "World"):
    number = told(world.grid, "示例：" + "路口的灯不亮，" * 60).number
    page = signed_in(world.cast.receiver).get(f"/desk/matters/{number}/panel/").content.decode()
    assert page.partition("</h2>")[0].count("路口的灯不亮") < 20 and "看全文" in page
