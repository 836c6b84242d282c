"""What a procedure's matters were answered: referrals in and out, tracks and ends, as many as the rows say."""

import html
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from gantang.kit import clock
from gantang.kit.actor import Actor, Triple
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.matters import queries
from gantang.matters.models import Matter
from tests.doors.test_desk import desk_of
from tests.matters.ways import others

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
PAGE = "/desk/answers/"


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def found(world: "World", ground: str) -> list[dict[str, int]]:
    now = clock.now()
    procedure = queries.counted_procedures(now)["court_track"]
    since, until = now.date() - timedelta(days=400), now.date() + timedelta(days=800)
    groups = queries.answered(world.cast.county_leader, procedure, ground=ground, since=since, until=until)
    return [{words.zh: n for words, n in one.lines} for one in groups]


def rows_of(procedure: str) -> list[Matter]:
    with reading(Actor(client="test", sight=(Triple("*", "", "leader", 0),))):
        return list(Matter.objects.filter(procedure=procedure))


def test_referrals_and_tracks_are_as_many_as_the_matters_that_were_referred(world: "World") -> None:
    for way in others.REFERRALS:
        way(world)
    rows = rows_of("court_track")
    procedure = queries.counted_procedures(clock.now())["court_track"]
    flow, *groups, ends = found(world, world.county)
    assert flow["新开"] == len(rows) > 3
    fields = [
        name for name in procedure.counts if name in procedure.fields and procedure.fields[name].options
    ]
    for name, lines in zip(fields, groups, strict=True):
        said = Counter(one.case["chosen"].get(name) for one in rows)
        assert lines == {one.words.zh: said[one.code] for one in procedure.fields[name].options}, name
    assert sum(groups[0].values()) > 1
    ended = Counter(one.outcome for one in rows if one.ended_at is not None)
    assert ends == {words.zh: ended[name] for name, words in procedure.outcomes.items()}


def test_who_sees_no_whole_ground_has_no_figures_and_a_foreign_ground_is_refused(world: "World") -> None:
    assert "没有可以统计的范围" in text(desk_of(world, "handler").get(PAGE))
    desk = desk_of(world, "county_leader")
    assert desk.get(PAGE, {"ground": world.foreign_grid}).status_code == 403
    with pytest.raises(ForbiddenError):
        found(world, world.foreign_grid)


def test_services_by_agreement_and_tips_are_offered_nowhere(world: "World") -> None:
    known = set(queries.counted_procedures(clock.now()))
    assert known.isdisjoint({"aftercare", "counselling", "tip", "court_notice"})
    page = text(desk_of(world, "county_leader").get(PAGE, {"procedure": "aftercare"}))
    assert 'value="aftercare"' not in page and "流程统计" in page
