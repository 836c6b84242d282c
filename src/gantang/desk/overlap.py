"""How long a former secret works beside the new one, so that it can be changed where it is used: chosen from
a short list; what is no choice is none at all."""

from collections.abc import Mapping
from datetime import timedelta

HOURS = (0, 1, 24, 168)


def overlap_of(given: Mapping[str, str]) -> timedelta:
    """What was chosen as ``hours``."""
    hours = given.get("hours", "")
    return timedelta(hours=int(hours) if hours in map(str, HOURS) else 0)
