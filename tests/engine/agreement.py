"""What the checker says and what its oracle saw, brought into one form to be compared."""

from __future__ import annotations

from gantang.engine.model import Finding

#: (aspect, kind of finding, how its sentence can be told from others of the kind)
ASPECTS = (
    ("unreachable", "gap", ("No path reaches",)),
    ("no end", "gap", ("No end can be reached", "Once the uses of")),
    ("hostage", "gap", ("is a hostage",)),
    ("cycle", "idling", ("A cycle has no bound",)),
    ("clockless", "idling", ("has no clock",)),
    ("unheard", "idling", ("When the clock of", "at its lapse")),
    ("endless return", "idling", ("without a time limit",)),
    ("self-check", "self-check", ("",)),
    ("bypass", "bypass", ("",)),
)


def aspect_of(finding: Finding) -> str | None:
    for aspect, kind, marks in ASPECTS:
        if finding.kind == kind and any(mark in finding.sentence.en for mark in marks):
            return aspect
    return None
