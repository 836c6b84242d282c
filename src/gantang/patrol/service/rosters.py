"""A roster: asked for by one, made by the worker, issued by another, or taken back."""

from collections.abc import Callable, Iterable
from dataclasses import astuple
from datetime import date, datetime, time, timedelta
from uuid import UUID

from gantang.kit import clock
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import ConflictError
from gantang.kit.once import once
from gantang.kit.work import Work, reading, work
from gantang.patrol import errors, wording
from gantang.patrol.models import Crew, Officer, Point, Roster, Shift
from gantang.patrol.rules import judging
from gantang.patrol.rules.asking import KINDS, plan_for
from gantang.patrol.rules.keeping import packed, unpacked
from gantang.patrol.rules.plan import Duty, Plan
from gantang.patrol.rules.reading import PlanFaultError, plan_of
from gantang.patrol.service.common import added, mint, own, record
from gantang.patrol.service.looking import look
from gantang.patrol.sight import must_run, seeing
from gantang.patrol.solving import solve
from gantang.patrol.types import NewRoster, Solved
from gantang.posts import queries as posts
from gantang.territory import queries as territory

_MOST_DAYS, _MOST_CREW, _BEFORE = 31, 20, timedelta(days=14)
_WORKER = Actor(client=SYSTEM.client, admin=True)


def ask(*, actor: Actor, roster: NewRoster, key: str, now: datetime) -> UUID:
    """Ask for a roster of a ground's points by its officers; the worker makes it. The same key is one roster.
    Errors: EntryError, PlanError, NotRunnerError, KeyReusedError."""
    must_run(actor, roster.ground)
    _check(roster, now)
    asked = {"ground": roster.ground, "first": roster.first.isoformat(), "days": roster.days}
    figures = [roster.number, roster.helm, roster.mixed, roster.rest, roster.run, roster.most]
    body = {**asked, "points": [str(one) for one in roster.points], "figures": figures}
    body["other"] = [[str(part) for part in astuple(one)] for one in roster.other]
    with work(seeing(actor)) as w:
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return UUID(claim.ref["id"])
        row = Roster(
            id=mint(roster.ground, now),
            ground=roster.ground,
            first=roster.first,
            days=roster.days,
            plan=_plan(roster, now),
            asked_by=actor.account,
            asked_at=now,
        )
        added(w, row, "roster_asked", asked, now)
        claim.keep(201, {"id": str(row.id)})
    return row.id


def make_due(*, clock: Callable[[], datetime]) -> int:
    """Make the rosters that were asked for, the oldest first; how many. Nothing is locked while it is
    looked for one. Where OR-Tools is not installed the roster says so."""
    with reading(seeing(_WORKER)):
        due = list(Roster.objects.filter(state=Roster.ORDERED).order_by("id").values_list("id", "plan")[:20])
    for number, plan in due:
        try:
            found = solve(plan_of(plan))
        except errors.NoExtraError:
            found = Solved("no_extra")
        _make(number, found, clock())
    return len(due)


def enter(*, actor: Actor, roster: UUID, duties: Iterable[Duty], now: datetime) -> None:
    """A roster made elsewhere, by hand or by the command, for a plan that was asked for; it keeps every rule.
    Errors: NoneSuchError, NotRunnerError, StateError; BrokenError names the first rule that it breaks."""
    with work(seeing(actor)) as w:
        row = own(w, actor, Roster, roster)
        if row.state not in (Roster.ORDERED, Roster.NONE, Roster.UNKNOWN):
            raise errors.StateError
        plan, kept = plan_of(row.plan), tuple(sorted(set(duties)))
        if broken := judging.breaches(plan, kept):
            raise errors.BrokenError(details={"what": wording.breach_words(plan, broken[0])})
        was, row.state, row.made_at = row.state, Roster.MADE, now
        row.found = packed(Solved("found", kept, judging.cost(plan, kept)))
        w.change(row, ["state", "found", "made_at"], state=was)
        record(w, row, "roster_entered", {"shifts": len(kept)}, now)


def issue(*, actor: Actor, roster: UUID, now: datetime) -> int:
    """Issue a roster that was made; how many shifts it has. It is checked once more, without the solver.
    Errors: NoneSuchError, NotRunnerError, SamePersonError, StateError, StaleError."""
    with work(seeing(actor)) as w:
        row = own(w, actor, Roster, roster)
        if row.state != Roster.MADE or row.found is None:
            raise errors.StateError
        if row.asked_by is not None and row.asked_by == actor.account:
            raise errors.SamePersonError
        plan, found = plan_of(row.plan), unpacked(row.found)
        _check_fresh(row, plan, found, now)
        row.state, row.issued_by, row.issued_at = Roster.ISSUED, actor.account, now
        w.change(row, ["state", "issued_by", "issued_at"], state=Roster.MADE)
        shifts = _shifts(w, row, plan, found, now)
        record(w, row, "roster_issued", {"shifts": len(shifts)}, now)
        w.flush()
        look(w, shifts, now)
    return len(shifts)


def withdraw(*, actor: Actor, roster: UUID, now: datetime) -> None:
    """Take back a roster that is not issued. Errors: NoneSuchError, NotRunnerError, StateError."""
    with work(seeing(actor)) as w:
        row = own(w, actor, Roster, roster)
        if row.state in (Roster.ISSUED, Roster.WITHDRAWN):
            raise errors.StateError
        was, row.state = row.state, Roster.WITHDRAWN
        w.change(row, ["state"], state=was)
        record(w, row, "roster_withdrawn", {}, now)


