"""Suggestions of a class on real messages: macro-F1 beside a linear baseline over words, on the same folds.

Messages that are nearly the same share a ``group`` and lie in one fold: none is learned from its twin.
The baseline reads the words that the data set's own segmenter found; our model reads the characters alone.
Needs no site and no database, but the real data and scikit-learn.
"""

import csv
import gzip
import time
from collections.abc import Sequence
from typing import Any

from tests.real import ROOT

from gantang.advice.fitting import fit
from gantang.advice.rules import packing, weights
from gantang.advice.rules.figures import macro_f1

FILE, FOLDS = ROOT / "messages" / "labelled_segmented.csv.gz", 5
#: So many messages are answered one by one by the packed model, as the desk asks it.
ASKED = 300


def measure() -> dict[str, Any]:
    """Figures of held-out folds for both sides, and what one suggestion costs."""
    rows = _rows()
    labels, folds = [row["label"] for row in rows], _folds([row["group"] for row in rows])
    texts = [row["seg"].replace(" ", "") for row in rows]
    baseline = _baseline([row["seg"] for row in rows], labels, folds)
    begun = time.perf_counter()
    model, measured = fit(texts, labels, folds)
    found: dict[str, Any] = {
        "texts": len(texts),
        "classes": len(model.classes),
        "baseline_macro_f1": baseline,
        **measured,
        "train_s": time.perf_counter() - begun,
        **_asked(packing.pack(model), texts),
    }
    print(
        "  macro-F1 {macro_f1:.4f}, baseline {baseline_macro_f1:.4f}; first {top_one:.1%}, among "
        "three {top_three:.1%}; calibration error {calibration_error:.3f}; silent {silent:.1%} below "
        "{threshold:.2f}, then right {right_when_spoken:.1%}; {ask_ms:.1f} ms of processor time a "
        "suggestion, model of {bytes:,} bytes read in {read_ms:.0f} ms".format(**found)
    )
    return found


def _rows() -> list[dict[str, str]]:
    with gzip.open(FILE, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _folds(groups: Sequence[str]) -> list[int]:
    """A group lies in one fold; groups are dealt out in the order in which they first appear."""
    order = {group: place for place, group in enumerate(dict.fromkeys(groups))}
    return [order[group] % FOLDS for group in groups]


def _baseline(texts: Sequence[str], labels: Sequence[str], folds: Sequence[int]) -> float:
    """Tf-idf over the given words and one linear support vector machine for each class, as it is usually
    written."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    said = [""] * len(texts)
    for fold in range(FOLDS):
        inside = [at for at, one in enumerate(folds) if one != fold]
        outside = [at for at, one in enumerate(folds) if one == fold]
        vectors = TfidfVectorizer(token_pattern=r"\S+", min_df=2, sublinear_tf=True)
        machine = LinearSVC(random_state=0)
        machine.fit(vectors.fit_transform([texts[at] for at in inside]), [labels[at] for at in inside])
        for at, one in zip(
            outside, machine.predict(vectors.transform([texts[at] for at in outside])), strict=True
        ):
            said[at] = one
    return macro_f1(labels, said)


def _asked(packed: bytes, texts: Sequence[str]) -> dict[str, float]:
    """What reading a model and one suggestion with its reason cost, in processor time."""
    begun = time.process_time()
    model = packing.unpack(packed)
    read = time.process_time()
    for text in texts[:ASKED]:
        for code, _share in weights.offered(model, text)[:1]:
            weights.because(model, text, code)
    asked = time.process_time() - read
    return {"bytes": len(packed), "read_ms": 1000 * (read - begun), "ask_ms": 1000 * asked / ASKED}
