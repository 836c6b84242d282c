"""The database goes away while people fill in forms, at the portal and at the desk: they are told, what they typed
stands on the page that tells them, and sent again from there it makes one matter."""

import subprocess
import time

import pytest

from tests.faults.bench import Site, until
from tests.faults.clients import Told
from tests.faults.typing_people import Person, officer, resident
from tests.faults.under_load import AWAY, gone, hurt

#: Five minutes: the short form as well as the long one.
pytestmark = pytest.mark.prove

_EACH = 5


@AWAY
def test_nothing_typed_is_lost_while_the_database_is_away(casework: Site, told: Told, seconds: int) -> None:
    people = _people(casework)

    def away() -> None:
        with gone(casework):
            end = time.monotonic() + seconds
            until(lambda: all(_is_told(person) for person in people), 20, "all of them are told")
            for person in people:
                person.look()
            time.sleep(max(0, end - time.monotonic()))
        for person in people:
            person.insist()
        told.by_portal.update(person.number for person in people)

    hurt(casework, told, f"database away for {seconds} s from {len(people)} people at forms", away)
    assert len({person.number for person in people}) == len(people)


def _is_told(person: Person) -> bool:
    """They send it, and nobody takes it."""
    assert not person.send()
    return person.was_told


def _people(site: Site) -> list[Person]:
    address, session = f"http://127.0.0.1:{site.port}", _session(site)
    residents = [resident(address, number) for number in range(_EACH)]
    return [*residents, *(officer(address, session, number) for number in range(_EACH))]


def _session(site: Site) -> str:
    done = subprocess.run(
        [site.who.python, "-m", "tests.faults.signed", "receiver"], capture_output=True, text=True, cwd=site.who.root,
        env=site.who.env(GANTANG_DATA_DIR=str(site.folder), GANTANG_PORT=str(site.port), **site.more),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()[-1]
