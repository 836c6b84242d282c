"""The sample's units, posts and remits (示例): five levels, two counties, no blind spot. Pure.

Units bear the names of public bodies, because the ground is real; nobody in them is. Posts are named by
their work.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gantang.posts.types import FUNCTIONS, TASKS, NewFunction, NewPost, NewRemit, NewStationing, NewUnit, Plan
from gantang.territory.types import DivisionView

BASIS = "示例：综治中心职责分工（示例文件第 1 号）"
MARK = "（示例）"

# What a centre answers for over its own ground, whatever the class.
_COUNTY = (
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
_TOWNSHIP = ("receiver", "dispatcher", "handler", "cooperator", "mediator", "leader")

# Posts of a centre: title, duties.
_COUNTY_POSTS = (
    ("受理岗", ("receiver",)),
    ("分拨岗", ("dispatcher",)),
    ("综合办理岗", ("handler", "cooperator")),
    ("调解岗", ("mediator",)),
    ("回访核验岗", ("verifier",)),
    ("裁定岗", ("arbiter",)),
    ("督办岗", ("supervisor", "privacy")),
    ("负责岗", ("leader",)),
)
_TOWNSHIP_POSTS = (
    ("受理岗", ("receiver",)),
    ("分拨岗", ("dispatcher",)),
    ("办理岗", ("handler", "cooperator")),
    ("调解岗", ("mediator",)),
    ("负责岗", ("leader",)),
)
_SERVICE_DUTIES = ("receiver", "handler", "verifier", "leader")
_SERVICE_POSTS = (
    ("受理岗", ("receiver",)),
    ("办理岗", ("handler",)),
    ("核验岗", ("verifier",)),
    ("负责岗", ("leader",)),
)
_DEPARTMENT_POSTS = (("办理岗", ("handler", "cooperator")), ("负责岗", ("leader",)))


@dataclass(frozen=True, slots=True)
class Department:
    """A county department: what it is called, how it sits in the centre, which classes it leads."""

    key: str
    name: str
    way: str
    classes: tuple[str, ...]
    kind: str = "department"
    cooperating: tuple[str, ...] = ()


@dataclass
class Draft:
    """A plan while it is being written."""

    standing: Mapping[str, int]
    units: list[NewUnit] = field(default_factory=list)
    centres: list[str] = field(default_factory=list)
    stationings: list[NewStationing] = field(default_factory=list)
    functions: list[NewFunction] = field(default_factory=list)
    posts: list[NewPost] = field(default_factory=list)
    remits: list[NewRemit] = field(default_factory=list)

    def plan(self) -> Plan:
        return Plan(
            tuple(self.units),
            tuple(self.centres),
            tuple(self.stationings),
            tuple(self.functions),
            tuple(self.posts),
            tuple(self.remits),
            self.standing,
        )

    def centre(
        self, place: DivisionView, parent: str | None, posts: Iterable[tuple[str, tuple[str, ...]]]
    ) -> str:
        """A centre's unit with its posts. Its key is the ground's prefix."""
        key = place.prefix
        self.units.append(NewUnit(key, f"{place.name}综治中心{MARK}", place.level, key, "centre", parent))
        self.centres.append(key)
        self.functions += [NewFunction(key, function, key) for function in FUNCTIONS]
        self.staff(key, posts)
        return key

    def staff(self, unit: str, posts: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self.posts += [NewPost(f"{unit}/{title}", unit, title, duties) for title, duties in posts]

    def answers(
        self, unit: str, ground: str, duties: Iterable[str], *, klass: str = "*", with_: tuple[str, ...] = ()
    ) -> None:
        """The unit's remits over a ground; the centre's head is the responsible leader."""
        leader = f"{unit}/负责岗"
        self.remits += [NewRemit(klass, ground, duty, unit, BASIS, with_, leader) for duty in duties]


@dataclass(frozen=True, slots=True)
class CountyGround:
    """A county with its townships, their villages, and the villages' grids (codes), in the order of codes."""

    county: DivisionView
    townships: tuple[DivisionView, ...]
    villages: Mapping[str, tuple[DivisionView, ...]]
    grids: Mapping[str, Sequence[str]]


