"""`python -m tests.faults.dying plant|erase|left`: a matter past its term, an erasure that dies between its commit
and its line on the list, and how much of a person is left. Run beside a site, with its options."""

import os
import signal
import sys
from datetime import timedelta
from importlib import import_module
from typing import NoReturn

from gantang.cli import surroundings

PHONE = "13900007799"


def plant() -> None:
    """A matter that ended six years ago."""
    from gantang.kit import clock
    from gantang.kit.actor import SYSTEM, Actor
    from gantang.kit.work import reading
    from gantang.matters import service
    from gantang.matters.models import Matter
    from gantang.matters.types import Contact, Report
    from tests.faults.casework import GROUND

    now = clock.now()
    report = Report(
        words="示例：忘掉我。",
        channel="portal",
        class_code="facility.lighting",
        ground=GROUND,
        reporter=Contact(name="示例", phone=PHONE),
    )
    receipt = service.intake(actor=Actor(client="form:dying"), report=report, key="dying", now=now)
    actor, matter = service.open_by_code(receipt.access_code or "")
    service.act(actor=actor, matter=matter, move="withdraw", answers={}, key="dying-2", now=now)
    with reading(SYSTEM, ids=[matter]):
        Matter.objects.filter(id=matter).update(ended_at=now - timedelta(days=366 * 6))


def erase() -> None:
    """Erase what is past its term, and die where the line would be written."""
    from gantang.kit import clock
    from gantang.matters import service

    def die(_line: str) -> NoReturn:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    # By its name: the room's own ``erase`` is a function of the same.
    import_module("gantang.vault.service.erase")._append = die  # type: ignore[attr-defined]
    service.forget_due(now=clock.now())


def left() -> None:
    """How many of the person's look-ups lead somewhere."""
    from gantang.vault import blind
    from gantang.vault.models import BlindIndex

    print(BlindIndex.objects.filter(hash__in=blind.hashes("phone", PHONE)).count())


def main() -> None:
    with surroundings.django():
        {"plant": plant, "erase": erase, "left": left}[sys.argv[1]]()


if __name__ == "__main__":
    main()
