"""Facilities: their conditions, what may be wrong with one, labels, and when one is to be looked at. Pure."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from gantang.kit import base32
from gantang.territory.rules import kinds

WORKING, FAULTY, OUT = "working", "faulty", "out_of_service"
CONDITIONS = (WORKING, FAULTY, OUT)
#: Duties whose posts look at facilities and report them: whoever takes in, and whoever works on the spot.
TENDING = frozenset({"receiver", "handler", "cooperator"})
LONGEST_CODE, LONGEST_NAME = 32, 60
MOST_NEEDED, MOST_DAYS = 99, 3660


class Fault(NamedTuple):
    """What may be wrong with a facility: words about a thing, from a closed list, so never about people."""

    code: str
    zh: str
    en: str


FAULTS = {
    one.code: one
    for one in (
        Fault("no_power", "没有电", "No power"),
        Fault("no_signal", "没有信号", "No signal"),
        Fault("dark", "不亮", "Dark"),
        Fault("flickering", "闪烁", "Flickering"),
        Fault("blocked", "被遮挡", "Blocked"),
        Fault("damaged", "损坏", "Damaged"),
        Fault("loose", "松动、倾斜", "Loose or leaning"),
        Fault("corroded", "锈蚀、老化", "Corroded or worn"),
        Fault("cable", "线缆裸露、断开", "Cable bare or torn"),
        Fault("missing", "不见了", "Missing"),
        Fault("other", "其他", "Other"),
    )
}


def typed(code: str) -> str | None:
    """A code as it is stored: full-width and small letters do not matter. None for what is none."""
    found = unicodedata.normalize("NFKC", code).strip().upper()
    fit = found.isprintable() and not any(one.isspace() for one in found)
    return found if fit and 0 < len(found) <= LONGEST_CODE else None


def label(facility: UUID) -> str:
    """The code of a facility that came without one: ``F-7QK4M2RX-9T``, with two check characters."""
    body = base32.with_two_checks(base32.digits(facility.int & (1 << 40) - 1, 8))
    return f"F-{body[:8]}-{body[8:]}"


def due(since: date, days: int | None, *, inspected: date | None, repaired: date | None) -> date | None:
    """The day of the next inspection: after the interval of the kind, or once a repair has ended (the
    earlier); None where nothing asks for one."""
    ruled = None if days is None else (inspected or since) + timedelta(days=days)
    return min((one for one in (ruled, repaired) if one is not None), default=None)


def found_faults(condition: str, faults: Collection[str]) -> str | None:
    """What is wrong with what an inspection says; None for what is right."""
    if condition not in CONDITIONS:
        return "condition"
    if any(one not in FAULTS for one in faults) or (condition == WORKING and faults):
        return "faults"
    return "faults" if condition == FAULTY and not faults else None


def needs_fit(needs: Mapping[str, Any]) -> bool:
    """Whether a need of grids can be meant: known kinds of grid, one to 99 each."""
    return all(
        kind in kinds.KINDS and isinstance(least, int) and 0 < least <= MOST_NEEDED
        for kind, least in needs.items()
    )
