"""What clients were told, against what is there: nothing lost, nothing doubled, nothing half done."""

from gantang.host import cluster
from tests.faults.bench import Site
from tests.faults.clients import Told


def compare(site: Site, told: Told) -> None:
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
        stored = {row[0] for row in link.execute("SELECT stored FROM matter_attachment")}
        assert len(stored) == len(told.attached), "attachments"
        assert [name for name in stored if not _lies(site, name)] == [], "a row without its bytes"
        keys = link.execute("SELECT count(*) FROM kit_idempotencykey WHERE status IS NOT NULL").fetchone()
        assert keys == (told.acknowledged,), "keys"
    _prove(site)


def _lies(site: Site, name: str) -> bool:
    path = site.folder / "files" / name[2:4] / name[4:6] / name
    return path.exists() and path.stat().st_size > 0


def _prove(site: Site) -> None:
    done = site.command("ledger", "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    if "rebuild" in site.command("--help").stdout:
        done = site.command("rebuild")
        assert done.returncode == 0, done.stdout + done.stderr


_FAULTS = {
    "a matter whose steps are not as many as its version": """
        SELECT m.number, m.version, count(s.seq), min(s.seq), max(s.seq) FROM matter m
        LEFT JOIN ledger_step s ON s.city = m.city AND s.stream = m.id
        GROUP BY m.number, m.version
        HAVING count(s.seq) <> m.version OR min(s.seq) <> 1 OR max(s.seq) <> m.version""",
    "a step that was made twice": """
        SELECT city, stream, name, data->>'move' FROM ledger_step WHERE kind = 'matter' AND client <> 'clock'
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
