"""A roster as the desk shows it: a table of days, or what stands in the way."""

from collections.abc import Sequence
from typing import Any

from gantang.desk.patrol import Names, sign
from gantang.kit.actor import Actor
from gantang.patrol import queries
from gantang.patrol.queries import words
from gantang.patrol.types import RosterView, Solved
from gantang.posts import queries as posts
from gantang.territory import queries as territory

#: So many lines of what is missing, or in conflict, are shown.
SHOWN = 12


def roster_page(actor: Actor, one: RosterView) -> dict[str, Any]:
    """A roster as a table of days, and where none fits what stands in the way."""
    names = Names(actor)
    spoken = {str(number): name for number, name in names.of.items()}
    spoken |= {f"kind:{code}": str(word) for code, word in words.KIND_WORDS.items()}
    units = {int(each.agency.removeprefix("unit:")) for each in one.plan.officers if each.agency}
    spoken |= {f"agency:unit:{number}": name for number, name in posts.unit_names(units).items()}
    found = one.found or Solved("unknown")
    kinds = sorted({each.kind for each in found.duties}, key=lambda kind: one.plan.kind[kind].begins)
    gaps = queries.gap_lines(one.plan, found, spoken)
    conflict = queries.conflict_lines(one.plan, found, spoken)
    return {
        "roster": one,
        "sign": sign(one.state),
        "place": " ".join(territory.path(one.ground)[-2:]),
        "last": one.plan.date_of(one.days - 1),
        "kinds": [spoken.get(f"kind:{kind}", kind) for kind in kinds],
        "rows": _rows(one, found, kinds, spoken),
        "found": found,
        "gaps": gaps[:SHOWN],
        "more_gaps": max(0, len(gaps) - SHOWN),
        "conflict": conflict[:SHOWN],
        "more_conflict": max(0, len(conflict) - SHOWN),
        "runs": queries.runs(actor, one.ground),
        "own": one.asked_by is not None and one.asked_by == actor.account,
    }


def _rows(
    one: RosterView, found: Solved, kinds: Sequence[str], points: dict[str, str]
) -> list[dict[str, Any]]:
    """A line for each day and point: who serves in each kind of shift."""
    serves = _crew_words(one, found, points)
    crews: dict[tuple[int, str], dict[str, list[str]]] = {}
    for each in found.duties:
        line = crews.setdefault((each.day, each.place), {kind: [] for kind in kinds})
        line[each.kind].append(serves[each.post])
    return [
        {"on": one.plan.date_of(day), "point": points.get(place, place), "crews": list(line.values())}
        for (day, place), line in sorted(crews.items())
    ]


def _crew_words(one: RosterView, found: Solved, spoken: dict[str, str]) -> dict[int, str]:
    """Each post that serves, by its title; with its agency where several send posts."""
    titles = posts.post_titles({each.post for each in found.duties})
    agency = {each.post: each.agency for each in one.plan.officers if each.post in titles}
    if len(set(agency.values())) < 2:
        return titles
    return {post: f"{spoken.get(f'agency:{agency[post]}', '')} {title}" for post, title in titles.items()}
