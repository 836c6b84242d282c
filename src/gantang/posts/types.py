"""What the room hands out and takes in: frozen values, never models."""

from dataclasses import dataclass
from datetime import date

DUTIES = (
    "receiver",
    "dispatcher",
    "handler",
    "cooperator",
    "mediator",
    "verifier",
    "arbiter",
    "supervisor",
    "leader",
)
# These see every matter of their class and ground …
WIDE = frozenset({"receiver", "dispatcher", "arbiter", "verifier", "supervisor", "leader"})
# … and these only what their own unit holds.
HELD = frozenset({"handler", "mediator", "cooperator"})


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit answers for ``ground`` (a division's prefix); ``level`` is 1 (province) to 5 (village)."""

    id: int
    name: str
    level: int
    ground: str
    kind: str
    parent: int | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class PostView:
    """A post of a unit. ``ground`` narrows the unit's remits to a part of their ground; "" does not."""

    id: int
    unit: int
    title: str
    duties: frozenset[str]
    ground: str
    admin: bool
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post that an account holds on a day, as its own or acting for a vacancy."""

    appointment: int
    post: PostView
    unit: UnitView
    acting: bool


@dataclass(frozen=True, slots=True)
class Serving:
    """Who does a post's work on a day: ``post`` is the leader's when nobody holds the post itself."""

    account: int
    post: int
    acting: bool
    stands_in: bool


@dataclass(frozen=True, slots=True)
class RemitView:
    """Class × ground × duty → lead unit, cooperating units, responsible leader's post, basis and dates."""

    id: int
    klass: str
    ground: str
    duty: str
    unit: int
    cooperating: tuple[int, ...]
    leader: int | None
    basis: str
    valid_from: date
    valid_to: date | None

    def __str__(self) -> str:
        return f"#{self.id} {self.klass} × {self.ground} × {self.duty}"


@dataclass(frozen=True, slots=True)
class Answering:
    """Which unit answers, by which remit; ``post`` is None while several of its posts may take the work."""

    unit: int
    post: int | None
    cooperating: tuple[int, ...]
    leader: int | None
    basis: str
    remit: int


@dataclass(frozen=True, slots=True)
class StationingView:
    """A unit's place in a centre; ``way`` is resident (常驻), rotating (轮驻) or on_call (随驻)."""

    id: int
    centre: int
    unit: int
    way: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class NewUnit:
    """``key`` names the unit within one ``Plan``; ``parent`` is such a key."""

    key: str
    name: str
    level: int
    ground: str
    kind: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class NewPost:
    key: str
    unit: str
    title: str
    duties: tuple[str, ...]
    ground: str = ""
    admin: bool = False


@dataclass(frozen=True, slots=True)
class NewRemit:
    """``unit`` and ``cooperating`` are keys of units, ``leader`` the key of a post."""

    klass: str
    ground: str
    duty: str
    unit: str
    basis: str
    cooperating: tuple[str, ...] = ()
    leader: str | None = None


@dataclass(frozen=True, slots=True)
class NewStationing:
    centre: str
    unit: str
    way: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Many units, centres, posts and remits that come into being together."""

    units: tuple[NewUnit, ...] = ()
    centres: tuple[str, ...] = ()
    stationings: tuple[NewStationing, ...] = ()
    posts: tuple[NewPost, ...] = ()
    remits: tuple[NewRemit, ...] = ()


@dataclass(frozen=True, slots=True)
class Established:
    """The ids of what a plan made, by the plan's keys."""

    units: dict[str, int]
    posts: dict[str, int]


@dataclass(frozen=True, slots=True)
class StaffTouched:
    """What follows a change of ground: units, posts narrowed to it, remits over it."""

    units: int
    posts: int
    remits: int
