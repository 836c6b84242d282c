"""Training from what people of this deployment decided: gists and their classes, nothing else."""

from collections import Counter
from datetime import datetime
from typing import Any

from gantang.advice import errors
from gantang.advice.fitting import Progress, fit
from gantang.advice.models import Model
from gantang.advice.rules import packing
from gantang.advice.types import Card
from gantang.kit.actor import SYSTEM
from gantang.kit.work import work
from gantang.matters import queries as matters
from gantang.matters.types import Decided

#: No model is made of fewer decided matters, and a class with fewer is never suggested.
LEAST, EACH = 200, 20
#: The newest so many are learned from; in so many stretches of time they are held out.
MOST, FOLDS = 100_000, 5


def train(*, now: datetime, progress: Progress | None = None) -> Card:
    """Train a model and put it in the place of the last one. Alike reports come close together, so stretches
    of time are held out, never single matters. Errors: TooFewError, TooUnsureError, NoExtraError."""
    every = list(matters.decided(most=MOST))
    kept = _enough(every)
    folds = [place * FOLDS // len(kept) for place in range(len(kept))]
    labels = [one.class_code for one in kept]
    weights, measured = fit([one.gist for one in kept], labels, folds, progress=progress)
    card = {"matters": len(kept), "classes": len(weights.classes), **measured}
    with work(SYSTEM):
        row = Model.objects.create(made_at=now, weights=packing.pack(weights), card=card)
    return card_of(row.pk, now, card)


def card_of(model: int, made_at: datetime, card: dict[str, Any]) -> Card:
    """A model's figures as they are handed out."""
    return Card(model=model, made_at=made_at, **card)


def _enough(every: list[Decided]) -> list[Decided]:
    """Those of classes that are common enough, in the order of their numbers. Errors: TooFewError."""
    counts = Counter(one.class_code for one in every)
    common = {code for code, n in counts.items() if n >= EACH}
    kept = [one for one in every if one.class_code in common]
    if len(kept) < LEAST or len(common) < 2:
        details = {"matters": len(every), "classes": len(common), "least": LEAST, "each": EACH}
        raise errors.TooFewError(details=details)
    return kept
