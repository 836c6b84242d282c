"""What a process keeps of posts and remits, good for as long as the version's token stands.

One small query reads the tokens (``kit.tokens``); resolving any number of matters after that costs none.
Tokens are random, so that what a rolled-back transaction left in memory never passes for a later state.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from secrets import randbits
from threading import Lock
from typing import TYPE_CHECKING, Any

from gantang.kit import tokens, window
from gantang.kit.actor import Triple
from gantang.posts.models import Appointment, Cooperation, Post, Remit, Unit, Version
from gantang.posts.rules import Remits, Seat, Tie, duties_in_effect, seat_for, sight
from gantang.posts.types import Answering, HeldPost, PostView, RemitView

if TYPE_CHECKING:
    from django.db.models import QuerySet

REMITS, STAFF = "remits", "staff"
#: As many answers to "who answers?" and "who sees?" are kept.
_MOST = 10_000
Holds = Callable[[int, date], Iterable[HeldPost]]


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
    _answers: dict[tuple[str, str, str, date], Answering | Tie | None] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)
    _titles: dict[int, str] = field(default_factory=dict)
    _posts: dict[int, PostView] = field(default_factory=dict)
    _rights: dict[tuple[int, date], tuple[Triple, ...]] = field(default_factory=dict)
    _held: dict[tuple[int, date], tuple[HeldPost, ...]] = field(default_factory=dict)

    def answering(self, *, klass: str, ground: str, duty: str, on: date) -> Answering | Tie | None:
        """Who holds a duty for a class on a ground; kept with the book."""
        words = (klass, ground, duty, on)
        if words not in self._answers:
            if len(self._answers) > _MOST:
                self._answers.clear()
            self._answers[words] = self._answering(klass, ground, duty, on)
        return self._answers[words]

    def _answering(self, klass: str, ground: str, duty: str, on: date) -> Answering | Tie | None:
        remit = self.remits.resolve(klass=klass, ground=ground, duty=duty, on=on)
        if remit is None or isinstance(remit, Tie):
            return remit
        post = seat_for(self.seats(remit.unit, on), duty=duty, ground=ground)
        return Answering(remit.unit, post, remit.cooperating, remit.leader, remit.basis, remit.id)

    def sight(self, staffed: "Staffed", on: date) -> tuple[Triple, ...]:
        """What a post sees on a day; kept with the book."""
        place = (staffed.post.id, on)
        if place not in self._rights:
            if len(self._rights) > _MOST:
                self._rights.clear()
            seat = staffed.seat(on)
            duties = duties_in_effect(seat, self.seats(seat.unit, on))
            self._rights[place] = sight(seat, self.remits, duties=duties, on=on)
        return self._rights[place]

    def held(self, account: int, on: date, read: Holds) -> tuple[HeldPost, ...]:
        """The posts an account holds on a day; kept with the book."""
        if (account, on) not in self._held:
            if len(self._held) > _MOST:
                self._held.clear()
            self._held[account, on] = tuple(read(account, on))
        return self._held[account, on]

    def post(self, number: int) -> PostView | None:
        """A post, past or present."""
        if number not in self._posts:
            row = Post.objects.filter(pk=number).first()
            if row is None:
                return None
            self._posts[number] = post_view(row)
        return self._posts[number]

    def names(self, units: Iterable[int]) -> dict[int, str]:
        """Names of units by number; unknown ones are left out."""
        return _known(self._names, units, Unit.objects.values_list("pk", "name"))

    def titles(self, posts: Iterable[int]) -> dict[int, str]:
        """Titles of posts by number; unknown ones are left out."""
        return _known(self._titles, posts, Post.objects.values_list("pk", "title"))

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


def _known(
    held: dict[int, str], wanted: Iterable[int], rows: "QuerySet[Any, tuple[int, str]]"
) -> dict[int, str]:
    """The texts of some numbers; those that are not held are read and held from then on."""
    numbers = set(wanted)
    if missing := numbers - held.keys():
        held.update(rows.filter(pk__in=missing))
    return {number: held[number] for number in numbers if number in held}


_lock = Lock()
_kept: Book | None = None


def opened() -> Book:
    """The book as of now: kept while both tokens stand, otherwise read again."""
    global _kept
    with window.window():
        remits_token, staff_token = tokens.token(f"posts.{REMITS}"), tokens.token(f"posts.{STAFF}")
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
    window.forget()


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
        row.role,
        frozenset(row.tasks),
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
