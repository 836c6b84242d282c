"""Editions: frozen, counted from the tallies, refused where two would tell more than each."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from gantang.kit import trouble
from gantang.kit.actor import SYSTEM
from gantang.kit.clock import ZONE
from gantang.kit.work import work
from gantang.reception import errors, queries, service
from gantang.reception.models import Edition, EditionOrder
from gantang.reception.service import counting, orders
from gantang.tallies import service as tallies
from gantang.tallies.types import Delta

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=ZONE)
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def count(world: "World", numbers: dict[tuple[str, str, date, str], int]) -> None:
    """Put counts on grounds: (grid, class, day, measure) → n."""
    deltas = [
        Delta(day, grid, grid, grid, klass, "request", 1, "portal", "", "", measure, n)
        for (grid, klass, day, measure), n in numbers.items()
    ]
    with work(SYSTEM) as w:
        tallies.add(w, city=3604, deltas=deltas)


@pytest.fixture
def counted(world: "World") -> "World":
    """Two townships and two classes over two months: one small number among large ones."""
    numbers = {}
    for month, some in ((9, 40), (10, 55)):
        day = date(2026, month, 10)
        for grid in (world.grid, world.other_grid):
            for klass, n in (("facility.lighting", some), ("environment", some + 20), ("dispute", some + 7)):
                numbers[grid, klass, day, "in"] = n
                numbers[grid, klass, day, "closed"] = n - 10
                numbers[grid, klass, day, "on_time"] = n - 25
    numbers[world.grid, "environment", date(2026, 9, 10), "in"] = 3
    count(world, numbers)
    return world


def publish(world: "World", since: date = SEPTEMBER, until: date = OCTOBER) -> int:
    return service.publish(actor=world.cast.admin, since=since, until=until, now=NOW)


def test_sums_fit_where_they_are_shown_and_small_numbers_are_not(counted: "World"):
    one = queries.published(publish(counted))
    table = one.tables["received"]
    assert table["360428101", "environment", "2026-09"] is None
    assert table["360428102", "facility", "2026-10"] == 55
    every = sum(2 * (some + more) for some in (40, 55) for more in (0, 20, 7)) - 60 + 3
    assert table["360428", "all", "period"] == every
    assert all(n is None or n == 0 or n >= 10 for each in one.tables.values() for n in each.values())


def test_no_part_stands_twice_in_a_direction(counted: "World"):
    one = queries.published(publish(counted))
    for nodes in (one.grounds, one.classes, one.months):
        assert len(set(nodes)) == len(nodes)


def test_an_edition_stays_as_it_was_whatever_is_counted_later(counted: "World"):
    number = publish(counted)
    before = queries.published(number).tables
    count(counted, {(counted.grid, "environment", date(2026, 9, 12), "in"): 500})
    assert queries.published(number).tables == before


def test_a_correction_is_a_new_edition_that_shows_no_small_difference(counted: "World"):
    first = queries.published(publish(counted))
    count(counted, {(counted.other_grid, "dispute", date(2026, 10, 12), "in"): 2})
    second = queries.published(publish(counted))
    assert (first.number, second.number) == (1, 2)
    for name, table in first.tables.items():
        for cell, n in table.items():
            later = second.tables[name][cell]
            assert n is not None or later is None  # what was left out stays so
            assert n is None or later is None or n == later or abs(n - later) >= 10


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (SEPTEMBER, date(2026, 11, 1)),  # not over
        (date(2026, 9, 2), OCTOBER),  # no whole month
        (OCTOBER, SEPTEMBER),
        (date(2025, 9, 1), OCTOBER),  # more than twelve
    ],
)
def test_only_whole_months_that_are_over_are_published(world: "World", since: date, until: date):
    with pytest.raises(errors.PeriodError):
        publish(world, since, until)


def test_months_that_cut_an_earlier_edition_are_refused(counted: "World"):
    publish(counted)
    with pytest.raises(errors.PeriodError):
        publish(counted, OCTOBER, OCTOBER)


def test_a_wider_or_deeper_ground_cannot_publish_the_same_months(counted: "World"):
    number = publish(counted)
    Edition.objects.filter(pk=number).update(ground="3604")
    with pytest.raises(errors.LinkedError):
        publish(counted)


def test_whoever_does_not_administer_publishes_nothing(world: "World"):
    with pytest.raises(errors.NotAdminError):
        service.publish(actor=world.cast.county_leader, since=SEPTEMBER, until=OCTOBER, now=NOW)


def order(world: "World", key: str = "one", since: date = SEPTEMBER, until: date = OCTOBER) -> int:
    return service.order_edition(actor=world.cast.admin, since=since, until=until, key=key, now=NOW)


def test_an_order_is_made_once_by_the_worker_however_often_it_is_sent(counted: "World"):
    first = order(counted)
    assert order(counted) == order(counted, "another") == first
    (waits,) = queries.ordered("360428")
    assert (waits.state, waits.done, waits.of, Edition.objects.count()) == ("waiting", 0, 4, 0)
    assert service.make_due(clock=lambda: NOW) == 1
    assert service.make_due(clock=lambda: NOW) == 0
    assert order(counted) == first
    assert [one.number for one in Edition.objects.all()] == [1]
    assert queries.ordered("360428") == []


def test_while_an_edition_is_made_everybody_sees_how_far_it_is(
    counted: "World", monkeypatch: pytest.MonkeyPatch
):
    seen = []
    order(counted)
    cover = counting.covered
    monkeypatch.setattr(
        counting, "covered", lambda *a: seen.append(queries.ordered("360428")[0]) or cover(*a)
    )
    service.make_due(clock=lambda: NOW)
    assert [(one.state, one.done, one.of, one.percent) for one in seen] == [
        ("working", 2, 4, 50),
        ("working", 3, 4, 75),
    ]


def test_an_order_that_broke_off_is_begun_again_after_a_while_and_gives_one_edition(
    counted: "World", monkeypatch: pytest.MonkeyPatch
):
    number = order(counted)
    cover = counting.covered
    monkeypatch.setattr(counting, "covered", killed)
    with pytest.raises(SystemExit):
        service.make_due(clock=lambda: NOW)
    monkeypatch.setattr(counting, "covered", cover)
    assert service.make_due(clock=lambda: NOW) == 0  # it may be somebody else's
    later = NOW + orders.LEASE + timedelta(seconds=1)
    assert service.make_due(clock=lambda: later) == 1
    assert EditionOrder.objects.get(pk=number).edition == Edition.objects.get()


def killed(*_given: object) -> None:
    raise SystemExit


def test_a_worker_that_was_slow_finds_the_edition_there_and_makes_no_second(
    counted: "World", monkeypatch: pytest.MonkeyPatch
):
    number = order(counted)
    later, cover = NOW + orders.LEASE + timedelta(seconds=1), counting.covered

    def overtaken(*given: Any) -> Any:
        monkeypatch.setattr(counting, "covered", cover)
        assert orders.make(number, lambda: later)
        return cover(*given)

    monkeypatch.setattr(counting, "covered", overtaken)
    assert orders.make(number, lambda: NOW)
    assert Edition.objects.count() == 1


def test_an_edition_that_came_out_meanwhile_is_counted_in(counted: "World", monkeypatch: pytest.MonkeyPatch):
    number, cover = order(counted), counting.covered

    def meanwhile(*given: Any) -> Any:
        monkeypatch.setattr(counting, "covered", cover)
        publish(counted)
        return cover(*given)

    monkeypatch.setattr(counting, "covered", meanwhile)
    assert orders.make(number, lambda: NOW)
    assert [one.number for one in Edition.objects.order_by("pk")] == [1, 2]


def test_an_order_that_the_rules_forbid_meanwhile_ends_with_the_reason(counted: "World"):
    order(counted)
    other = publish(counted)
    Edition.objects.filter(pk=other).update(ground="3604")
    assert service.make_due(clock=lambda: NOW) == 0
    (ended,) = queries.ordered("360428")
    assert ended.state == "refused" and isinstance(ended.error, errors.LinkedError)


def test_an_order_that_fails_again_and_again_is_said_to_be_stuck(
    counted: "World", monkeypatch: pytest.MonkeyPatch
):
    order(counted)
    monkeypatch.setattr(counting, "covered", lambda *_given: 1 / 0)
    for hour in range(trouble.MOST):
        at = NOW + timedelta(hours=hour)
        assert service.make_due(clock=lambda at=at: at) == 0
    (stuck,) = queries.ordered("360428")
    assert stuck.state == "stuck" and not stuck.in_work


def test_what_may_not_be_published_is_refused_when_it_is_ordered(counted: "World"):
    with pytest.raises(errors.PeriodError):
        order(counted, until=date(2026, 11, 1))
    with pytest.raises(errors.NotAdminError):
        service.order_edition(
            actor=counted.cast.county_leader, since=SEPTEMBER, until=OCTOBER, key="k", now=NOW
        )
    assert not EditionOrder.objects.exists()


def test_the_downloads_say_licence_edition_and_what_is_left_out(counted: "World", client: Client):
    number = publish(counted)
    text = client.get(f"/figures/{number}.csv").content.decode("utf-8-sig")
    above = [line for line in text.splitlines() if line.startswith("#")]
    assert above[0] == "# 许可：未设定" and "少于10件" in above[2]
    rows = list(csv.DictReader(io.StringIO("\n".join(text.splitlines()[len(above) :]))))
    data = json.loads(client.get(f"/figures/{number}.json").content)
    assert data["licence"] is None
    assert {one["name"] for one in data["dictionary"]} == set(rows[0]) == set(data["rows"][0])
    assert len(rows) == len(data["rows"])
    small = [one for one in data["rows"] if one["received"] is not None and 0 < one["received"] < 10]
    assert small == []


def test_the_page_shows_the_picture_with_a_table_under_it(counted: "World", client: Client):
    publish(counted)
    page = client.get("/figures/").content.decode()
    assert page.count("<table") == 3 and "<rect" in page and "style=" not in page
