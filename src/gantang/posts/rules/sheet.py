"""A row of a sheet of units, posts, appointments or remits, read. Pure: what stands in the database is not
asked here.

Headings and words may be Chinese or the codes of the language; units are named by name, ``名称@地域``
where two bear the same name, and a leader's post as ``岗位`` (of the lead unit) or ``岗位@单位``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gantang.posts.rules import DUTIES, UNIT_KINDS
from gantang.posts.types import ROLES, TASKS
from gantang.sheets.queries import as_date, is_empty

REMITS, UNITS, POSTS, APPOINTMENTS = "remits", "units", "posts", "appointments"
#: What this room adds to a sheet that it gives back, and leaves alone when it comes again.
ADDED = ("行", "结果", "原因", "改法")

LEVELS = {"省": 1, "市": 2, "县": 3, "区": 3, "乡": 4, "镇": 4, "街道": 4, "村": 5, "社区": 5}
DUTY_WORDS = {
    "受理": "receiver",
    "分派": "dispatcher",
    "分拨": "dispatcher",
    "办理": "handler",
    "主办": "handler",
    "协办": "cooperator",
    "调解": "mediator",
    "核验": "verifier",
    "裁定": "arbiter",
    "督办": "supervisor",
    "分管领导": "leader",
    "责任领导": "leader",
    "个人信息保护": "privacy",
}
KIND_WORDS = {
    "综治中心": "centre",
    "部门": "department",
    "委员会": "committee",
    "其他": "office",
    "村": "village",
    "社区": "village",
    "公安": "police",
    "派出所": "police",
    "司法行政": "justice",
    "司法所": "justice",
    "法院": "court",
    "人民法庭": "court",
    "检察院": "procuracy",
    "调解组织": "mediation",
    "巡逻点": "patrol",
    "基金会": "foundation",
    "服务机构": "service",
}
ROLE_WORDS = {
    "网格长": "grid_head",
    "网格员": "grid_worker",
    "平安志愿者": "volunteer",
    "驻村民警": "village_police",
    "驻村辅警": "village_police",
}
TASK_WORDS = {
    "信息员": "information",
    "巡防员": "patrol",
    "调解员": "mediation",
    "管理员": "management",
    "服务员": "service",
    "宣传员": "publicity",
}
_YES = {"是", "有", "√", "y", "yes", "true", "1"}
_NO = {"", "否", "无", "n", "no", "false", "0"}
_SPLIT = re.compile(r"[、,，;；\n]+")
_GROUND = re.compile(r"\d{2}(\d{2}(\d{2}(\d{3}(\d{3}(\d{3})?)?)?)?)?")


@dataclass(frozen=True, slots=True)
class Misfit:
    """A cell that cannot be read: the heading, a code of ``errors.FAULTS`` and what stood there."""

    heading: str
    code: str
    text: str = ""


class _UnfitError(ValueError):
    """A cell that does not fit, by a code."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the key of its value, how it is read, whether it must be filled."""

    heading: str
    key: str
    read: Callable[[str], Any]
    needed: bool = True
    absent: Any = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A row that could be read, or what is wrong with it."""

    row: int
    given: Mapping[str, Any] = field(default_factory=dict)
    misfits: tuple[Misfit, ...] = ()


def read(kind: str, row: int, cells: Mapping[str, str]) -> Read:
    """One row by its cells, keyed by the headings as ``headings`` found them."""
    given: dict[str, Any] = {}
    misfits = []
    for column in COLUMNS[kind]:
        text = cells.get(column.key, "").strip()
        try:
            given[column.key] = _value(column, "" if is_empty(text) else text)
        except _UnfitError as error:
            misfits.append(Misfit(column.heading, str(error), text[:60]))
    since, until = given.get("valid_from"), given.get("valid_to")
    if isinstance(since, date) and isinstance(until, date) and until < since:
        misfits.append(Misfit("结束日期", "ends_before", until.isoformat()))
    return Read(row, given, tuple(misfits))


def headings(kind: str, columns: tuple[str, ...]) -> tuple[dict[str, str], list[str], list[str]]:
    """Key by heading of the sheet; the headings that are missing, and those that nobody knows."""
    known = {column.heading: column.key for column in COLUMNS[kind]}
    known |= {column.key: column.key for column in COLUMNS[kind]}
    found = {name: known[name] for name in columns if name in known}
    missing = [c.heading for c in COLUMNS[kind] if c.needed and c.key not in found.values()]
    strange = [name for name in columns if name not in known and name not in ADDED]
    return found, missing, strange


def _value(column: Column, text: str) -> Any:
    if text:
        return column.read(text)
    if column.needed:
        raise _UnfitError("missing")
    return column.absent


# --- cells ---------------------------------------------------------------------------------------------


def _text(most: int) -> Callable[[str], str]:
    def read_text(text: str) -> str:
        if len(text) > most:
            raise _UnfitError("too_long")
        return text

    return read_text


def _day(text: str) -> date:
    try:
        return as_date(text)
    except ValueError:
        raise _UnfitError("no_day") from None


def _ground(text: str) -> str:
    if not _GROUND.fullmatch(text):
        raise _UnfitError("no_ground")
    return text


def _class(text: str) -> str:
    return "*" if text in ("全部", "所有") else text


def _choice(words: Mapping[str, Any], codes: tuple[Any, ...], code: str) -> Callable[[str], Any]:
    def read_choice(text: str) -> Any:
        if text in codes:
            return text
        if text in words:
            return words[text]
        raise _UnfitError(code)

    return read_choice


def _level(text: str) -> int:
    if text in ("1", "2", "3", "4", "5"):
        return int(text)
    if (level := LEVELS.get(text.removesuffix("级"))) is None:
        raise _UnfitError("no_level")
    return level


def _duties(text: str) -> tuple[str, ...]:
    return tuple(sorted({_duty(one) for one in several(text)}))


def _tasks(text: str) -> tuple[str, ...]:
    return tuple(sorted({_task(one) for one in several(text)}))


def several(text: str) -> tuple[str, ...]:
    """The parts of a cell that names several things."""
    return tuple(dict.fromkeys(one.strip() for one in _SPLIT.split(text) if one.strip()))


def _yes(text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise _UnfitError("no_yes")


_duty = _choice(DUTY_WORDS, DUTIES, "no_duty")
_kind = _choice(KIND_WORDS, UNIT_KINDS, "no_kind")
_role = _choice(ROLE_WORDS, ROLES, "no_role")
_task = _choice(TASK_WORDS, TASKS, "no_task")
_SPAN = (
    Column("开始日期", "valid_from", _day),
    Column("结束日期", "valid_to", _day, needed=False, absent=None),
)
_UNIT = Column("单位", "unit", _text(100))
_TITLE = Column("岗位", "title", _text(80))

COLUMNS: dict[str, tuple[Column, ...]] = {
    UNITS: (
        Column("单位名称", "name", _text(80)),
        Column("级别", "level", _level),
        Column("地域", "ground", _ground),
        Column("类型", "kind", _kind),
        Column("上级单位", "parent", _text(100), needed=False),
        *_SPAN,
    ),
    POSTS: (
        _UNIT,
        _TITLE,
        Column("职责", "duties", _duties, needed=False, absent=()),
        Column("负责地域", "ground", _ground, needed=False),
        Column("管理岗", "admin", _yes, needed=False, absent=False),
        Column("角色", "role", _role, needed=False),
        Column("六员", "tasks", _tasks, needed=False, absent=()),
        *_SPAN,
    ),
    APPOINTMENTS: (
        _UNIT,
        _TITLE,
        Column("登录名", "account", _text(64)),
        Column("代理", "acting", _yes, needed=False, absent=False),
        *_SPAN,
    ),
    REMITS: (
        Column("类别", "klass", _class),
        Column("地域", "ground", _ground),
        Column("职责", "duty", _duty),
        Column("牵头单位", "unit", _text(100)),
        Column("配合单位", "cooperating", several, needed=False, absent=()),
        Column("责任领导", "leader", _text(180), needed=False),
        Column("依据文件", "basis", _text(200)),
        *_SPAN,
    ),
}
KINDS = tuple(COLUMNS)
