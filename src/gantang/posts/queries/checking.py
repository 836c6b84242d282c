"""The staffing of a ground, checked."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from gantang.catalogue import queries as catalogue
from gantang.posts.models import Appointment, Centre, Function, Post, Remit, Unit
from gantang.posts.queries.listing import in_force
from gantang.posts.rules import checks, ground_chain
from gantang.posts.types import Hours, Needs, Staffed, StaffFinding
from gantang.territory import queries as territory

#: The slots that say how many, by what of ``Needs`` they set.
SLOTS = {
    "heads": "staffing.heads",
    "workers": "staffing.workers",
    "volunteers": "staffing.volunteers",
    "hours_before": "training.before",
    "hours_year": "training.year",
}


def check(ground: str = "", *, on: date, hours: Hours) -> list[StaffFinding]:
    """What is missing in the staffing of a ground and below it, kind by kind. ``hours``: who knows how many
    hours of training accounts have done, each from a day on."""
    centres = dict(
        Centre.objects.filter(in_force(on, "unit__"), unit__ground__startswith=ground)
        .order_by("unit__ground")
        .values_list("pk", "unit__ground")
    )
    posts = _posts(ground, on)
    picture = checks.Picture(
        on=on,
        grids=territory.codes(ground, on=on),
        villages=_divisions(ground, 5, on),
        townships=_divisions(ground, 4, on),
        centres=centres,
        filled=_filled(centres, on),
        posts=posts,
        hours=hours(checks.counted_from(posts, on), on),
        needs=needs(on),
    )
    return checks.check(picture)


def without_worker(ground: str = "", *, on: date) -> list[str]:
    """The grids of a ground and below it where a worker is due and none is at work, acting or not: what
    ``check`` says of them, in one query for a whole province."""
    if needs(on).workers < 1:
        return []
    held = Appointment.objects.filter(in_force(on), in_force(on, "post__"), in_force(on, "post__unit__"))
    at_work = held.filter(post__role="grid_worker", post__unit__ground__startswith=ground)
    areas = {post or unit for post, unit in at_work.values_list("post__ground", "post__unit__ground")}
    return [code for code in territory.codes(ground, on=on) if code not in areas]


def unhandled(ground: str = "", *, on: date) -> list[str]:
    """The grids of a ground and below it where nobody's remit is to handle anything."""
    rows = Remit.objects.filter(in_force(on), duty="handler")
    held = set(rows.values_list("ground", flat=True).distinct())
    return [code for code in territory.codes(ground, on=on) if held.isdisjoint(ground_chain(code))]


def needs(on: date) -> Needs:
    """How many people and hours a grid needs, by the slots in force."""
    held = {name: catalogue.slot(code, on=on) for name, code in SLOTS.items()}
    return Needs(**{name: int(str(one.value)) for name, one in held.items() if one and one.value is not None})


def _divisions(ground: str, level: int, on: date) -> list[str]:
    """Of counties in which any unit is at work: what is not in use yet lacks nothing."""
    units = Unit.objects.filter(in_force(on), level__gte=3, ground__startswith=ground)
    counties = {one[:6] for one in units.values_list("ground", flat=True)}
    found = territory.within(ground, level=level, on=on)
    return [one.prefix for one in found if one.prefix[:6] in counties]


def _filled(centres: Iterable[int], on: date) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Function.objects.filter(in_force(on), centre__in=list(centres))
    for centre, function in rows.values_list("centre_id", "function"):
        found[centre].add(function)
    return found


def _posts(ground: str, on: date) -> list[Staffed]:
    rows = Post.objects.select_related("unit").filter(in_force(on), in_force(on, "unit__"))
    tenures: dict[int, list[Appointment]] = defaultdict(list)
    for one in Appointment.objects.filter(valid_from__lte=on, post__unit__ground__startswith=ground):
        tenures[one.post_id].append(one)
    return [_staffed(post, tenures[post.pk], on) for post in rows.filter(unit__ground__startswith=ground)]


def _staffed(post: Post, tenures: list[Appointment], on: date) -> Staffed:
    now = [one for one in tenures if one.valid_to is None or one.valid_to > on]
    own = next((one for one in now if not one.acting), None)
    ends = [t.valid_to for t in tenures if not t.acting and t.valid_to and t.valid_from < t.valid_to <= on]
    since = own.valid_from if own else max([post.valid_from, *ends])
    return Staffed(
        post=post.pk,
        title=post.title,
        unit=post.unit_id,
        kind=post.unit.kind,
        level=post.unit.level,
        area=post.ground or post.unit.ground,
        role=post.role,
        tasks=frozenset(post.tasks),
        account=own.account if own else None,
        acting=any(one.acting for one in now),
        since=since,
    )
