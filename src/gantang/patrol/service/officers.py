"""Posts that serve on the lake, with what they are qualified for and when they do not serve."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.work import Work, work
from gantang.patrol import errors
from gantang.patrol.models import Officer
from gantang.patrol.service.common import added, mint, own, record
from gantang.patrol.sight import must_run, seeing
from gantang.patrol.wording import SKILLS
from gantang.posts import queries as posts

_LEAVE = 62


def set_officer(
    *, actor: Actor, post: int, ground: str, skills: Sequence[str], leave: Sequence[date] = (), now: datetime
) -> UUID:
    """A post that somebody holds serves on a ground, with these qualifications, not on these days; again
    corrects it. Another holder is another officer: qualifications are nobody else's. Errors: EntryError,
    NotRunnerError; UnknownError for no such post."""
    must_run(actor, ground)
    unit = posts.post(post).unit
    account = posts.holders(unit, now.date()).get(post)
    if account is None:
        raise errors.wrong("vacant")
    if strange := sorted(set(skills) - set(SKILLS)):
        raise errors.wrong("skill", strange[0])
    days = sorted({one.isoformat() for one in leave if one >= now.date()})[:_LEAVE]
    said = {"skills": sorted(set(skills)), "leave": days}
    with work(seeing(actor)) as w:
        row = Officer.objects.filter(post=post, valid_to=None).first()
        if row is not None and (row.account, row.ground) == (account, ground):
            row = own(w, actor, Officer, row.id)
            row.skills, row.leave = said["skills"], said["leave"]
            w.change(row, ["skills", "leave"])
            record(w, row, "officer_set", {"post": post, **said}, now)
            return row.id
        if row is not None:
            _end(own(w, actor, Officer, row.id), w, now)
            w.flush()
        row = Officer(id=mint(ground, now), ground=ground, post=post, account=account, unit=unit, **said)
        added(w, row, "officer_set", {"post": post, **said}, now)
    return row.id


def end_officer(*, actor: Actor, officer: UUID, now: datetime) -> None:
    """It serves no longer. Errors: NoneSuchError, NotRunnerError, StateError."""
    with work(seeing(actor)) as w:
        row = own(w, actor, Officer, officer)
        if row.valid_to is not None:
            raise errors.StateError
        _end(row, w, now)


def _end(row: Officer, w: Work, now: datetime) -> None:
    row.valid_to = now.date()
    w.change(row, ["valid_to"], valid_to=None)
    record(w, row, "officer_ended", {"post": row.post}, now)
