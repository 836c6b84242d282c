"""How far a server has come in replaying its log after a crash."""

import re
import struct
from pathlib import Path

SEGMENT = 16 * 2**20
_REDO = re.compile(rb"redo in progress.*current LSN: ([0-9A-F]+)/([0-9A-F]+)")
_STARTS = re.compile(rb"redo starts at ([0-9A-F]+)/([0-9A-F]+)")


def is_needed(log_tail: bytes) -> bool:
    """Whether a start that wrote this log found that the server had not been shut down."""
    return b"system was interrupted" in log_tail or b"not properly shut down" in log_tail


def is_own(segment: Path) -> bool:
    """Whether a segment holds its own part of the log, and not an older one under a new name."""
    return _start_of(segment) is not None


def share_done(data: Path, log_tail: bytes) -> float | None:
    """The part of the log that is replayed, 0 to 1, or None while nothing is known or to be replayed."""
    starts, progress = _STARTS.findall(log_tail), _REDO.findall(log_tail)
    if not starts:
        return None
    first, end = _position(starts[-1]), _written_to(data)
    now = _position(progress[-1]) if progress else first
    return min(0.99, max(0.0, (now - first) / (end - first))) if end > first else None


def _position(halves: tuple[bytes, bytes]) -> int:
    return (int(halves[0], 16) << 32) + int(halves[1], 16)


def _written_to(data: Path) -> int:
    """The end of the last segment that holds its own log; recycled ones still bear an older one."""
    found = (_start_of(segment) for segment in (data / "pg_wal").glob("[0-9A-F]" * 24))
    return max((start + SEGMENT for start in found if start is not None), default=0)


def _start_of(segment: Path) -> int | None:
    named = (int(segment.name[8:16], 16) << 32) + int(segment.name[16:], 16) * SEGMENT
    try:
        with segment.open("rb") as file:
            written = struct.unpack("=8xQ", file.read(16))[0]
    except (OSError, struct.error):
        return None
    return named if written == named else None
