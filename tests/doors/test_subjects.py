"""The page for people who ask what is held about them: an answer to print, a correction on record."""

from typing import TYPE_CHECKING

import pytest

from gantang.matters import queries
from tests.doors.table import DESK
from tests.doors.test_permissions import client_of, content
from tests.exchange.seed import told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
PAGE = "/desk/admin/people/"
PHONE = "13900007715"


def test_the_answer_says_what_why_and_until_when_and_shows_content_only_as_a_copy(world: "World"):
    receipt = told(world)
    client, _ = client_of(world, DESK[0], "supervisor")
    said = {"field": "phone", "value": PHONE}
    plain = content(client.post(PAGE, said))
    assert "个人信息保护法" in plain and receipt.number[:3] in plain
    assert PHONE not in plain.partition('class="cols')[0]
    copied = content(client.post(PAGE, {**said, "copy": "on"})).partition('class="cols')[0]
    assert PHONE in copied and "路灯不亮" in copied


def test_a_correction_on_the_page_holds_and_its_reason_is_asked_for(world: "World"):
    receipt = told(world)
    client, _ = client_of(world, DESK[0], "supervisor")
    said = {"number": receipt.number, "person": "0", "field": "phone", "value": "13900007716"}
    assert client.post(PAGE + "correct/", said).status_code == 422, "without a reason nothing is changed"
    assert client.post(PAGE + "correct/", {**said, "because": "changed"}).status_code == 302
    (person,) = queries.people(world.cast.supervisor, receipt.matter)
    assert person.masked["phone"].endswith("7716")


def test_the_way_to_the_page_is_shown_to_the_duty_alone(world: "World"):
    for name, shown in (("supervisor", True), ("receiver", False), ("admin", False)):
        client, _ = client_of(world, DESK[0], name)
        assert (PAGE in content(client.get("/desk/me/"))) is shown, name
