"""A legal hold: what it keeps is not erased, by its term or at a person's request, until somebody lifts it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from gantang.cli import program
from gantang.faces import vocabulary
from gantang.kit import clock, keys, numbers
from gantang.kit.actor import SYSTEM
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import queries, service
from gantang.matters.errors import (
    LegalHoldError,
    LegalHoldInvalidError,
    MatterNotFoundError,
    NoLegalHoldError,
)
from gantang.matters.types import LEGAL_HOLD_REASONS
from tests.matters import paths
from tests.matters.acting import Course, fresh, row_of
from tests.matters.test_retention import aged, ended
from tests.matters.test_subject import course as told_by
from tests.matters.test_subject import mended

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def hold(
    course: Course, actor: Any, *, at: datetime | None = None, days: int = 30, reason: str = "proceedings"
) -> None:
    now = at or clock.now()
    review_on = now.astimezone(clock.ZONE).date() + timedelta(days=days)
    service.place_legal_hold(
        actor=actor, matter=course.id, reason=reason, review_on=review_on, key=fresh(), now=now
    )


def lift(course: Course, actor: Any) -> None:
    service.lift_legal_hold(actor=actor, matter=course.id, key=fresh(), now=clock.now())


def steps_of(course: Course) -> list[Any]:
    with reading(SYSTEM, ids=[course.id]):
        return ledger.steps(keys.city_of(course.id), course.id)


def test_what_is_held_is_not_erased_by_its_term_until_it_is_lifted(world: "World") -> None:
    course = ended(world)
    hold(course, world.cast.supervisor)
    now = aged(course, 6)
    assert service.forget_due(now=now) == 0 and row_of(course.id).erased_at is None
    (kept,) = [one for one in queries.held_back(now) if one.number == row_of(course.id).number]
    assert kept.hold.reason == "proceedings"
    lift(course, world.cast.supervisor)
    assert list(queries.held_back(now)) == []
    assert service.forget_due(now=now) == 1 and row_of(course.id).erased_at is not None


def test_the_day_of_review_lifts_nothing_by_itself(world: "World") -> None:
    course = ended(world)
    hold(course, world.cast.supervisor, days=1)
    aged(course, 6)
    later = clock.now() + timedelta(days=400)
    assert service.forget_due(now=later) == 0
    (kept,) = queries.held_back(later)
    assert kept.hold.review_on < later.date()


def test_nothing_is_deleted_at_a_person_s_request_while_it_is_held_and_what_is_wrong_is_corrected(
    world: "World",
) -> None:
    one = told_by(world)
    hold(one, world.cast.leader)
    with pytest.raises(LegalHoldError):
        mended(world, one, value="")
    mended(world, one)
    lift(one, world.cast.county_leader)
    mended(world, one, field="email", value="")


def test_only_whoever_leads_or_supervises_places_and_lifts_it(world: "World") -> None:
    course = paths.begun(world)
    for name in ("receiver", "dispatcher", "county_receiver"):
        with pytest.raises(ForbiddenError):
            hold(course, getattr(world.cast, name))
        assert queries.legal_hold(getattr(world.cast, name), course.id) == (None, False)
    with pytest.raises(MatterNotFoundError):
        hold(course, world.cast.neighbour)
    hold(course, world.cast.leader)
    with pytest.raises(ForbiddenError):
        lift(course, world.cast.receiver)
    found, may = queries.legal_hold(world.cast.supervisor, course.id)
    assert found is not None and may


def test_it_has_a_reason_of_the_list_and_a_day_to_come_and_is_lifted_once(world: "World") -> None:
    course, actor = paths.begun(world), world.cast.supervisor
    for wrong in ({"reason": "because"}, {"days": 0}, {"days": -1}):
        with pytest.raises(LegalHoldInvalidError):
            hold(course, actor, **wrong)
    with pytest.raises(NoLegalHoldError):
        lift(course, actor)
    hold(course, actor)
    hold(course, actor, days=60, reason="archive")
    found, _may = queries.legal_hold(actor, course.id)
    assert found is not None and found.reason == "archive", "the day of review is put off by placing it again"
    lift(course, actor)
    with pytest.raises(NoLegalHoldError):
        lift(course, actor)
    assert set(vocabulary.LEGAL_HOLD) == set(LEGAL_HOLD_REASONS)


def test_nothing_is_held_that_is_erased_already(world: "World") -> None:
    course = ended(world)
    assert service.forget_due(now=aged(course, 6)) == 1
    with pytest.raises(LegalHoldInvalidError):
        hold(course, world.cast.supervisor)


def test_both_acts_stand_on_the_ledger_and_a_rebuild_gives_the_same(world: "World") -> None:
    course = paths.begun(world)
    hold(course, world.cast.supervisor)
    named = [(one.name, one.account) for one in steps_of(course)][-1]
    assert named == ("legal_hold_placed", world.cast.supervisor.account)
    assert row_of(course.id).legal_hold_until is not None
    rebuilt = service.rebuild(now=clock.now())
    assert rebuilt.sound and rebuilt.matters > 0
    lift(course, world.cast.supervisor)
    assert [one.name for one in steps_of(course)][-1] == "legal_hold_lifted"
    assert row_of(course.id).legal_hold_until is None


def test_the_command_says_what_it_skipped_and_why(world: "World") -> None:
    course = ended(world)
    hold(course, world.cast.supervisor, reason="inquiry")
    aged(course, 6)
    for words in (["--dry-run"], []):
        told = CliRunner().invoke(program(), ["retention", "run", *words])
        assert told.exit_code == 0, told.output
        number = numbers.show(row_of(course.id).number)
        assert f"skipped, legal hold: {number}  inquiry" in told.output
        assert "past their term but held: 1" in told.output
    assert row_of(course.id).erased_at is None


def test_the_matter_page_places_shows_and_lifts_it(world: "World") -> None:
    from tests.doors.table import TABLE
    from tests.doors.test_permissions import client_of

    course = paths.begun(world)
    row = next(one for one in TABLE if one.route.endswith("legal-hold/"))
    client, _token = client_of(world, row, "supervisor")
    address = f"/desk/matters/{row_of(course.id).number}/"
    review_on = (clock.now() + timedelta(days=30)).date().isoformat()
    assert "暂停删除个人信息" in client.get(address).content.decode()
    given = {"reason": "archive", "review_on": review_on, "key": fresh()}
    assert client.post(address + "legal-hold/", given).status_code == 302
    page = client.get(address).content.decode()
    assert "档案鉴定还没有做完" in page and "恢复按期删除" in page
    given = {"reason": "archive", "review_on": "", "key": fresh()}
    assert client.post(address + "legal-hold/", given).status_code == 422
    assert client.post(address + "legal-hold/", {"lift": "yes", "key": fresh()}).status_code == 302
    assert "恢复按期删除</button>" not in client.get(address).content.decode()


def test_a_matter_that_another_city_takes_over_is_held_there_and_no_longer_here(world: "World") -> None:
    course = paths.begun(world)
    hold(course, world.cast.supervisor, reason="archive")
    course.by(world.cast.receiver, "move_away", ground=world.foreign_township, children="carry")
    _actor, made = service.open_by_code(course.receipt.access_code or "")
    with reading(SYSTEM, ids=[made]):
        assert [one.name for one in ledger.steps(keys.city_of(made), made)][-1] == "legal_hold_placed"
    assert row_of(made).legal_hold_until is not None
    assert row_of(course.id).legal_hold_until is None
