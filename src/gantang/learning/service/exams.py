"""An exam: drawn by a seed that is kept, resumed until it is handed in, passed or not, so often a year."""

import secrets
from datetime import datetime
from uuid import UUID

from gantang.kit import clock, keys
from gantang.kit.actor import Actor
from gantang.kit.work import Work, work
from gantang.learning import errors
from gantang.learning.models import Attempt, Certificate, Course, Question
from gantang.learning.queries.courses import open_to
from gantang.learning.rules import drawing, lasting
from gantang.learning.service.certificates import issue_to_account
from gantang.learning.service.common import learner, record_exam
from gantang.learning.types import RENEWED, Given


def begin(*, actor: Actor, course: int, now: datetime) -> UUID:
    """Begin an exam of a course that is open to the actor's post; one that is open is gone on with.

    The course's row is locked while attempts are counted. Errors: NoPostError, NoCourseError,
    FewQuestionsError, HeldError, SpentError.
    """
    account, post, ground = learner(actor)
    with work(actor) as w:
        row = Course.objects.select_for_update().filter(pk=course).first()
        if row is None or not open_to(row, ground):
            raise errors.NoCourseError
        mine = Attempt.objects.filter(course=row, account=account)
        if (standing := mine.filter(closed_at=None).first()) is not None:
            return standing.id
        _may_sit(row, account, now)
        made = _drawn(row, (account, post, ground), now)
        w.add(made)
        record_exam(w, made.id, "begun", {"course": row.code, "post": post}, now)
    return made.id


def submit(*, actor: Actor, exam: UUID, given: Given, now: datetime) -> bool:
    """Hand an exam in, once; whether it is passed. The same answers again change nothing.

    Whoever passes gets the certificate in the same act. Errors: NoPostError, NoExamError, AnswersError,
    ClosedError.
    """
    account, _post, ground = learner(actor)
    answers = {str(one): sorted(chosen) for one, chosen in given.items()}
    with work(actor) as w:
        row = Attempt.objects.select_for_update(of=("self",)).select_related("course").filter(pk=exam).first()
        if row is None or row.account != account:
            raise errors.NoExamError
        if row.closed_at is not None:
            if row.given != answers:
                raise errors.ClosedError
            return bool(row.passed)
        _close(w, row, given, now)
        if row.passed:
            issue_to_account(w, row, ground, now)
    return bool(row.passed)


def _may_sit(row: Course, account: int, now: datetime) -> None:
    today = now.astimezone(clock.ZONE).date()
    for one in Certificate.objects.filter(course=row, account=account):
        in_force = lasting.state(one.lapses_on, one.removed_on, today) == "valid"
        if in_force and not lasting.renewable(one.lapses_on, today, RENEWED):
            raise errors.HeldError
    if _sat(row, account, today.year) >= row.attempts:
        raise errors.SpentError


def _sat(row: Course, account: int, year: int) -> int:
    since, until = (datetime(each, 1, 1, tzinfo=clock.ZONE) for each in (year, year + 1))
    return Attempt.objects.filter(
        course=row, account=account, begun_at__gte=since, begun_at__lt=until
    ).count()


def _drawn(row: Course, who: tuple[int, int, str], now: datetime) -> Attempt:
    account, post, ground = who
    bank = list(Question.objects.filter(course=row, ended_on=None).values_list("id", flat=True))
    if len(bank) < row.draws:
        raise errors.FewQuestionsError
    seed = secrets.randbits(62)
    return Attempt(
        id=keys.mint(keys.city_on(ground), now),
        course=row,
        post=post,
        account=account,
        seed=seed,
        drawn=drawing.drawn(seed, bank, row.draws),
        needed=row.needed,
        begun_at=now,
    )


def _close(w: Work, row: Attempt, given: Given, now: datetime) -> None:
    asked = Question.objects.in_bulk(row.drawn)
    if set(given) != set(asked) or any(
        not chosen or not chosen <= frozenset(range(len(asked[one].options))) for one, chosen in given.items()
    ):
        raise errors.AnswersError
    row.given = {str(one): sorted(chosen) for one, chosen in given.items()}
    row.right = drawing.right_of({one: frozenset(each.right) for one, each in asked.items()}, given)
    row.passed, row.closed_at = row.right >= row.needed, now
    row.hours = row.course.hours if row.passed else 0
    w.change(row, ["given", "right", "passed", "closed_at", "hours"], closed_at=None)
    record_exam(w, row.id, "closed", {"passed": row.passed}, now)
