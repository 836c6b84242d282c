"""A linear model over pieces of text: how likely each class is, and which pieces say so. Pure.

The score of a class is the product of its weights with the text's vector (tf-idf, length 1), as scikit-learn
reckons it; a softmax with one slope, fitted on texts the model had not seen, makes confidences of scores
(temperature scaling: Guo et al. 2017, "On calibration of modern neural networks"). Plain Python: what loads a
numeric library costs a server more than the sums do.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from gantang.advice.rules.pieces import pieces

Span = tuple[int, int]
#: So many classes are offered, so many pieces shown; a class below this confidence is not worth a line.
OFFERED, SHOWN, FAINT = 3, 3, 0.03


@dataclass(frozen=True, slots=True)
class Weights:
    """``places`` numbers the pieces; ``rows`` holds one weight for each (piece, class), in units of the
    class's ``scales``; ``rarity`` is the inverse document frequency of each piece."""

    classes: tuple[str, ...]
    places: Mapping[str, int]
    rarity: "array[float]"
    rows: "array[int]"
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    slope: float
    threshold: float

    def row(self, place: int) -> Sequence[int]:
        """The weights of one piece."""
        width = len(self.classes)
        return self.rows[place * width : (place + 1) * width]


def vector(weights: Weights, text: str) -> dict[int, float]:
    """The text's known pieces, each with its share of a vector of length 1; empty where none is known."""
    counts: dict[int, int] = {}
    for piece, _start in pieces(text):
        place = weights.places.get(piece)
        if place is not None:
            counts[place] = counts.get(place, 0) + 1
    raw = {place: (1 + log(n)) * weights.rarity[place] for place, n in counts.items()}
    length = sqrt(sum(x * x for x in raw.values()))
    return {place: x / length for place, x in raw.items()}


def confidences(weights: Weights, text: str) -> list[tuple[str, float]]:
    """Every class with its confidence, the likest first; none for a text of which nothing is known."""
    found = vector(weights, text)
    if not found:
        return []
    sums = [0.0] * len(weights.classes)
    for place, x in found.items():
        sums = [total + x * w for total, w in zip(sums, weights.row(place), strict=True)]
    scores = [s * scale + b for s, scale, b in zip(sums, weights.scales, weights.biases, strict=True)]
    shares = softmax([weights.slope * score for score in scores])
    return sorted(zip(weights.classes, shares, strict=True), key=lambda each: -each[1])


def softmax(values: Sequence[float]) -> list[float]:
    """Shares that add up to 1."""
    highest = max(values)
    powers = [exp(value - highest) for value in values]
    total = sum(powers)
    return [power / total for power in powers]


def offered(weights: Weights, text: str) -> list[tuple[str, float]]:
    """At most three classes; none where the model is too unsure to speak."""
    ranked = confidences(weights, text)
    if not ranked or ranked[0][1] < weights.threshold:
        return []
    return [one for one in ranked[:OFFERED] if one[1] >= FAINT]


def because(weights: Weights, text: str, klass: str) -> list[Span]:
    """Where the pieces stand that spoke most for a class against the others, in the order of the text."""
    loud = _loudness(weights, text, weights.classes.index(klass))
    told = [(sum(loud[start:end]), (start, end)) for start, end in _runs(loud)]
    best = sorted(told, reverse=True)[:SHOWN]
    return sorted(span for force, span in best if 2 * force >= best[0][0])


def _loudness(weights: Weights, text: str, at: int) -> list[float]:
    """How much each character says for the class: every piece is shared out over its characters."""
    found = vector(weights, text)
    stands: dict[int, list[Span]] = {}
    for piece, start in pieces(text):
        place = weights.places.get(piece)
        if place is not None:
            stands.setdefault(place, []).append((start, start + len(piece)))
    loud = [0.0] * len(text)
    for place, spans in stands.items():
        force = found[place] * _edge(weights, place, at) / sum(end - start for start, end in spans)
        for start, end in spans:
            for each in range(start, end):
                loud[each] += force
    return loud


def _edge(weights: Weights, place: int, at: int) -> float:
    """By how much a piece speaks for a class more than for the others on average."""
    real = [w * scale for w, scale in zip(weights.row(place), weights.scales, strict=True)]
    return real[at] - (sum(real) - real[at]) / max(1, len(real) - 1)


def _runs(loud: Sequence[float]) -> list[Span]:
    """Stretches of two characters or more that say more than the text does on average."""
    voices = [each for each in loud if each > 0]
    level = sum(voices) / len(voices) if voices else 0.0
    runs: list[Span] = []
    start = None
    for at, each in enumerate([*loud, 0.0]):
        if each > level and start is None:
            start = at
        elif each <= level and start is not None:
            runs, start = [*runs, (start, at)] if at - start > 1 else runs, None
    return runs
