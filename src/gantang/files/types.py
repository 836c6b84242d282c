"""What ``files`` hands across."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An upload made fit to keep: its real type, and its bytes without what they told about their maker."""

    mime: str
    extension: str
    data: bytes = field(repr=False)
    stripped: bool
    width: int | None = None
    height: int | None = None
