"""An agenda is drawn from matters and lists in sight; what was typed before stays."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from gantang.kit import numbers
from gantang.matters import queries
from tests.doors.test_board import desk
from tests.matters.ways import duties
from tests.matters.ways.driving import Driven

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def called(world: "World") -> tuple[Driven, Client, str]:
    course = duties.formed(world)
    meeting = course.child(course.make("convene"))
    return meeting, desk(world), f"/desk/matters/{meeting.row.number}/moves/call/"


def test_a_meeting_is_offered_open_lists_and_takes_what_is_ticked_beside_what_was_typed(world: "World"):
    listed, _first, _second = duties.issued(world)
    meeting, client, url = called(world)
    number = listed.row.number
    assert f'name="about" value="{number}"' in client.get(url).content.decode()
    typed = {"meets_on": "2026-12-20", "agenda-lines": "2", "agenda-0-topic": "示例：先说的。"}
    drawn = client.post(url, {**typed, "about": [number], "draw": "take"})
    text = drawn.content.decode()
    assert drawn.status_code == 200 and meeting.row.state == "planned"
    assert "示例：先说的。" in text and f'value="{numbers.show(number)}"' in text
    assert f'name="about" value="{number}"' not in text, "taken once"
    rows = {"agenda-1-topic": "示例", "agenda-1-source": "list", "agenda-1-about": numbers.show(number)}
    typed |= {"agenda-0-source": "other", "key": "k-agenda-1"}
    assert client.post(url, {**typed, **rows}).status_code == 302
    assert meeting.row.state == "called"
    texts = str(queries.texts(world.cast.supervisor, meeting.id, now=meeting.now))
    assert number in texts.replace("-", "")


def test_words_find_further_matters_and_none_out_of_sight(world: "World"):
    _meeting, client, url = called(world)
    listed, _first, _second = duties.issued(world)
    found = client.post(url, {"find": listed.row.number, "draw": "find", "agenda-lines": "0"})
    assert f'value="{listed.row.number}"' in found.content.decode()
    elsewhere = Driven.told(world, "facility.lighting", ground=world.foreign_grid)
    text = client.post(url, {"about": [elsewhere.row.number], "draw": "take", "agenda-lines": "1"})
    assert numbers.show(elsewhere.row.number) not in text.content.decode()


def test_a_form_that_names_no_matter_is_offered_none(world: "World"):
    course = duties.begun(world, duties.LIST)
    text = desk(world).get(f"/desk/matters/{course.row.number}/moves/issue/").content.decode()
    assert 'name="draw"' not in text
