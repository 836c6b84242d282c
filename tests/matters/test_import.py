"""Reports from elsewhere: the same rows as one by one, once, with their own times, and nobody is told."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gantang.kit import clock, keys
from gantang.kit.actor import Actor
from gantang.kit.errors import InvalidError, KeyReusedError
from gantang.kit.once import KEPT, forget
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import queries, service
from gantang.matters.errors import ReportInvalidError
from gantang.matters.models import AccessCode, Matter, Party, Share
from gantang.matters.service import record
from gantang.matters.service.point import is_true
from gantang.matters.service.wake import CLOCK
from gantang.matters.types import Contact, Imported
from gantang.outbox.models import Row as OutboxRow
from gantang.tallies import queries as tallies
from gantang.territory import lookup
from gantang.territory import queries as territory
from gantang.vault.models import BlindIndex, Entry, Key
from tests.matters.acting import fresh, row_of
from tests.matters.bringing import added, arriving, brought, days_ago

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
PERSON = Contact(
    name="示例甲", phone="13912345678", email="sample@example.org", id_number="360428199001011234"
)
#: What is made anew each time: ids, numbers, what is sealed under a key of the matter's own, the salted hash of its
#: point.
OWN = ("number",)


def left_by(matter: UUID) -> dict[str, Any]:
    """Everything a matter left in the database, less what is made anew each time."""
    city = keys.city_of(matter)
    with reading(CLOCK, ids=[matter]):
        row = Matter.objects.get(city=city, id=matter)
        fields = {**record.fields_of(row), "gist": row.gist, "version": row.version}
        if fields["point_mac"] is not None:  # salted: another one each time, and true of the point on the row
            fields["point_mac"] = is_true(row, fields["point_mac"])
        steps = [(one.name, one.happened_at, bare(one.data)) for one in ledger.steps(city, matter)]
        kept = [
            list(model.objects.filter(city=city, matter_id=matter).values()) for model in (Party, Entry, Key)
        ]
        codes = AccessCode.objects.filter(matter_city=city, matter_id=matter).values("party", "revoked_at")
        index = BlindIndex.objects.filter(city=city, matter_id=matter).values("field", "hash")
        shares = Share.objects.filter(city=city, matter_id=matter).values("unit", "role", "since", "until")
        return {
            "fields": {name: value for name, value in fields.items() if name not in OWN},
            "steps": steps,
            "kept": [sorted((bare(one) for one in rows), key=str) for rows in kept],
            "codes": list(codes),
            "index": sorted(index, key=str),
            "shares": list(shares),
        }


def bare(data: Any) -> Any:
    """The same without ids and ciphertexts."""
    if isinstance(data, dict):
        gone = {"id", "entry", "hash", "matter_id", "sealed", "wrapped", "point", *OWN}
        return {name: bare(value) for name, value in data.items() if name not in gone}
    return [bare(one) for one in data] if isinstance(data, list) else data


def counted(change: Any) -> dict[Any, int]:
    """What a change adds to the tallies of all cities that are written to here."""
    before = [tallies.all_rows(city) for city in (3604, 3610, 3600)]
    change()
    after = [tallies.all_rows(city) for city in (3604, 3610, 3600)]
    grown = {}
    for was, now in zip(before, after, strict=True):
        grown |= {key: n - was.get(key, 0) for key, n in now.items() if n != was.get(key, 0)}
    return grown


def test_in_bulk_and_one_by_one_the_same_reports_leave_the_same_rows(world: "World"):
    now = clock.now()
    given = [
        arriving(world.grid, on_behalf=False),
        arriving(
            world.village,
            "王大爷家的井盖坏了，电话13812345678。",
            on_behalf=False,
            class_code="facility.drain",
        ),
        arriving(
            world.township, reporter=PERSON, parties=(Contact(name="示例乙"),), on_behalf=False, urgent=True
        ),
        arriving("", point=world.point, place="桥头", on_behalf=False, class_code="facility.lighting"),
        arriving(world.foreign_grid, on_behalf=False, answers={"danger": "possible"}),
        arriving("", place="不知道哪里", on_behalf=False),
    ]
    told = [one.report for one in given]
    by_hand, in_bulk = [], []

    def one_by_one() -> None:
        for report in told:
            key = fresh()
            by_hand.append(
                service.intake(actor=Actor(client=f"form:{key}"), report=report, key=key, now=now).matter
            )

    def many() -> None:
        in_bulk.extend(one.matter for one in brought(*given, now=now))

    assert counted(one_by_one) == counted(many) != {}
    for first, second in zip(by_hand, in_bulk, strict=True):
        assert left_by(second) == left_by(first)


def test_a_second_run_adds_nothing_and_other_content_under_a_key_is_told(world: "World"):
    rows = [arriving(world.grid, f"第{n}处路灯不亮。") for n in range(5)]
    first = brought(*rows, batch=2)
    with reading(CLOCK, ids=[one.matter for one in first]):
        before = Matter.objects.count()
    again = brought(*rows)
    assert [replace(one, again=False) for one in again] == first
    assert all(one.again for one in again)
    changed = replace(rows[3], report=replace(rows[3].report, words="不是这件事。"))
    (told,) = brought(changed)
    assert isinstance(told, KeyReusedError)
    with reading(CLOCK, ids=[one.matter for one in first]):
        assert Matter.objects.count() == before


def test_a_key_twice_in_one_batch_makes_one_matter(world: "World"):
    row = arriving(world.grid)
    other = replace(row, report=replace(row.report, words="另一件事。"))
    first, second, third = brought(row, row, other)
    assert (first.matter, first.again, second.again) == (second.matter, False, True)
    assert isinstance(third, KeyReusedError)


def test_keys_of_imports_are_not_forgotten_when_others_are(world: "World"):
    row = arriving(world.grid)
    first = brought(row)[0]
    forget(now=clock.now() + 4 * KEPT)
    assert brought(row)[0] == replace(first, again=True)


def test_bad_rows_tell_all_their_faults_and_the_good_ones_go_in(world: "World"):
    now = clock.now()
    rows = [
        arriving(world.grid),
        arriving("369999", " ", channel="pigeon"),
        arriving(world.grid, class_code="no.such"),
        arriving(world.grid, opened_at=now + timedelta(days=1)),
        arriving(world.grid, opened_at=days_ago(3), ended_at=days_ago(4)),
        arriving("369999"),
        arriving(world.foreign_grid),
    ]
    found = brought(*rows)
    assert added(found) == [True, False, False, False, False, False, True]
    assert [codes(one) for one in found if not isinstance(one, Imported)] == [
        {("words", "no_words"), ("channel", "unknown_channel")},
        {("class_code", "unknown_class")},
        {("opened_at", "in_the_future")},
        {("ended_at", "ends_before_it_begins")},
        {("ground", "unknown_ground")},
    ]


def codes(error: ReportInvalidError) -> set[tuple[str, str]]:
    return {(one["field"], one["code"]) for one in error.details["fields"]}


def test_what_fails_when_it_is_written_takes_no_other_row_along(world: "World"):
    """No partition of the ledger reaches so far, so every row fails, each for itself."""
    far = clock.now() + timedelta(days=3000)
    found = brought(*[arriving(world.grid) for _ in range(5)], now=far)
    assert [one.code for one in found] == ["ledger.no_month"] * 5
    assert all(added(brought(arriving(world.grid))))


def test_a_past_row_ends_at_its_own_time_and_counts_on_its_own_days(world: "World"):
    opened, ended = days_ago(40), days_ago(30)
    row = arriving(world.grid, opened_at=opened, ended_at=ended, class_code="facility.lighting")
    taken: list[Imported] = []
    grown = counted(lambda: taken.extend(brought(row)))
    made = row_of(taken[0].matter)
    assert (made.opened_at, made.ended_at, made.outcome, made.due_at) == (opened, ended, "recorded", None)
    with reading(CLOCK, ids=[made.id]):
        steps = ledger.steps(made.city, made.id)
    assert [(one.name, one.happened_at) for one in steps] == [
        ("received", opened),
        ("opened", opened),
        ("moved", ended),
    ]
    assert all(one.recorded_at > ended + timedelta(days=29) for one in steps)
    at_grid = {(key.measure, key.day): n for key, n in grown.items() if key.ground == world.grid}
    assert at_grid == {("in", opened.date()): 1, ("out", ended.date()): 1, ("end.recorded", ended.date()): 1}


def test_an_open_row_keeps_its_age_and_starts_its_clocks_at_the_import(world: "World"):
    opened, now = days_ago(400), clock.now()
    (taken,) = brought(arriving(world.grid, opened_at=opened), now=now)
    made = row_of(taken.matter)
    assert (made.opened_at, made.entered_at) == (opened, now)
    assert made.due_at is not None and made.due_at > now
    assert made.wake_at is not None and made.wake_at > now
    seen = queries.get(world.cast.receiver, made.id, now=now)
    assert seen.state == "received"


def test_nobody_is_told_and_no_code_is_given_out_unseen(world: "World"):
    before = OutboxRow.objects.count()
    (taken,) = brought(arriving(world.grid, reporter=PERSON))
    assert OutboxRow.objects.count() == before
    assert not AccessCode.objects.filter(matter_id=taken.matter).exists()
    made = row_of(taken.matter)
    assert not made.reachable
    assert [one.has_code for one in queries.people(world.cast.receiver, made.id)] == [False]
    service.reissue_code(actor=world.cast.receiver, matter=made.id, person=0, key=fresh(), now=clock.now())
    assert row_of(made.id).reachable


def test_a_point_outside_its_ground_is_dropped_with_one_warning(world: "World"):
    lon, lat = world.point
    points = [(lon, lat), (100.0, 20.0), (lat, lon), world.middle(world.other_grid)]
    found = brought(*[arriving(world.village, point=one) for one in points])
    assert [one.warnings for one in found] == [(), *[("point_outside",)] * 3]
    rows = [row_of(one.matter) for one in found]
    assert [(row.scope, row.lon is None) for row in rows] == [
        (world.grid, False),
        *[(world.village, True)] * 3,
    ]


def test_every_step_names_the_import_it_came_by(world: "World"):
    (taken,) = brought(arriving(world.grid))
    with reading(CLOCK, ids=[taken.matter]):
        steps = ledger.steps(taken.city, taken.matter)
    assert {(one.client, one.account) for one in steps} == {("import:test", None)}
    with pytest.raises(InvalidError):
        list(service.import_many(source="no such source", rows=[], clock=clock.now))


def test_a_source_key_is_kept_only_as_its_hash(world: "World"):
    from gantang.kit.models import IdempotencyKey

    row = replace(arriving(world.grid), key="13912345678")
    brought(row)
    kept = IdempotencyKey.objects.filter(client="import:test").values_list("key", "ref")
    assert kept and not any("13912345678" in f"{key} {ref}" for key, ref in kept)


def test_a_row_more_on_ground_of_its_own_asks_the_database_no_more(world: "World"):
    grids = [one.code for one in territory.grids(world.county)]
    assert len(grids) > 4

    def asked(*places: str) -> int:
        lookup.forget()
        with CaptureQueriesContext(connection) as seen:
            brought(*(arriving(place) for place in places))
        return len(seen)

    asked(*grids)  # whom the units of all of them have
    assert asked(*grids[1:3]) == asked(*grids[3:])
