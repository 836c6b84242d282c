"""A plan as a file says it: checked piece by piece, days by their dates, a fault with its place."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from gantang.patrol.rules.plan import Duty, Kind, Need, Officer, Plan, Rules, Weights, Wish

MOST_DAYS, MOST_OFFICERS, MOST_NEEDS = 62, 400, 4_000
_HOUR = 60
_SOME_BEFORE = 14

Code = Annotated[str, StringConstraints(pattern=r"^[\w:-]{1,40}$")]
Count = Annotated[int, Field(ge=0, le=400)]
Weight = Annotated[int, Field(ge=0, le=10_000)]
Post = Annotated[int, Field(ge=1)]


class PlanFaultError(ValueError):
    """What of a plan cannot be taken: ``what`` is form, kind, day, post, twice or large; ``place`` where it
    stands."""

    def __init__(self, what: str, place: str) -> None:
        super().__init__(f"{what}: {place}")
        self.what, self.place = what, place


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Kind(_Part):
    begins: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    hours: Annotated[float, Field(gt=0, le=24)]
    night: bool = False


class _Rules(_Part):
    rest: Annotated[float, Field(ge=0, le=72)] = 0
    run: Annotated[int, Field(ge=1, le=62)] | None = None
    week: Annotated[int, Field(ge=0, le=7)] | None = None
    most: Count | None = None
    least_hours: Annotated[float, Field(ge=0)] | None = None
    most_hours: Annotated[float, Field(ge=0)] | None = None
    run_least: Annotated[int, Field(ge=1, le=14)] = 1
    off_least: Annotated[int, Field(ge=1, le=14)] = 1
    weekends: Count | None = None


class _Officer(_Part):
    post: Post
    agency: Code | Literal[""] = ""
    skills: tuple[Code, ...] = ()
    leave: tuple[date, ...] = ()
    rules: _Rules | None = None


class _Need(_Part):
    on: Literal["daily"] | date | tuple[date, ...] = "daily"
    place: Code
    kind: Code
    number: Count
    agencies: dict[Code, Count] = {}
    skills: dict[Code, Count] = {}
    mixed: Count = 0
    under: Weight | None = None
    over: Weight | None = None


class _Wish(_Part):
    post: Post
    on: date
    wanted: bool
    kind: Code | Literal[""] = ""
    weight: Weight = 1


class _Weights(_Part):
    weekend: Weight = 1
    share: Weight = 5
    nights: Weight = 5


class _Before(_Part):
    post: Post
    on: date
    kind: Code


class _Plan(_Part):
    first: date
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)]
    kinds: dict[Code, _Kind]
    rules: _Rules = _Rules()
    weights: _Weights = _Weights()
    officers: tuple[_Officer, ...]
    needs: tuple[_Need, ...]
    wishes: tuple[_Wish, ...] = ()
    before: tuple[_Before, ...] = ()


def plan_of(given: Mapping[str, Any]) -> Plan:
    """The plan that a file says. Errors: PlanFaultError."""
    try:
        said = _Plan.model_validate(given)
    except ValidationError as error:
        raise PlanFaultError("form", _place(error)) from None
    plan = Plan(
        said.first,
        said.days,
        tuple(_kind(code, one) for code, one in said.kinds.items()),
        tuple(_officer(said, one) for one in said.officers),
        tuple(need for number, one in enumerate(said.needs) for need in _needs(said, number, one)),
        _rules(said.rules),
        Weights(**said.weights.model_dump()),
        tuple(_wish(said, number, one) for number, one in enumerate(said.wishes)),
        tuple(_past(said, number, one) for number, one in enumerate(said.before)),
    )
    _check(plan)
    return plan


def _place(error: ValidationError) -> str:
    return ".".join(str(one) for one in error.errors(include_url=False)[0]["loc"]) or "–"


def _kind(code: str, one: _Kind) -> Kind:
    hour, minute = one.begins.split(":")
    return Kind(code, int(hour) * _HOUR + int(minute), round(one.hours * _HOUR), one.night)


def _rules(one: _Rules) -> Rules:
    given = one.model_dump(exclude={"rest", "least_hours", "most_hours"})
    least, most = (None if at is None else round(at * _HOUR) for at in (one.least_hours, one.most_hours))
    return Rules(rest=round(one.rest * _HOUR), least_minutes=least, most_minutes=most, **given)


def _officer(said: _Plan, one: _Officer) -> Officer:
    leave = frozenset(day for on in one.leave if 0 <= (day := (on - said.first).days) < said.days)
    own = None if one.rules is None else _rules(one.rules)
    return Officer(one.post, one.agency, frozenset(one.skills), leave, own)


def _needs(said: _Plan, number: int, one: _Need) -> list[Need]:
    every = [said.first + timedelta(days=day) for day in range(said.days)]
    days = every if one.on == "daily" else [one.on] if isinstance(one.on, date) else list(one.on)
    given = one.model_dump(exclude={"on"})
    return [Need(day=_day(said, on, f"needs.{number}.on"), **given) for on in days if isinstance(on, date)]


def _wish(said: _Plan, number: int, one: _Wish) -> Wish:
    return Wish(one.post, _day(said, one.on, f"wishes.{number}.on"), one.wanted, one.kind, one.weight)


def _past(said: _Plan, number: int, one: _Before) -> Duty:
    day = (one.on - said.first).days
    if not -_SOME_BEFORE <= day < 0:
        raise PlanFaultError("day", f"before.{number}.on")
    return Duty(day, "", one.kind, one.post)


def _day(said: _Plan, on: date, place: str) -> int:
    day = (on - said.first).days
    if not 0 <= day < said.days:
        raise PlanFaultError("day", place)
    return day


def _check(plan: Plan) -> None:
    if len(plan.officers) > MOST_OFFICERS or len(plan.needs) > MOST_NEEDS:
        raise PlanFaultError("large", f"{len(plan.officers)} × {len(plan.needs)}")
    for name, items in (
        ("officers", [one.post for one in plan.officers]),
        ("needs", [(one.day, one.place, one.kind) for one in plan.needs]),
        ("before", [(one.day, one.post) for one in plan.before]),
    ):
        if len(set(items)) != len(items):
            raise PlanFaultError("twice", name)
    kinds = [*(one.kind for one in plan.needs), *(one.kind for one in plan.before)]
    kinds += [one.kind for one in plan.wishes if one.kind]
    if unknown := sorted(set(kinds) - set(plan.kind)):
        raise PlanFaultError("kind", unknown[0])
    posts = {one.post for one in plan.officers}
    named = {one.post for one in plan.wishes} | {one.post for one in plan.before}
    if strangers := sorted(named - posts):
        raise PlanFaultError("post", str(strangers[0]))
