"""The monthly form of mediation: filled from what was done, each dispute once, for whoever sees the whole ground."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock
from gantang.kit.errors import ForbiddenError
from gantang.matters import queries, service
from gantang.matters.rules.monthly import added, figures, periods
from gantang.matters.types import Contact, Figures
from gantang.tallies import queries as tallies
from tests.matters.acting import Course, fresh, told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
NEIGHBOUR, WAGE = "dispute.neighbour", "dispute.wage"
TEXTS = dict.fromkeys(("main_facts", "disputed_points", "liability", "terms", "performance"), "示例")


def begun(world: "World", klass: str, start: str, now: datetime) -> Course:
    """A dispute that everybody wants mediated, being mediated."""
    course = Course(told(world.grid, "示例：为工钱争起来了。", class_code=klass, now=now), now)
    accepted = {"class": klass, "start": start, "facts": "clear", "relation": "clear", "scale": "individual"}
    course.by(world.cast.receiver, "accept", **accepted)
    course.by(world.cast.dispatcher, "route_simple", committee="township", track="simple")
    mediator = world.cast.mediator
    other = service.add_party(
        actor=mediator, matter=course.id, contact=Contact(name="示例乙"), key=fresh(), now=course.now
    )
    for actor, person, evidence in (
        (service.open_by_code(course.receipt.access_code or "")[0], None, ""),
        (mediator, other, "in_person"),
    ):
        service.say_willing(
            actor=actor,
            matter=course.id,
            willing=True,
            person=person,
            evidence=evidence,
            key=fresh(),
            now=course.now,
        )
    course.by(mediator, "begin", **({} if klass != "dispute.school" else {"guardian": "present"}))
    return course


def test_the_form_counts_acceptance_agreement_money_and_performance_each_once(world: "World"):
    now = clock.now()
    one = begun(world, NEIGHBOUR, "applied", now)
    one.by(world.cast.mediator, "agree", form="written", term="at_once", amount=320_000, **TEXTS)
    one.by(world.cast.mediator, "perform", proof="receipt")
    one.by(world.cast.verifier, "visit", visit_way="call", visit_result="performed", prevented="crime")
    begun(world, WAGE, "own_motion", now)
    form = queries.monthly(world.cast.county_leader, ground=world.county, month=now.date())
    assert {line.class_code: (line.now.accepted, line.now.agreed) for line in form.lines} == {
        NEIGHBOUR: (1, 1),
        WAGE: (1, 0),
    }
    assert form.total.now == Figures(
        accepted=2, own_motion=1, applied=1, agreed=1, fen=320_000, performed=1, crime=1
    )
    assert (form.total.now.rate, form.total.now.yuan) == (0.5, 3200.0)
    assert form.total.before == form.total.year_before == Figures()


def test_what_is_agreed_anew_replaces_what_was_agreed_and_is_not_added_to_it(world: "World"):
    now = clock.now()
    course = begun(world, NEIGHBOUR, "applied", now)
    mediator = world.cast.mediator
    course.by(mediator, "agree", form="written", term="at_once", amount=500_000, **TEXTS)
    course.by(mediator, "perform", proof="receipt")
    course.by(world.cast.verifier, "visit", visit_way="call", visit_result="performed", prevented="none")
    course.by_reporter("ask_reopen", objection="示例：钱没给。")
    course.by(world.cast.supervisor, "reopen", redo_ground="new_facts")
    course.by(world.cast.dispatcher, "route_simple", committee="township", track="simple")
    course.by(mediator, "begin")
    oral = {name: TEXTS[name] for name in ("main_facts", "terms", "performance")}
    course.by(mediator, "agree_oral", form="oral", term="at_once", amount=400_000, **oral)
    found = queries.monthly(world.cast.county_leader, ground=world.county, month=now.date()).total.now
    assert (found.accepted, found.agreed, found.oral, found.fen) == (1, 1, 1, 400_000)
    assert service.rebuild(now=course.now + timedelta(minutes=1)).sound


def test_it_is_the_same_on_every_ground_that_holds_it_and_nothing_elsewhere(world: "World"):
    now = clock.now()
    begun(world, NEIGHBOUR, "entrusted", now)
    leaders = {
        world.township: world.cast.leader,
        "3604": world.cast.city_leader,
        "36": world.cast.province_leader,
    }
    for ground, actor in leaders.items():
        assert queries.monthly(actor, ground=ground, month=now.date()).total.now.entrusted == 1
    other = queries.monthly(world.cast.city_leader, ground=world.other_township, month=now.date())
    assert other.total.now == Figures()


def test_whoever_does_not_see_the_whole_ground_gets_no_figures(world: "World"):
    for actor, ground in (
        (world.cast.leader, world.county),
        (world.cast.foreigner, world.county),
        (world.cast.mediator, world.township),
    ):
        with pytest.raises(ForbiddenError):
            queries.monthly(actor, ground=ground, month=clock.now().date())


def test_other_kinds_of_work_are_not_in_it(world: "World"):
    told(world.grid)
    form = queries.monthly(world.cast.county_leader, ground=world.county, month=clock.now().date())
    assert (form.lines, form.total.now) == ((), Figures())
    assert tallies.total("in", ground=world.county) == 1


def test_the_periods_are_the_month_the_one_before_and_a_year_before():
    assert periods(date(2026, 3, 17)) == (
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2025, 3, 1), date(2025, 3, 31)),
    )


def test_a_rate_without_acceptances_is_no_rate():
    assert figures({}).rate is None
    assert added([Figures(accepted=3, agreed=1), Figures(accepted=1, agreed=1)]).rate == 0.5