def _make(number: UUID, found: Solved, now: datetime) -> None:
    """Keep what the search came to, unless the roster was taken back or made meanwhile."""
    to = {"optimal": Roster.MADE, "found": Roster.MADE, "none": Roster.NONE}.get(found.state, Roster.UNKNOWN)
    try:
        with work(seeing(_WORKER)) as w:
            row = own(w, _WORKER, Roster, number)
            row.state, row.found, row.made_at = to, packed(found), now
            w.change(row, ["state", "found", "made_at"], state=Roster.ORDERED)
            data = {"state": found.state, "shifts": len(found.duties), "cost": found.cost}
            record(w, row, "roster_made", data, now)
    except ConflictError:
        return


def _check(roster: NewRoster, now: datetime) -> None:
    if not territory.exists(roster.ground, now.date()):
        raise errors.wrong("ground", roster.ground)
    if not (now.date() < roster.first <= now.date() + timedelta(days=365) and 1 <= roster.days <= _MOST_DAYS):
        raise errors.wrong("period")
    if not (1 <= roster.number <= _MOST_CREW and roster.points):
        raise errors.wrong("crewless")
    last = roster.first + timedelta(days=roster.days - 1)
    for number, one in enumerate(roster.other, 1):
        known = one.point in (None, *roster.points) and one.kind in ("", *KINDS)
        timely = one.on is None or roster.first <= one.on <= last
        counted = all(0 <= many <= _MOST_CREW for many in (one.number, one.helm or 0, one.mixed or 0))
        if not (known and timely and counted):
            raise errors.wrong("demand", number)


def _plan(roster: NewRoster, now: datetime) -> dict[str, object]:
    points = Point.objects.filter(pk__in=roster.points, ground__startswith=roster.ground, valid_to=None)
    officers = [
        {"post": one.post, "agency": f"unit:{one.unit}", "skills": one.skills, "leave": one.leave}
        for one in serving(roster.ground, now.date())
    ]
    if points.count() != len(set(roster.points)) or not officers:
        raise errors.wrong("crewless")
    said = plan_for(roster, officers, _before(roster.first, {int(str(one["post"])) for one in officers}))
    if not said["needs"]:
        raise errors.wrong("crewless")
    try:
        plan_of(said)
    except PlanFaultError as fault:
        raise errors.bad_plan(fault.what, fault.place) from None
    return said


def serving(ground: str, on: date) -> list[Officer]:
    """The officers of a ground who hold their post still."""
    rows = Officer.objects.filter(ground__startswith=ground, valid_to=None).order_by("post")
    held: dict[int, dict[int, int]] = {}
    return [one for one in rows if _holders(held, one.unit, on).get(one.post) == one.account]


def _holders(held: dict[int, dict[int, int]], unit: int, on: date) -> dict[int, int]:
    if unit not in held:
        held[unit] = posts.holders(unit, on)
    return held[unit]


def _before(first: date, served: set[int]) -> list[tuple[int, date, str]]:
    """What these posts serve just before, by rosters that were issued."""
    since, until = (_moment(first, 0), _moment(first - _BEFORE, 0))
    rows = Crew.objects.filter(post__in=served, shift__starts_at__gte=until, shift__starts_at__lt=since)
    rows = rows.exclude(shift__state=Shift.CANCELLED).order_by("shift__starts_at", "post")
    found = rows.values_list("post", "shift__starts_at", "shift__kind")
    days = {(post, at.astimezone(clock.ZONE).date()): kind for post, at, kind in found}
    return [(post, on, kind) for (post, on), kind in days.items()]


def _check_fresh(row: Roster, plan: Plan, found: Solved, now: datetime) -> None:
    """Errors: StaleError for what has changed since it was made."""
    if row.first <= now.astimezone(clock.ZONE).date():
        raise errors.StaleError(details={"what": row.first.isoformat()})
    serves = {one.post for one in serving(row.ground, now.date())}
    if gone := sorted({one.post for one in found.duties} - serves):
        raise errors.StaleError(details={"what": f"#{gone[0]}"})
    points = {str(one) for one in Point.objects.filter(valid_to=None).values_list("id", flat=True)}
    twice = Shift.objects.filter(
        point__in={one.place for one in found.duties},
        starts_at__gte=_moment(row.first, 0),
        starts_at__lt=_moment(row.first + timedelta(days=row.days), 0),
    )
    if not {one.place for one in found.duties} <= points or judging.breaches(plan, found.duties):
        raise errors.StaleError(details={"what": row.first.isoformat()})
    if taken := twice.exclude(state=Shift.CANCELLED).first():
        raise errors.StaleError(details={"what": taken.starts_at.astimezone(clock.ZONE).date().isoformat()})


def _shifts(w: Work, row: Roster, plan: Plan, found: Solved, now: datetime) -> list[Shift]:
    crews: dict[tuple[int, str, str], list[Duty]] = {}
    for one in found.duties:
        crews.setdefault((one.day, one.place, one.kind), []).append(one)
    units = {one.post: int(one.agency.removeprefix("unit:")) for one in plan.officers}
    made = []
    for (day, place, kind), duties in sorted(crews.items()):
        begins = _moment(row.first + timedelta(days=day), plan.kind[kind].begins)
        shift = Shift(
            id=mint(row.ground, now),
            ground=row.ground,
            roster=row,
            point_id=UUID(place),
            kind=kind,
            starts_at=begins,
            ends_at=begins + timedelta(minutes=plan.kind[kind].minutes),
        )
        crew = [
            Crew(
                id=mint(row.ground, now), ground=row.ground, shift=shift, post=one.post, unit=units[one.post]
            )
            for one in duties
        ]
        for each in (shift, *crew):
            w.add(each)
        made.append(shift)
    w.name(one.id for one in made)
    return made


def _moment(on: date, minutes: int) -> datetime:
    return datetime.combine(on, time.min, clock.ZONE) + timedelta(minutes=minutes)
