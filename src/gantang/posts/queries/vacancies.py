"""Posts that nobody holds, and for how long."""

from collections.abc import Iterable
from datetime import date

from gantang.posts.book import post_view
from gantang.posts.models import Appointment, Post
from gantang.posts.queries.listing import in_force, unit_view
from gantang.posts.types import Vacancy


def vacancies(ground: str, *, on: date) -> list[Vacancy]:
    """The posts on a ground and below it that nobody holds on a day, the longest vacant first.

    Whoever acts for a post does not fill it.
    """
    rows = Post.objects.select_related("unit").filter(in_force(on), in_force(on, "unit__"))
    if ground:
        rows = rows.filter(unit__ground__gte=ground, unit__ground__lt=ground + ":")
    posts = {post.pk: post for post in rows}
    tenures = _tenures(posts, on)
    found = [
        Vacancy(
            post_view(post),
            unit_view(post.unit),
            since := _since(post, tenures.get(number, ()), on),
            (on - since).days,
            _acting(tenures.get(number, ()), on),
        )
        for number, post in posts.items()
        if not any(_is_held(one, on) and not one.acting for one in tenures.get(number, ()))
    ]
    return sorted(found, key=lambda one: (one.since, one.unit.ground, one.post.id))


def _tenures(posts: Iterable[int], on: date) -> dict[int, list[Appointment]]:
    found: dict[int, list[Appointment]] = {}
    for one in Appointment.objects.filter(post__in=list(posts), valid_from__lte=on).order_by("pk"):
        found.setdefault(one.post_id, []).append(one)
    return found


def _since(post: Post, tenures: Iterable[Appointment], on: date) -> date:
    """The first day after the last holder, or the first day of the post."""
    ends = [
        one.valid_to for one in tenures if not one.acting and one.valid_to and one.valid_from < one.valid_to
    ]
    return max([post.valid_from, *(end for end in ends if end <= on)])


def _is_held(one: Appointment, on: date) -> bool:
    return one.valid_from <= on and (one.valid_to is None or on < one.valid_to)


def _acting(tenures: Iterable[Appointment], on: date) -> int | None:
    return next((one.account for one in tenures if one.acting and _is_held(one, on)), None)
