"""The real site under load: whatever is killed, what clients were told is what the database holds.

Programs and residents write under keys and ask again until they are answered. Afterwards every answer is held
against rows, steps, counts and effects: nothing lost, nothing doubled, nothing half done. How long nobody was
answered is printed, not judged.
"""

import os
import signal
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from gantang.host import cluster
from tests.faults.bench import Site, alive, runner, until
from tests.faults.casework import TOKEN
from tests.faults.clients import Clients, Told
from tests.faults.conftest import clear

pytestmark = pytest.mark.slow

#: Answers before the fault, and answers that must follow it.
BEFORE, AFTER = 300, 250


@pytest.fixture(scope="module")
def casework(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The whole site with the small world, for all tests of this file."""
    site = Site(tmp_path_factory.mktemp("load") / "site", runner(None), program="tests.faults.casework")
    try:
        yield site.up().ready(120)
    finally:
        clear(site)


@pytest.fixture(scope="module")
def told() -> Told:
    """Everything that clients of this file were ever told."""
    return Told()


@pytest.mark.parametrize("victim", ["web worker", "worker", "postmaster", "supervisor"])
def test_nothing_is_lost_doubled_or_half_done_when_killed_under_load(
    casework: Site, told: Told, victim: str
) -> None:
    start, began = told.acknowledged, len(told.answered_at)
    with _clients(casework, told):
        _reach(told, start + BEFORE)
        touched = set(told.waiting)
        told.again.clear()
        killed_at = time.monotonic()
        _kill(casework, victim)
        _reach(told, told.acknowledged + AFTER)
    touched |= told.again
    gap = _longest_gap(told.answered_at[began:], killed_at)
    print(
        f"\n{victim}: {told.acknowledged - start} writes answered, {len(touched)} on their way or sent again "
        f"at the fault, nobody answered for {gap:.1f} s"
    )
    assert told.wrong == []
    assert told.acknowledged - start >= 500
    assert len(touched) >= 20
    _compare(casework, told)


def test_restart_runs_no_migration_and_loses_nothing(casework: Site, told: Told) -> None:
    if not told.acknowledged:
        with _clients(casework, told):
            _reach(told, 20)
    before = _applied(casework)
    assert casework.end() == 0
    said = casework.log.stat().st_size
    started = time.monotonic()
    casework.up().ready(120)
    print(f"\nready again after {time.monotonic() - started:.1f} s")
    with casework.log.open("rb") as log:
        log.seek(said)
        assert "数据库结构" not in log.read().decode()
    assert _applied(casework) == before
    _compare(casework, told)


def _clients(site: Site, told: Told) -> Clients:
    return Clients(site.port, (site.folder / TOKEN).read_text(), told)


def _reach(told: Told, many: int) -> None:
    until(lambda: told.acknowledged >= many or told.wrong, 300, f"{many} answers, have {told.acknowledged}")


def _kill(site: Site, victim: str) -> None:
    number = site.pid(victim)
    os.kill(number, signal.SIGKILL)
    if victim == "supervisor":
        assert site.supervisor is not None
        site.supervisor.wait()
        until(lambda: site.get("/health")[0] == 0, 30, "the port is free")
        site.up()
    until(lambda: number not in alive(), 30, "the victim is gone")


def _longest_gap(answered_at: list[float], since: float) -> float:
    moments = [since, *(moment for moment in answered_at if moment > since)]
    return max(later - earlier for earlier, later in pairwise(moments))


def _compare(site: Site, told: Told) -> None:
    """What clients were told, against what is there. Each statement lists what does not fit."""
    numbers = [*told.intakes.values(), *told.by_portal]
    assert len(set(numbers)) == len(told.intakes) + len(told.by_portal)
    with site.database(cluster.SUPERUSER) as link:
        rows = {number: (state, version) for number, state, version in link.execute(
            "SELECT number, state, version FROM matter")}  # fmt: skip
        assert set(numbers) == set(rows), "lost, or doubled"
        moved = set(told.moves.values())
        assert {number for number, (state, _) in rows.items() if state == "triaged"} == moved
        assert {number for number, (state, _) in rows.items() if state == "received"} == set(rows) - moved
        for fault, statement in _FAULTS.items():
            assert link.execute(statement).fetchall() == [], fault
        counted = link.execute(_COUNTED).fetchone()
        assert counted == (len(numbers),), "counts"
        receipts = [row[0] for row in link.execute(_RECEIPTS)]
        assert sorted(receipts) == sorted(told.mailed), "effects"
        keys = link.execute("SELECT count(*) FROM kit_idempotencykey WHERE status IS NOT NULL").fetchone()
        assert keys == (told.acknowledged,), "keys"
    _prove(site)


def _prove(site: Site) -> None:
    done = site.command("ledger", "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    if "rebuild" in site.command("--help").stdout:
        done = site.command("rebuild")
        assert done.returncode == 0, done.stdout + done.stderr


def _applied(site: Site) -> list[tuple[str, str, object]]:
    with site.database() as link:
        return link.execute("SELECT app, name, applied FROM django_migrations ORDER BY id").fetchall()


_FAULTS = {
    "a matter whose steps are not as many as its version": """
        SELECT m.number, m.version, count(s.seq), min(s.seq), max(s.seq) FROM matter m
        LEFT JOIN ledger_step s ON s.city = m.city AND s.stream = m.id
        GROUP BY m.number, m.version
        HAVING count(s.seq) <> m.version OR min(s.seq) <> 1 OR max(s.seq) <> m.version""",
    "a step that was made twice": """
        SELECT city, stream, name, data->>'move' FROM ledger_step WHERE kind = 'matter'
        GROUP BY city, stream, name, data->>'move' HAVING count(*) > 1 AND name IN ('opened', 'moved')""",
    "a stream of a matter that is not there": """
        SELECT h.stream FROM ledger_streamhead h WHERE h.kind = 'matter' AND NOT EXISTS (
            SELECT FROM matter m WHERE m.city = h.city AND m.id = h.stream AND m.version = h.count)""",
    "a matter without its reporter, words or key": """
        SELECT m.number FROM matter m
        WHERE (SELECT count(*) FROM matter_party p WHERE p.city = m.city AND p.matter_id = m.id) <> 1
        OR (SELECT count(*) FROM vault_key k WHERE k.city = m.city AND k.matter_id = m.id) <> 1
        OR NOT EXISTS (SELECT FROM vault_entry e WHERE e.city = m.city AND e.matter_id = m.id)""",
    "what belongs to a matter that is not there": """
        SELECT e.id FROM vault_entry e WHERE NOT EXISTS (
            SELECT FROM matter m WHERE m.city = e.city AND m.id = e.matter_id)""",
    "a code for anything but one matter and its reporter": """
        SELECT c.hash FROM matter_access_code c WHERE NOT EXISTS (
            SELECT FROM matter m WHERE m.city = c.matter_city AND m.id = c.matter_id)""",
}
_COUNTED = """
SELECT sum(n)::bigint FROM (
    SELECT n FROM tallies_tally WHERE measure = 'in' AND ground = '36' AND basis IN ('b', 'n')
    UNION ALL SELECT n FROM tallies_delta WHERE measure = 'in') kept
"""
_RECEIPTS = """
SELECT m.number FROM outbox_row o JOIN matter m ON m.city = o.city AND m.id = o.stream
WHERE o.kind = 'matters.receipt'
"""
