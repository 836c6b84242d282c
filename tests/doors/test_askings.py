"""The register of what people asked about their own data: what, when, who answers, how it ended; nobody's name."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.catalogue import service as catalogue
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.rules import stream_of
from gantang.matters import queries, service
from gantang.matters.errors import AnswerInvalidError, AskingOverError, MatterNotFoundError
from gantang.matters.types import NewAsking
from tests.doors.test_admin import text
from tests.doors.test_desk import desk_of
from tests.matters import paths
from tests.matters.acting import fresh

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
AT = "/desk/admin/people/register/"


def entered(world: "World", **given: object) -> str:
    today = clock.now().date().isoformat()
    said = {"act": "receive", "kind": "access", "way": "counter", "received_on": today, **given}
    answer = desk_of(world, "supervisor").post(AT, said)
    assert answer.status_code == 302, text(answer)
    found = re.findall(r'name="asking" value="([0-9a-f-]{36})"', text(desk_of(world, "supervisor").get(AT)))
    return str(found[-1])


def test_an_asking_is_entered_taken_on_and_answered_and_each_is_a_step(world: "World"):
    desk, asking = desk_of(world, "supervisor"), entered(world)
    assert "没人接手" in text(desk.get(AT))
    assert desk.post(AT, {"act": "take", "asking": asking}).status_code == 302
    page = text(desk.get(AT))
    assert "在答复" in page and "没人接手" not in page
    assert desk.post(AT, {"act": "answer", "asking": asking}).status_code == 302
    assert asking not in text(desk.get(AT))
    assert "答复了" in text(desk.get(f"{AT}?over=yes"))
    assert desk.post(AT, {"act": "answer", "asking": asking}).status_code == 409
    stream = stream_of("asking", asking)
    with reading(SYSTEM, ids=[stream]):
        names = [one.name for one in ledger.steps(3604, stream)]
    assert names == ["asking.received", "asking.taken", "asking.answered"]


def test_what_is_not_done_needs_a_reason_of_the_list(world: "World"):
    desk, asking = desk_of(world, "supervisor"), entered(world, kind="erasure", way="letter")
    assert desk.post(AT, {"act": "refuse", "asking": asking}).status_code == 422
    assert desk.post(AT, {"act": "refuse", "asking": asking}).status_code == 422
    assert desk.post(AT, {"act": "refuse", "asking": asking, "because": "busy"}).status_code == 422
    assert desk.post(AT, {"act": "refuse", "asking": asking, "because": "kept_by_law"}).status_code == 302
    assert "法律规定要保存" in text(desk.get(f"{AT}?over=yes"))


def test_the_term_is_an_empty_slot_and_counts_from_the_day_it_came_in_once_it_is_filled(world: "World"):
    since = clock.now() - timedelta(days=40)
    entered(world, received_on=since.date().isoformat())
    desk = desk_of(world, "supervisor")
    assert "答复期限还没有写" in text(desk.get(AT)) and "过了期限" not in text(desk.get(AT))
    catalogue.set_slot(
        actor=world.cast.admin,
        code="subjects.answer_within",
        value="15 days",
        valid_from=since.date() - timedelta(days=1),
        source="示例",
        now=clock.now(),
    )
    page = text(desk.get(AT))
    assert "答复期限：" in page and "过了期限" in page


def test_the_register_is_for_whoever_answers_people_and_reaches_no_other_ground(world: "World"):
    asking = entered(world)
    for name in ("handler", "admin", "foreigner"):
        assert desk_of(world, name).get(AT).status_code == 403, name
    assert queries.askings(world.cast.handler).items == []
    with pytest.raises(MatterNotFoundError):
        from uuid import UUID

        service.take_asking(actor=world.cast.foreigner, asking=UUID(asking), key=fresh(), now=clock.now())
    new = NewAsking("access", "counter", clock.now().date())
    with pytest.raises(ForbiddenError):
        service.receive_asking(actor=world.cast.handler, asking=new, key=fresh(), now=clock.now())


def test_an_asking_names_a_matter_in_sight_alone_and_never_a_day_to_come(world: "World"):
    desk = desk_of(world, "supervisor")
    number = paths.begun(world).receipt.number
    entered(world, number=number)
    assert f"/desk/matters/{number}/" in text(desk.get(AT))
    today = clock.now().date()
    said = {"act": "receive", "kind": "access", "way": "counter", "received_on": today.isoformat()}
    assert desk.post(AT, {**said, "number": "AAA-AAA-AAA"}).status_code == 404
    later = (today + timedelta(days=1)).isoformat()
    assert desk.post(AT, {**said, "received_on": later}).status_code == 422
    given = NewAsking("access", "counter", today)
    one = service.receive_asking(actor=world.cast.supervisor, asking=given, key="k1", now=clock.now())
    assert one == service.receive_asking(
        actor=world.cast.supervisor, asking=given, key="k1", now=clock.now()
    ), "once for one key"
    ending = {"actor": world.cast.supervisor, "asking": one, "now": clock.now()}
    with pytest.raises(AnswerInvalidError):
        service.answer_asking(because="busy", key=fresh(), **ending)  # type: ignore[arg-type]
    service.answer_asking(key=fresh(), **ending)  # type: ignore[arg-type]
    with pytest.raises(AskingOverError):
        service.take_asking(key=fresh(), **ending)  # type: ignore[arg-type]
