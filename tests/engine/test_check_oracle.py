"""The checker against an oracle that walks every configuration with the run-time alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from tests.engine.agreement import SHARED, Compared, compare
from tests.engine.generate import generate
from tests.engine.oracle_time import MOST
from tests.scale import scaled

#: Seeds of every day and of the long proof; what they once found stands, shrunk, in test_check_shrunk.
QUICK, PROVE = range(scaled(200, 500)), range(10_000)
#: How many cases are watched every day: the longest few procedures cost half of the time.
QUICKLY = scaled(30, 60)


def together(seeds: Iterable[int], most: int = MOST) -> list[Compared]:
    return [compare(generate(seed), seed, most) for seed in seeds]


def told(found: list[Compared]) -> str:
    """How many were positive of each, in percent."""
    shares = Counter(word for one in found for word in SHARED if one.has(word))
    return ", ".join(f"{word} {100 * shares[word] / len(found):.1f} %" for word in SHARED)


def agreed(found: list[Compared]) -> None:
    untimed = sum(one.untimed for one in found)
    print(f"\n{len(found)} procedures, {untimed} of them without a watch: {told(found)}")
    assert {one.seed: one.differences for one in found if one.differences} == {}


def test_checker_and_oracle_agree_on_generated_procedures(capsys: pytest.CaptureFixture[str]) -> None:
    found = together(QUICK, QUICKLY)
    with capsys.disabled():
        agreed(found)


@pytest.mark.prove
def test_checker_and_oracle_agree_on_ten_thousand_procedures(capsys: pytest.CaptureFixture[str]) -> None:
    found = together(PROVE)
    with capsys.disabled():
        agreed(found)
    shares = {word: sum(one.has(word) for one in found) / len(found) for word in SHARED}
    assert {word for word, share in shares.items() if not 0.05 <= share <= 0.60} == set()
