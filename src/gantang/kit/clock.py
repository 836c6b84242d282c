"""The only source of the present moment; everything else is told what time it is."""

from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, with the zone of the field (Asia/Shanghai)."""
    return datetime.now(ZONE)
