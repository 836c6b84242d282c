"""What a look at the machine tells."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; ``good`` is None where it is only told; the remedy is for what is not good."""

    good: bool | None
    text: str
    remedy: str = ""
