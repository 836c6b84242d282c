"""How good suggestions are on texts that were not learned from. Pure; every share is from 0 to 1."""

from collections import Counter
from collections.abc import Sequence

#: The first suggestion is to be right so often where it speaks, and never speaks below this confidence.
AIM, LEAST = 0.85, 0.4
_STEPS, _BINS = 100, 10


def macro_f1(truths: Sequence[str], said: Sequence[str]) -> float:
    """The mean of the classes' F1, a rare class counting as much as a common one."""
    right = Counter(t for t, s in zip(truths, said, strict=True) if t == s)
    real, told = Counter(truths), Counter(said)
    return sum(2 * right[one] / (real[one] + told[one]) for one in real) / len(real)


def calibration_error(sure: Sequence[float], right: Sequence[bool]) -> float:
    """The expected calibration error: how far confidence and truth lie apart, over ten bins of equal width
    (Naeini et al. 2015)."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for each, hit in zip(sure, right, strict=True):
        bins.setdefault(min(int(each * _BINS), _BINS - 1), []).append((each, hit))
    gaps = (abs(sum(s for s, _ in held) - sum(hit for _, hit in held)) for held in bins.values())
    return sum(gaps) / max(1, len(sure))


def threshold(sure: Sequence[float], right: Sequence[bool], aim: float = AIM) -> float | None:
    """The lowest confidence from which on the suggestion is right in ``aim`` of the cases; None where none
    is."""
    for step in range(round(LEAST * _STEPS), _STEPS):
        spoken = [hit for each, hit in zip(sure, right, strict=True) if each >= step / _STEPS]
        if not spoken:
            return None
        if sum(spoken) >= aim * len(spoken):
            return step / _STEPS
    return None
