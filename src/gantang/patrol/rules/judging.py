"""Whether a roster keeps its plan's rules, and what it costs: by counting alone, without the solver."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from gantang.patrol.rules.plan import Breach, Duty, Need, Officer, Plan, Rule

_WEEK = 7


def breaches(plan: Plan, duties: Iterable[Duty]) -> list[Breach]:
    """Every rule that these duties break, in the order of rules and days."""
    kept = sorted(set(duties))
    found = [one for need in plan.needs for one in _of_need(plan, need, kept)]
    found += [one for officer in plan.officers for one in _of_officer(plan, officer, kept)]
    return sorted([*found, *_unasked(plan, kept)])


def cost(plan: Plan, duties: Iterable[Duty]) -> int:
    """What is wished and not met, by the plan's weights."""
    kept = sorted(set(duties))
    return _cover(plan, kept) + _wishes(plan, kept) + _weekends(plan, kept) + _fair(plan, kept)


def _of_need(plan: Plan, need: Need, duties: list[Duty]) -> Iterator[Breach]:
    serving = {
        one.post for one in duties if (one.day, one.place, one.kind) == (need.day, need.place, need.kind)
    }
    crew = [one for one in plan.officers if one.post in serving]
    if (need.under is None and len(crew) < need.number) or (need.over is None and len(crew) > need.number):
        yield _short(need, "number", "", len(crew), need.number)
    for skill, number in sorted(need.skills.items()):
        if (have := sum(skill in one.skills for one in crew)) < number:
            yield _short(need, "skill", skill, have, number)
    for agency, number in sorted(need.agencies.items()):
        if (have := sum(one.agency == agency for one in crew)) < number:
            yield _short(need, "agency", agency, have, number)
    if (have := len({one.agency for one in crew})) < need.mixed:
        yield _short(need, "mixed", "", have, need.mixed)


def _short(need: Need, rule: str, what: str, have: int, number: int) -> Breach:
    return Breach(Rule(rule, need.day, need.place, need.kind, what), need.day, 0, have, number)


def _unasked(plan: Plan, duties: list[Duty]) -> Iterator[Breach]:
    """Duties that no need asks for, or of nobody in the plan."""
    asked = {(one.day, one.place, one.kind) for one in plan.needs}
    posts = {one.post for one in plan.officers}
    for one in duties:
        if (one.day, one.place, one.kind) not in asked or one.post not in posts:
            yield Breach(Rule("number", one.day, one.place, one.kind), one.day, one.post, 1, 0)


def _of_officer(plan: Plan, officer: Officer, duties: list[Duty]) -> Iterator[Breach]:
    mine = [one for one in duties if one.post == officer.post]
    past = [one for one in plan.before if one.post == officer.post]
    yield from _of_days(plan, officer, mine, past)
    yield from _of_rows(plan, officer, {one.day for one in mine}, {one.day for one in past})
    yield from _of_sums(plan, officer, mine)


def _of_days(plan: Plan, officer: Officer, mine: list[Duty], past: list[Duty]) -> Iterator[Breach]:
    rules = plan.rules_of(officer)
    for day, many in Counter(one.day for one in mine).items():
        if many > 1:
            yield _by(officer, "one_a_day", day, many, 1)
        if day in officer.leave:
            yield Breach(Rule("leave", day), day, officer.post, 1, 0)
    shifts = [(one.day, one.kind) for one in (*past, *mine)]
    for one in shifts:
        for other in shifts:
            if one[0] < other[0] and other[0] >= 0 and (gap := plan.gap(one, other)) < rules.rest:
                yield _by(officer, "rest", other[0], gap, rules.rest)


def _of_rows(plan: Plan, officer: Officer, days: set[int], past: set[int]) -> Iterator[Breach]:
    """Days in a row, on duty and off, and of any seven."""
    rules, served = plan.rules_of(officer), days | past
    for day in sorted(days):
        row = next(n for n in range(1, plan.days + len(past) + 2) if day - n not in served)
        if rules.run is not None and row > rules.run:
            yield _by(officer, "run", day, row, rules.run)
    for day in range(plan.days):
        seven = sum(day - back in served for back in range(_WEEK))
        if rules.week is not None and seven > rules.week:
            yield _by(officer, "week", day, seven, rules.week)
    for on, first, many in _rows(plan, served):
        least = rules.run_least if on else rules.off_least
        if many < least:
            yield _by(officer, "run_least" if on else "off_least", first, many, least)


def _rows(plan: Plan, served: set[int]) -> Iterator[tuple[bool, int, int]]:
    """Rows of days alike that neither begin before the period nor touch one of its ends."""
    day = 0
    for on, same in groupby(range(plan.days), key=lambda one: one in served):
        many = len(list(same))
        if day > 0 and day + many < plan.days:
            yield on, day, many
        day += many


def _of_sums(plan: Plan, officer: Officer, mine: list[Duty]) -> Iterator[Breach]:
    rules = plan.rules_of(officer)
    days, minutes = {one.day for one in mine}, sum(plan.kind[one.kind].minutes for one in mine)
    weekends = sum(any(day in days for day in one) for one in plan.weekends)
    for rule, have, most in (
        ("most", len(days), rules.most),
        ("minutes", minutes, rules.most_minutes),
        ("weekends", weekends, rules.weekends),
    ):
        if most is not None and have > most:
            yield _by(officer, rule, -1, have, most)
    if rules.least_minutes is not None and minutes < rules.least_minutes:
        yield _by(officer, "least", -1, minutes, rules.least_minutes)


def _by(officer: Officer, rule: str, day: int, have: int, need: int) -> Breach:
    return Breach(Rule(rule), day, officer.post, have, need)


def _cover(plan: Plan, duties: list[Duty]) -> int:
    serving = Counter((one.day, one.place, one.kind) for one in duties)
    total = 0
    for need in plan.needs:
        more = serving[need.day, need.place, need.kind] - need.number
        total += (need.over or 0) * max(0, more) + (need.under or 0) * max(0, -more)
    return total


def _wishes(plan: Plan, duties: list[Duty]) -> int:
    served = {(one.post, one.day, kind) for one in duties for kind in (one.kind, "")}
    return sum(one.weight for one in plan.wishes if ((one.post, one.day, one.kind) in served) != one.wanted)


def _weekends(plan: Plan, duties: list[Duty]) -> int:
    served = {(one.post, one.day) for one in duties}
    whole = [days for days in plan.weekends if len(days) == len(("saturday", "sunday"))]
    split = sum(
        ((officer.post, days[0]) in served) != ((officer.post, days[1]) in served)
        for officer in plan.officers
        for days in whole
    )
    return plan.weights.weekend * split


def _fair(plan: Plan, duties: list[Duty]) -> int:
    shifts = Counter(one.post for one in duties)
    nights = Counter(one.post for one in duties if plan.kind[one.kind].night)
    posts = [one.post for one in plan.officers]
    return plan.weights.share * _spread(shifts, posts) + plan.weights.nights * _spread(nights, posts)


def _spread(counts: Counter[int], posts: list[int]) -> int:
    return max((counts[one] for one in posts), default=0) - min((counts[one] for one in posts), default=0)
