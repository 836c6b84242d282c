"""What a process keeps of posts and remits, good for as long as the version's token stands.

One small query reads both tokens; resolving any number of matters after that costs none. Tokens are
random, so that what a rolled-back transaction left in memory never passes for a later state.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from secrets import randbits
from threading import Lock

from gantang.posts.models import Appointment, Cooperation, Post, Remit, Version
from gantang.posts.rules import Remits, Seat
from gantang.posts.types import PostView, RemitView

REMITS, STAFF = "remits", "staff"


@dataclass(frozen=True, slots=True)
class Tenure:
    """One appointment, as kept."""

    id: int
    account: int
    valid_from: date
    valid_to: date | None
    acting: bool

    def on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Staffed:
    """A post with everybody who ever held it."""

    post: PostView
    tenures: tuple[Tenure, ...]

    def in_force(self, on: date) -> bool:
        return self.post.valid_from <= on and (self.post.valid_to is None or on < self.post.valid_to)

    def holder(self, on: date) -> Tenure | None:
        """Its own holder, else the one acting for it."""
        return min((t for t in self.tenures if t.on(on)), key=lambda t: t.acting, default=None)

    def seat(self, on: date) -> Seat:
        return Seat(
            self.post.id, self.post.unit, self.post.duties, self.post.ground, self.holder(on) is not None
        )


@dataclass
class Book:
    """Remits, and the posts of the units asked about so far."""

    remits: Remits
    remits_token: int
    staff_token: int
    staff: dict[int, tuple[Staffed, ...]] = field(default_factory=dict)
    unit_of: dict[int, int] = field(default_factory=dict)

    def posts_of_unit(self, unit: int, on: date) -> list[Staffed]:
        if unit not in self.staff:
            self.fetch([unit])
        return [each for each in self.staff[unit] if each.in_force(on)]

    def seats(self, unit: int, on: date) -> list[Seat]:
        return [each.seat(on) for each in self.posts_of_unit(unit, on)]

    def fetch(self, units: Iterable[int]) -> None:
        """Load the posts of many units at once."""
        missing = set(units) - self.staff.keys()
        if missing:
            found = _staff(missing)
            self.staff.update(found)
            self.unit_of.update({each.post.id: unit for unit, staff in found.items() for each in staff})

    def staffed(self, post: int, on: date) -> Staffed | None:
        """A post in force on a day."""
        if post not in self.unit_of:
            self.fetch(Post.objects.filter(pk=post).values_list("unit_id", flat=True))
        unit = self.unit_of.get(post)
        found = (each for each in self.posts_of_unit(unit, on)) if unit is not None else ()
        return next((each for each in found if each.post.id == post), None)


_lock = Lock()
_kept: Book | None = None


def opened() -> Book:
    """The book as of now: kept while both tokens stand, otherwise read again."""
    global _kept
    tokens = dict(Version.objects.values_list("kind", "token"))
    remits_token, staff_token = tokens.get(REMITS, 0), tokens.get(STAFF, 0)
    kept = _kept
    if kept is None or kept.remits_token != remits_token:
        kept = Book(Remits(_remits()), remits_token, staff_token)
    elif kept.staff_token != staff_token:
        kept = Book(kept.remits, remits_token, staff_token)
    with _lock:
        _kept = kept
    return kept


def turn(*kinds: str) -> None:
    """Give these kinds a new token, in the transaction that changes their rows."""
    for kind in kinds:
        Version.objects.update_or_create(kind=kind, defaults={"token": randbits(62)})


def remit_view(row: Remit, cooperating: tuple[int, ...]) -> RemitView:
    return RemitView(
        row.pk,
        row.klass,
        row.ground,
        row.duty,
        row.unit_id,
        cooperating,
        row.leader_id,
        row.basis,
        row.valid_from,
        row.valid_to,
    )


def post_view(row: Post) -> PostView:
    return PostView(
        row.pk,
        row.unit_id,
        row.title,
        frozenset(row.duties),
        row.ground,
        row.admin,
        row.valid_from,
        row.valid_to,
    )


def _remits() -> list[RemitView]:
    cooperating: dict[int, list[int]] = {}
    for remit, unit in Cooperation.objects.order_by("unit_id").values_list("remit_id", "unit_id"):
        cooperating.setdefault(remit, []).append(unit)
    return [remit_view(row, tuple(cooperating.get(row.pk, ()))) for row in Remit.objects.order_by("pk")]


def _staff(units: set[int]) -> dict[int, tuple[Staffed, ...]]:
    posts = list(Post.objects.filter(unit_id__in=units).order_by("pk"))
    tenures: dict[int, list[Tenure]] = {}
    for row in Appointment.objects.filter(post__unit_id__in=units).order_by("pk"):
        tenure = Tenure(row.pk, row.account, row.valid_from, row.valid_to, row.acting)
        tenures.setdefault(row.post_id, []).append(tenure)
    found: dict[int, list[Staffed]] = {unit: [] for unit in units}
    for post in posts:
        found[post.unit_id].append(Staffed(post_view(post), tuple(tenures.get(post.pk, ()))))
    return {unit: tuple(staffed) for unit, staffed in found.items()}
