"""A fault in the midst of writes: enough of them before, at and after it, then everything compared."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest

from gantang.host import residents
from tests.faults.bench import Site, until
from tests.faults.casework import TOKEN
from tests.faults.checker import compare
from tests.faults.clients import Clients, Told
from tests.scale import scaled

#: Answers before the fault, and answers that must follow it.
BEFORE, AFTER = scaled((90, 70), (300, 250))
#: A run counts only with so many answers in all, and with so many writes on their way or sent again.
LEAST, TOUCHED = scaled((150, 8), (500, 20))
#: For how long the database is away: in every run, and in the long proof.
AWAY = pytest.mark.parametrize("seconds", [8, pytest.param(60, marks=pytest.mark.prove)])


@contextmanager
def gone(site: Site) -> Iterator[None]:
    """For the block the database is gone, and nobody brings it back."""
    os.kill(site.pid("supervisor"), signal.SIGSTOP)
    try:
        os.kill(site.pid("postmaster"), signal.SIGKILL)
        until(lambda: not residents.residents(site.data), 20, "its sessions have left as well")
        yield
    finally:
        os.kill(site.pid("supervisor"), signal.SIGCONT)


def hurt(site: Site, told: Told, name: str, fault: Callable[[], object], *, pictures: int = 0) -> None:
    """Let clients write, make the fault, wait until they write again, and compare.

    ``fault`` returns once there is nothing more to do about it: the site has to come back by itself then.
    """
    start, began = told.acknowledged, len(told.answered_at)
    with clients(site, told, pictures=pictures):
        reach(told, start + BEFORE)
        touched = set(told.waiting)
        told.again.clear()
        hurt_at = time.monotonic()
        fault()
        over_at = time.monotonic()
        reach(told, told.acknowledged + AFTER)
    touched |= told.again
    many = told.acknowledged - start
    print(
        f"\n{name}: {many} writes answered, {len(touched)} on their way or sent again at the fault, "
        f"nobody answered for {_longest_gap(told.answered_at[began:], hurt_at):.1f} s; "
        f"the first answer {_first(told.answered_at, over_at) - over_at:.1f} s after its end"
    )
    assert told.wrong == [], told.wrong[:3]
    assert many >= LEAST, many
    assert len(touched) >= TOUCHED, len(touched)
    compare(site, told)


def clients(site: Site, told: Told, *, pictures: int = 0) -> Clients:
    """The programs and residents, who write until the block ends; so many send pictures as well."""
    return Clients(site.port, (site.folder / TOKEN).read_text(), told, pictures=pictures)


def reach(told: Told, many: int) -> None:
    """Wait for so many answers; a wrong one ends the wait."""
    until(lambda: told.acknowledged >= many or told.wrong, 300, f"{many} answers, have {told.acknowledged}")


def _longest_gap(answered_at: list[float], since: float) -> float:
    moments = [since, *(moment for moment in answered_at if moment > since)]
    return max(later - earlier for earlier, later in pairwise(moments))


def _first(answered_at: list[float], since: float) -> float:
    return min(moment for moment in answered_at if moment > since)
