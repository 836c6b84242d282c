"""What the room hands out and takes in: frozen values, never models."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
    "privacy",
)
# These see every matter of their class and ground …
WIDE = frozenset({"receiver", "dispatcher", "arbiter", "verifier", "supervisor", "leader", "privacy"})
# … and these only what their own unit holds.
HELD = frozenset({"handler", "mediator", "cooperator"})


#: What a post is where it works: 网格长, 网格员, 平安志愿者; 驻村民警或辅警.
ROLES = ("grid_head", "grid_worker", "volunteer", "village_police")
#: The six roles of a grid: 信息员、巡防员、调解员、管理员、服务员、宣传员.
TASKS = ("information", "patrol", "mediation", "management", "service", "publicity")
#: The five functions of a centre: 指挥调度、信息应用、预测预警、防范处置、为民服务.
FUNCTIONS = ("command", "information", "warning", "prevention", "service")
#: Standing groups, and who one is in them.
GROUP_KINDS = ("leading", "special")
MEMBER_ROLES = ("head", "deputy", "member", "office")
#: What a special group is about. Political security and work against cults exist as groups only.
TOPICS = ("", "political_security", "anti_cult", "public_order", "disputes", "young_people", "roads", "other")


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
    """A post of a unit. ``ground`` narrows the unit's remits to a part of their ground; "" does not.

    ``role``: what the post is in its grid or village (``ROLES``); ``tasks``: which of the six roles it bears.
    """

    id: int
    unit: int
    title: str
    duties: frozenset[str]
    ground: str
    admin: bool
    valid_from: date
    valid_to: date | None
    role: str = ""
    tasks: frozenset[str] = frozenset()


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
    role: str = ""
    tasks: tuple[str, ...] = ()


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
class NewFunction:
    """``unit`` fills one of the five functions of ``centre``; both are keys."""

    centre: str
    function: str
    unit: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Many units, centres, posts and remits that come into being together.

    ``standing``: units that there are already, by the keys that the plan has for them as parents.
    """

    units: tuple[NewUnit, ...] = ()
    centres: tuple[str, ...] = ()
    stationings: tuple[NewStationing, ...] = ()
    functions: tuple[NewFunction, ...] = ()
    posts: tuple[NewPost, ...] = ()
    remits: tuple[NewRemit, ...] = ()
    standing: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Established:
    """The ids of what a plan made, by the plan's keys."""

    units: dict[str, int]
    posts: dict[str, int]


@dataclass(frozen=True, slots=True)
class RemitChange:
    """What holds for class × ground × duty on one day and on another; None where nothing is said."""

    klass: str
    ground: str
    duty: str
    before: RemitView | None
    after: RemitView | None

    @property
    def kind(self) -> str:
        """added, ended or changed."""
        return "added" if self.before is None else "ended" if self.after is None else "changed"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """What became of a row of a sheet: added, changed, same or error, with reason and remedy."""

    row: int
    outcome: str
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class SheetReport:
    """A sheet that was read: every row with what became of it, in the sheet's order, and its own cells.

    ``taken`` is False where a row was wrong, or only a trial was asked for: then nothing has changed.
    ``changes`` are what the rows say of remits, for a preview.
    """

    kind: str
    columns: tuple[str, ...]
    cells: Mapping[int, Mapping[str, str]]
    lines: tuple[SheetLine, ...]
    taken: bool
    changes: tuple[RemitChange, ...] = ()

    def count(self, outcome: str) -> int:
        """How many rows came to this."""
        return sum(line.outcome == outcome for line in self.lines)

    @property
    def errors(self) -> list[SheetLine]:
        """The rows that are wrong."""
        return [line for line in self.lines if line.outcome == "error"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Who answers here for this, and why: the remit that decides, those it goes before, the post by
    which rule.

    ``seat``: own (one post holds it), shared (several do), leader (nobody does, so the leader), nobody.
    """

    klass: str
    ground: str
    duty: str
    answering: Answering | None
    remit: RemitView | None
    behind: tuple[RemitView, ...] = ()
    seat: str = "nobody"


@dataclass(frozen=True, slots=True)
class Successor:
    """Who takes a post over from somebody who leaves; ``acting`` until it is filled."""

    account: int
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """What ended when somebody left: the appointments, the posts, from which day on."""

    account: int
    appointments: tuple[int, ...]
    posts: tuple[int, ...]
    on: date


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post that nobody holds on a day: since when (the first day without a holder), and who acts for it."""

    post: PostView
    unit: UnitView
    since: date
    days: int
    acting: int | None


#: Hours of training that accounts have done, each from its day up to one; whoever is not named has none.
Hours = Callable[[Mapping[int, date], date], Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Needs:
    """What a grid and its people must have, by the slots in force: heads, workers and volunteers of a grid;
    hours of training before a post and each year."""

    heads: int = 0
    workers: int = 1
    volunteers: int = 1
    hours_before: int = 16
    hours_year: int = 8


@dataclass(frozen=True, slots=True)
class Staffed:
    """A post as the checks see it on a day. ``area``: the ground that it works on, ``account`` whose own it
    is."""

    post: int
    title: str
    unit: int
    kind: str
    level: int
    area: str
    role: str
    tasks: frozenset[str]
    account: int | None
    acting: bool
    since: date

    @property
    def held(self) -> bool:
        """Whether somebody holds it as the own post."""
        return self.account is not None


@dataclass(frozen=True, slots=True)
class StaffFinding:
    """Something that is missing in the staffing of a place. ``have`` of ``need``; ``detail`` is a code."""

    kind: str
    ground: str
    unit: int | None = None
    post: int | None = None
    have: int = 0
    need: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class GroupView:
    """A standing group; its members are posts."""

    id: int
    name: str
    kind: str
    topic: str
    ground: str
    unit: int
    basis: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class MemberView:
    """A post in a group, and whoever holds it on the day: None while it is vacant."""

    membership: int
    post: PostView
    role: str
    account: int | None
    acting: bool


@dataclass(frozen=True, slots=True)
class StaffTouched:
    """What follows a change of ground: units, posts narrowed to it, remits over it."""

    units: int
    posts: int
    remits: int
