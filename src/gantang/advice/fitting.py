"""Fitting a model with scikit-learn, which no other module loads: it costs seconds and 190 MB.

Character pieces with tf-idf, one linear support vector machine for each class; folds that are held out give
the scores by which confidence is calibrated and everything is judged.
"""

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from gantang.advice import errors
from gantang.advice.rules import figures
from gantang.advice.rules.pieces import words
from gantang.advice.rules.weights import OFFERED, Weights

#: A piece counts that stands in three texts or more: what one person wrote alone is in no model.
IN_TEXTS, MOST_PIECES, PENALTY = 3, 50_000, 0.3
#: As far below any real score as a class is that a fold did not know.
_UNKNOWN = -10.0
_SLOPES = [0.5 * 1.1**step for step in range(40)]
_LARGEST = 32767

Progress = Callable[[int, int], None]
Figures = dict[str, float]


def fit(
    texts: Sequence[str], labels: Sequence[str], folds: Sequence[int], *, progress: Progress | None = None
) -> tuple[Weights, Figures]:
    """A model of all texts and its figures on held-out folds. Texts that are alike belong into one fold.

    Errors: NoExtraError; TooUnsureError.
    """
    told = progress or (lambda done, total: None)
    classes, held = sorted(set(labels)), sorted(set(folds))
    told(0, len(held) + 1)
    scores = _held_out(texts, labels, folds, classes, told)
    truths = [classes.index(label) for label in labels]
    slope = _slope(scores, truths)
    measured = _judged(scores, truths, slope, classes)
    if measured is None:
        raise errors.TooUnsureError(details={"aim": round(100 * figures.AIM)})
    vectors, machine = _trained(texts, labels)
    told(len(held) + 1, len(held) + 1)
    return _weights(vectors, machine, slope, measured["threshold"]), measured


def _trained(texts: Sequence[str], labels: Sequence[str]) -> tuple[Any, Any]:
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.svm import LinearSVC
    except ImportError:
        raise errors.NoExtraError from None
    vectors = TfidfVectorizer(analyzer=words, min_df=IN_TEXTS, max_features=MOST_PIECES, sublinear_tf=True)
    machine = LinearSVC(C=PENALTY, class_weight="balanced", random_state=0)
    machine.fit(vectors.fit_transform(texts), labels)
    return vectors, machine


def _held_out(
    texts: Sequence[str], labels: Sequence[str], folds: Sequence[int], classes: Sequence[str], told: Progress
) -> Any:
    """Scores of every text by a model that was fitted without its fold: an array (texts, classes)."""
    import numpy as np

    scores = np.full((len(texts), len(classes)), _UNKNOWN)
    held = sorted(set(folds))
    for done, fold in enumerate(held, start=1):
        inside = [at for at, one in enumerate(folds) if one != fold]
        outside = [at for at, one in enumerate(folds) if one == fold]
        vectors, machine = _trained([texts[at] for at in inside], [labels[at] for at in inside])
        found = _margins(machine.decision_function(vectors.transform([texts[at] for at in outside])))
        columns = [classes.index(one) for one in machine.classes_]
        scores[np.ix_(outside, columns)] = found
        told(done, len(held) + 1)
    return scores


def _margins(found: Any) -> Any:
    """Two classes have one margin between them: one column for each is made of it."""
    import numpy as np

    return np.stack([-found, found], axis=-1) if found.ndim == 1 else found


def _shares(scores: Any, slope: float) -> Any:
    import numpy as np

    powers = np.exp(slope * (scores - scores.max(axis=1, keepdims=True)))
    return powers / powers.sum(axis=1, keepdims=True)


def _slope(scores: Any, truths: Sequence[int]) -> float:
    """The slope under which the held-out truths are likeliest, each taken for as sure as so many texts allow
    (the targets of Platt 1999): where all were right, the next one still may not be."""
    import numpy as np

    rest = 1 / (len(truths) + 2)

    def doubt(slope: float) -> float:
        logs = np.log(np.maximum(_shares(scores, slope), 1e-12))
        chosen = logs[np.arange(len(truths)), truths]
        others = (logs.sum(axis=1) - chosen) / (logs.shape[1] - 1)
        return float(-((1 - rest) * chosen + rest * others).mean())

    return min(_SLOPES, key=doubt)


def _judged(scores: Any, truths: Sequence[int], slope: float, classes: Sequence[str]) -> Figures | None:
    """The figures of a model; None where it is right too seldom at any confidence."""
    shares = _shares(scores, slope)
    ranks = (-shares).argsort(axis=1)
    sure = [float(each) for each in shares.max(axis=1)]
    right = [bool(one == truth) for one, truth in zip(ranks[:, 0], truths, strict=True)]
    among = [truth in line for line, truth in zip(ranks[:, :OFFERED].tolist(), truths, strict=True)]
    limit = figures.threshold(sure, right)
    if limit is None:
        return None
    spoken = [hit for each, hit in zip(sure, right, strict=True) if each >= limit]
    said = [classes[one] for one in ranks[:, 0]]
    return {
        "macro_f1": figures.macro_f1([classes[one] for one in truths], said),
        "top_one": sum(right) / len(right),
        "top_three": sum(among) / len(among),
        "calibration_error": figures.calibration_error(sure, right),
        "threshold": limit,
        "silent": 1 - len(spoken) / len(right),
        "right_when_spoken": sum(spoken) / len(spoken),
    }


def _weights(vectors: Any, machine: Any, slope: float, limit: float) -> Weights:
    """The model as plain numbers: weights as whole numbers of 16 bits in units of their class."""
    import numpy as np

    two = len(machine.classes_) == 2
    rows = np.vstack([-machine.coef_, machine.coef_]) if two else machine.coef_
    biases = np.concatenate([-machine.intercept_, machine.intercept_]) if two else machine.intercept_
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-9) / _LARGEST
    whole = np.rint(rows / scales[:, None]).T.astype("<i2")
    return Weights(
        classes=tuple(str(one) for one in machine.classes_),
        places={str(piece): int(place) for piece, place in sorted(vectors.vocabulary_.items(), key=_second)},
        rarity=array("f", vectors.idf_.tolist()),
        rows=array("h", whole.ravel().tolist()),
        scales=tuple(float(one) for one in scales),
        biases=tuple(float(one) for one in biases),
        slope=slope,
        threshold=limit,
    )


def _second(item: tuple[str, int]) -> int:
    return item[1]