def draft_above(places: Sequence[DivisionView], standing: Mapping[str, int]) -> Plan:
    """The plan of province and cities, parents first. ``standing``: the units there are, by ground."""
    made = Draft(standing)
    for place in places:
        made.centre(place, place.parent, _COUNTY_POSTS)
        made.answers(place.prefix, place.prefix, _COUNTY)
    return made.plan()


def draft(
    county: CountyGround,
    departments: Sequence[Department],
    classes: frozenset[str],
    standing: Mapping[str, int],
    services: Sequence[Department] = (),
) -> Plan:
    """The plan of a county, below its city's unit, which is ``standing``; ``classes`` that exist."""
    made = Draft(standing)
    _county(made, county, departments, classes)
    for service in services:
        _service(made, county.county, service)
    return made.plan()


def _county(
    made: Draft, ground: CountyGround, departments: Sequence[Department], classes: frozenset[str]
) -> None:
    place = ground.county
    made.centre(place, place.parent, _COUNTY_POSTS)
    made.posts.append(NewPost(f"{place.prefix}/系统管理岗", place.prefix, "系统管理岗", (), admin=True))
    for department in departments:
        _department(made, place, department, _DEPARTMENT_POSTS)
    for department in departments:
        _leads(made, place.prefix, department, classes)
    made.answers(place.prefix, place.prefix, _COUNTY)
    for township in ground.townships:
        _township(made, township, ground)


def _service(made: Draft, county: DivisionView, service: Department) -> None:
    """A unit that gives a service takes in, gives, checks and leads it, and nobody else does."""
    _department(made, county, service, _SERVICE_POSTS)
    unit = f"{county.prefix}:{service.key}"
    for klass in service.classes:
        made.answers(unit, county.prefix, _SERVICE_DUTIES, klass=klass)


def _department(
    made: Draft,
    county: DivisionView,
    department: Department,
    posts: Iterable[tuple[str, tuple[str, ...]]],
) -> None:
    key = f"{county.prefix}:{department.key}"
    name = f"{county.name}{department.name}{MARK}"
    made.units.append(NewUnit(key, name, county.level, county.prefix, department.kind, county.prefix))
    made.staff(key, posts)
    made.stationings.append(NewStationing(county.prefix, key, department.way))


def _leads(made: Draft, county: str, department: Department, classes: frozenset[str]) -> None:
    """A department handles its classes in the whole county; when it is late, the county's head is told."""
    helpers = tuple(f"{county}:{key}" for key in department.cooperating)
    unit = f"{county}:{department.key}"
    for klass in department.classes:
        if klass in classes:
            made.answers(unit, county, ("handler", "cooperator"), klass=klass, with_=helpers)
            made.remits.append(NewRemit(klass, county, "leader", county, BASIS, (), f"{county}/负责岗"))


def _township(made: Draft, township: DivisionView, ground: CountyGround) -> None:
    key = made.centre(township, township.parent, _TOWNSHIP_POSTS)
    villages = ground.villages[key]
    helpers = tuple(village.prefix for village in villages)
    made.answers(key, key, [duty for duty in _TOWNSHIP if duty != "handler"])
    made.answers(key, key, ("handler",), with_=helpers)
    for village in villages:
        _village(made, village, ground.grids[village.prefix])


def _village(made: Draft, village: DivisionView, grids: Sequence[str]) -> None:
    """A village cooperates on its own ground; each grid has a worker whose sight ends with the grid."""
    key = village.prefix
    made.units.append(NewUnit(key, f"{village.name}{MARK}", village.level, key, "village", village.parent))
    made.staff(key, [("综治专干岗", ("cooperator",)), ("负责岗", ("leader",))])
    made.posts += [
        NewPost(
            f"{key}/网格员{code[12:]}",
            key,
            f"网格员{code[12:]}",
            ("cooperator",),
            ground=code,
            role="grid_worker",
            tasks=TASKS,
        )
        for code in grids
    ]
    made.answers(key, key, ("cooperator",))
