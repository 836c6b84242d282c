"""A case with further steps applied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gantang.engine.run.apply import apply

if TYPE_CHECKING:
    from gantang.engine.run.case import Case
    from gantang.engine.run.values import Step


def after(case: Case, steps: Iterable[Step]) -> Case:
    for step in steps:
        case = apply(case, step)
    return case
