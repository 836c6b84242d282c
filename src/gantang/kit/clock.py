"""The only source of the present moment; everything else is told what time it is.

A process that asked the database what time it is (``timekeeping``) goes on from that answer by a clock that
nobody sets: the machine's own may jump, or be days off, and nothing falls due early, late or twice by it.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
#: So far a machine's clock may be off the database's before the database's is taken instead.
TOLERATED = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class _Anchor:
    at: datetime
    ticks: float


_anchor: _Anchor | None = None


def now() -> datetime:
    """The present moment, with the zone of the field (Asia/Shanghai)."""
    if (kept := _anchor) is None:
        return here()
    return kept.at + timedelta(seconds=time.monotonic() - kept.ticks)


def here() -> datetime:
    """What this machine's own clock says; only ``now`` and those who compare ask for it."""
    return datetime.now(ZONE)


def keep_to(judge: datetime) -> timedelta:
    """Go on from this machine's clock, or from ``judge``, the database's, where the two are too far apart;
    how far this machine is ahead."""
    global _anchor
    own = here()
    ahead = own - judge
    _anchor = _Anchor(judge.astimezone(ZONE) if abs(ahead) > TOLERATED else own, time.monotonic())
    return ahead


def let_go() -> None:
    """Go by this machine's clock again."""
    global _anchor
    _anchor = None
