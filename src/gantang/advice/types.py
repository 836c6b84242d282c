"""What the room hands across."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Likely:
    """A class and how sure the model is of it, 0 to 1: so many of a hundred such cases were right."""

    code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Suggested:
    """At most three classes, the likest first, and the pieces of the gist that spoke most for the first, in
    their order; ``spans`` is where each begins and ends."""

    model: int
    likely: tuple[Likely, ...]
    because: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A suggestion on record, and the class that was decided ("" where the news has not come yet)."""

    model: int
    likely: tuple[Likely, ...]
    because: tuple[str, ...]
    decided: str


@dataclass(frozen=True, slots=True)
class Card:
    """A model and its figures on decided matters that it had not seen: shares from 0 to 1."""

    model: int
    made_at: datetime
    matters: int
    classes: int
    macro_f1: float
    top_one: float
    top_three: float
    calibration_error: float
    threshold: float
    silent: float
    right_when_spoken: float
