"""An exam: drawn by a kept seed, resumed, handed in once, so often a year, certified when passed."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.engine import Words
from gantang.kit import keys
from gantang.kit.actor import SYSTEM
from gantang.kit.errors import KeyReusedError
from gantang.kit.work import reading
from gantang.learning import errors, queries, service
from gantang.learning.models import Attempt, Certificate
from gantang.learning.rules import drawing
from gantang.ledger import queries as ledger
from tests.learning.school import COURSE, NOW, OPTIONS, answers, open_course, sit

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


# --- drawing ------------------------------------------------------------------------------------------


def test_the_same_seed_draws_the_same_questions_and_another_seed_others():
    bank = range(1, 41)
    assert drawing.drawn(7, bank, 10) == drawing.drawn(7, reversed(bank), 10)
    assert len({tuple(drawing.drawn(seed, bank, 10)) for seed in range(50)}) == 50


def test_every_question_is_drawn_about_as_often():
    many = [one for seed in range(4000) for one in drawing.drawn(seed, range(10), 3)]
    assert all(1050 < many.count(one) < 1350 for one in range(10))  # 1200 expected, σ about 29


def test_only_a_whole_answer_counts():
    key = {1: frozenset({0, 2}), 2: frozenset({1})}
    assert drawing.right_of(key, {1: frozenset({0}), 2: frozenset({1})}) == 1
    assert drawing.right_of(key, {1: frozenset({0, 1, 2}), 2: frozenset({1})}) == 1
    assert drawing.right_of(key, {1: frozenset({2, 0}), 2: frozenset({1})}) == 2


# --- sitting ------------------------------------------------------------------------------------------


def test_what_was_drawn_follows_from_the_seed_that_is_kept(course: int, world: "World"):
    exam = service.begin(actor=world.cast.receiver, course=course, now=NOW)
    row = Attempt.objects.get(pk=exam)
    bank = [one.id for one in queries.bank(world.cast.admin, course)]
    assert row.drawn == drawing.drawn(row.seed, bank, 3)


def test_whoever_sits_it_is_not_told_what_is_right(course: int, world: "World"):
    exam = service.begin(actor=world.cast.receiver, course=course, now=NOW)
    assert all(one.right == frozenset() for one in queries.exam(world.cast.receiver, exam).questions)


def test_an_exam_that_is_open_is_gone_on_with(course: int, world: "World"):
    who = world.cast.receiver
    first = service.begin(actor=who, course=course, now=NOW)
    asked = queries.exam(who, first).questions
    assert service.begin(actor=who, course=course, now=NOW + timedelta(days=3)) == first
    assert queries.exam(who, first).questions == asked
    assert queries.sat(who, course, year=NOW.year) == (1, first)


def test_an_exam_that_is_open_keeps_a_question_that_is_used_no_longer(course: int, world: "World"):
    who = world.cast.receiver
    exam = service.begin(actor=who, course=course, now=NOW)
    gone = queries.exam(who, exam).questions[0].id
    service.end_question(actor=world.cast.admin, course=course, question=gone, now=NOW)
    assert service.submit(actor=who, exam=exam, given=answers(who, exam, 3), now=NOW)


def test_it_is_passed_from_the_pass_mark_on(course: int, world: "World"):
    assert not sit(world.cast.receiver, course, 1)
    assert sit(world.cast.receiver, course, 2)


def test_a_pass_is_certified_and_counts_its_hours_and_a_fail_does_not(course: int, world: "World"):
    sit(world.cast.receiver, course, 1)
    assert queries.mine(world.cast.receiver) == []
    sit(world.cast.receiver, course, 3)
    (one,) = queries.mine(world.cast.receiver, on=NOW.date())
    assert one.state == "valid" and queries.check(one.code, on=NOW.date()).state == "valid"
    assert sorted(Attempt.objects.values_list("passed", "hours")) == [(False, 0), (True, 8)]


def test_an_exam_is_handed_in_once(course: int, world: "World"):
    who = world.cast.receiver
    exam = service.begin(actor=who, course=course, now=NOW)
    given = answers(who, exam, 3)
    assert service.submit(actor=who, exam=exam, given=given, now=NOW)
    assert service.submit(actor=who, exam=exam, given=given, now=NOW)
    with pytest.raises(errors.ClosedError):
        service.submit(actor=who, exam=exam, given=answers(who, exam, 0), now=NOW)
    assert Certificate.objects.count() == 1


def test_every_question_has_to_be_answered_with_one_of_its_options(course: int, world: "World"):
    who = world.cast.receiver
    exam = service.begin(actor=who, course=course, now=NOW)
    given = dict(answers(who, exam, 3))
    some = next(iter(given))
    for wrong in ({}, {some: frozenset({0})}, {**given, some: frozenset({9})}, {**given, some: frozenset()}):
        with pytest.raises(errors.AnswersError):
            service.submit(actor=who, exam=exam, given=wrong, now=NOW)


def test_attempts_are_bounded_by_year(course: int, world: "World"):
    who = world.cast.receiver
    for _turn in range(COURSE.attempts):
        assert not sit(who, course, 0)
    with pytest.raises(errors.SpentError):
        service.begin(actor=who, course=course, now=NOW)
    assert sit(who, course, 3, now=NOW.replace(year=NOW.year + 1, month=1, day=1, hour=0))


def test_no_exam_is_sat_while_the_certificate_is_in_force_for_long(course: int, world: "World"):
    who = world.cast.receiver
    sit(who, course)
    with pytest.raises(errors.HeldError):
        service.begin(actor=who, course=course, now=NOW.replace(year=2027, month=2, day=14))
    assert service.begin(actor=who, course=course, now=NOW.replace(year=2027, month=2, day=15))


def test_a_bank_with_less_than_an_exam_draws_gives_none(world: "World"):
    course = open_course(world, questions=2)
    with pytest.raises(errors.FewQuestionsError):
        service.begin(actor=world.cast.receiver, course=course, now=NOW)


# --- whose --------------------------------------------------------------------------------------------


def test_a_course_is_for_the_posts_of_its_ground_alone(course: int, world: "World"):
    assert [one.id for one in queries.courses(world.cast.grid_worker)] == [course]
    assert queries.courses(world.cast.foreigner) == []
    for ask in (service.begin, lambda actor, course, now: queries.course(actor, course)):
        with pytest.raises(errors.NoCourseError):
            ask(actor=world.cast.foreigner, course=course, now=NOW)


def test_an_exam_is_seen_and_handed_in_by_whoever_began_it_alone(course: int, world: "World"):
    exam = service.begin(actor=world.cast.receiver, course=course, now=NOW)
    given = answers(world.cast.receiver, exam, 3)
    for who in (world.cast.leader, world.cast.admin):
        with pytest.raises(errors.NoExamError):
            queries.exam(who, exam)
        with pytest.raises(errors.NoExamError):
            service.submit(actor=who, exam=exam, given=given, now=NOW)


def test_courses_are_run_by_administering_posts_of_their_ground_alone(course: int, world: "World"):
    other = replace(world.cast.foreigner, admin=True)
    for who in (world.cast.county_leader, other):
        with pytest.raises(errors.NotRunnerError):
            service.end_course(actor=who, course=course, now=NOW)
    with pytest.raises(errors.NoCourseError):
        queries.bank(other, course)


def test_a_course_that_ended_is_not_begun(course: int, world: "World"):
    service.end_course(actor=world.cast.admin, course=course, now=NOW)
    with pytest.raises(errors.NoCourseError):
        service.begin(actor=world.cast.receiver, course=course, now=NOW)
    assert queries.run(world.cast.admin)[0].ended


# --- the bank -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "right"),
    [
        (("一",), {0}),
        (("一", "一"), {0}),
        (("一", ""), {0}),
        (("一", "二"), set()),
        (("一", "二"), {0, 1}),
        (("一", "二"), {2}),
        (tuple("一二三四五六七"), {0}),
    ],
)
def test_a_question_has_closed_answers_some_right_and_some_not(
    course: int, world: "World", options: tuple[str, ...], right: set[int]
):
    with pytest.raises(errors.EntryError):
        service.add_question(
            actor=world.cast.admin,
            course=course,
            text="示例",
            options=options,
            right=frozenset(right),
            key="wrong",
            now=NOW,
        )


def test_a_question_sent_twice_is_in_the_bank_once(course: int, world: "World"):
    given = {"actor": world.cast.admin, "course": course, "options": OPTIONS, "right": frozenset({1})}
    first = service.add_question(**given, text="示例", key="again", now=NOW)
    assert service.add_question(**given, text="示例", key="again", now=NOW) == first
    with pytest.raises(KeyReusedError):
        service.add_question(**given, text="另一题", key="again", now=NOW)
    assert len(queries.bank(world.cast.admin, course)) == 6


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "Literate"},
        {"title": Words("", "x")},
        {"needed": 4},
        {"needed": 0},
        {"months": 0},
        {"attempts": 0},
        {"hours": 201},
    ],
)
def test_a_course_that_nobody_could_pass_or_name_is_refused(world: "World", wrong: dict[str, object]):
    with pytest.raises(errors.EntryError):
        service.set_course(actor=world.cast.admin, course=replace(COURSE, **wrong), now=NOW)


def test_the_ledger_tells_begun_and_closed_and_no_answer(course: int, world: "World"):
    exam = service.begin(actor=world.cast.receiver, course=course, now=NOW)
    service.submit(actor=world.cast.receiver, exam=exam, given=answers(world.cast.receiver, exam, 3), now=NOW)
    with reading(SYSTEM, ids=[exam]):
        steps = ledger.steps(keys.city_of(exam), exam)
    assert [one.name for one in steps] == ["exam.begun", "exam.closed"]
    assert [set(one.data) for one in steps] == [{"course", "post"}, {"passed"}]
