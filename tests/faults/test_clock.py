"""Clocks that jump under load, forward and back, on web and worker alike or on one of them: nothing is lost or
doubled, what fell due happens once and in order, and nothing goes below nought."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gantang.host import cluster
from tests.faults.bench import Site, until
from tests.faults.clients import Told
from tests.faults.shifted import FOLDER, WEB, WORKER
from tests.faults.under_load import hurt

pytestmark = pytest.mark.slow

HOUR, DAY = 3600, 86_400


@pytest.fixture(scope="module")
def clocks(casework: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The site with clocks that go by files; with the machine's clock again at the end."""
    place = tmp_path_factory.mktemp("clocks")
    _set(place, web=0, worker=0)
    casework.more[FOLDER] = str(place)
    casework.end()
    casework.up().ready(120)
    yield place
    _set(place, web=0, worker=0)
    del casework.more[FOLDER]
    casework.end()
    casework.up().ready(120)


@pytest.mark.parametrize(
    ("web", "worker"),
    [
        pytest.param(3 * HOUR, 3 * HOUR, id="forward", marks=pytest.mark.prove),
        pytest.param(-3 * HOUR, -3 * HOUR, id="back"),
        pytest.param(-2 * DAY, 0, id="web days behind", marks=pytest.mark.prove),
        pytest.param(0, 3 * DAY, id="worker days ahead", marks=pytest.mark.prove),
        pytest.param(-2 * DAY, 3 * DAY, id="web days behind and worker days ahead"),
    ],
)
def test_clock_that_jumps_and_comes_back_loses_and_doubles_nothing(
    casework: Site, told: Told, clocks: Path, web: int, worker: int
) -> None:
    def jump() -> None:
        _set(clocks, web=web, worker=worker)
        many, said = told.acknowledged, _off(casework)
        until(lambda: told.acknowledged > many + 100 or told.wrong, 120, "some were written meanwhile")
        until(lambda: _off(casework) > said, 20, "it is told")
        _set(clocks, web=0, worker=0)

    hurt(casework, told, f"web {web / HOUR:+g} h, worker {worker / HOUR:+g} h", jump)
    with casework.database(cluster.SUPERUSER) as link:
        for fault, statement in _FAULTS.items():
            assert link.execute(statement).fetchall() == [], fault


def _off(site: Site) -> int:
    """How often it was told that a clock is off."""
    return sum(
        (site.folder / "logs" / f"{role}.log").read_text().count("clock.off") for role in (WEB, WORKER)
    )


def _set(place: Path, *, web: int, worker: int) -> None:
    """Each file changes at once: a process never reads half of it."""
    for role, seconds in ((WEB, web), (WORKER, worker)):
        draft = place / f"{role}.new"
        draft.write_text(str(seconds))
        draft.replace(place / role)


#: The clock's steps say in ``at`` when they fell due.
_FAULTS = {
    "what fell due was done twice": """
        SELECT stream, name, data FROM ledger_step WHERE kind = 'matter' AND client = 'clock'
        GROUP BY stream, name, data HAVING count(*) > 1""",
    "a reminder that came twice": """
        SELECT stream, data->'rule', data->>'state' FROM ledger_step WHERE kind = 'matter' AND name = 'told'
        GROUP BY stream, data->'rule', data->>'state' HAVING count(*) > 1""",
    "what fell due, out of order": """
        SELECT stream, seq FROM (
            SELECT stream, seq, (data->>'at')::timestamptz AS due,
                   lag((data->>'at')::timestamptz) OVER (PARTITION BY stream ORDER BY seq) AS before
            FROM ledger_step WHERE kind = 'matter' AND client = 'clock') fired
        WHERE due < before""",
    "what happened to a matter, out of order": """
        SELECT stream, seq FROM (
            SELECT stream, seq, happened_at, lag(happened_at) OVER (PARTITION BY stream ORDER BY seq) AS before
            FROM ledger_step WHERE kind = 'matter') told
        WHERE happened_at < before""",
    "what happened at no time of the database's": """
        SELECT stream, seq, happened_at FROM ledger_step
        WHERE kind = 'matter' AND happened_at > clock_timestamp() + interval '1 minute'""",
    "a clock that ran backwards": """
        SELECT m.number FROM matter m, jsonb_each(m.case) part, jsonb_array_elements(part.value->'stops') stop
        WHERE part.key IN ('clock', 'total') AND jsonb_typeof(part.value) = 'object'
        AND (stop->>0)::timestamptz > (stop->>1)::timestamptz""",
    "a count below nought": "SELECT measure, ground, n FROM tallies_tally WHERE n < 0",
    "a deadline before its state began": "SELECT number FROM matter WHERE due_at < entered_at",
}
