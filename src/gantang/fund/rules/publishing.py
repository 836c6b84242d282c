"""What of a closed year everybody may see: no payment to a single person can be worked out.

A kind of use with fewer than ``k`` payments is not told alone, only in the sum of what is not told. That sum
follows from the total; so it must hold at least two kinds and ``k`` payments, else the next smaller kind
joins it, in the end every one, those without a payment too. Then there is the total alone, which the balance
gives away in any case. Income is not covered: that gifts are received has to be public (公益事业捐赠法
1999-06-28, §22), and what a giver may keep back is name and address (慈善法 2023-12-29, §82), which are
not kept at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Use:
    """A kind of use in a year: fen, and how many payments there were."""

    fen: int
    payments: int


def covered(uses: Mapping[str, Use], k: int) -> frozenset[str]:
    """The kinds that are not told alone."""
    left = {kind for kind, one in uses.items() if 0 < one.payments < k}
    if not left:
        return frozenset()
    rest = sorted((kind for kind in uses if kind not in left), key=lambda kind: (uses[kind].payments, kind))
    for kind in [one for one in rest if uses[one].payments]:
        if _is_safe(uses, left, k):
            break
        left.add(kind)
    return frozenset(left if _is_safe(uses, left, k) else uses)


def _is_safe(uses: Mapping[str, Use], left: set[str], k: int) -> bool:
    return len(left) > 1 and sum(uses[kind].payments for kind in left) >= k
