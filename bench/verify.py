"""Verifying the ledger, beside reading the same rows and hashing them; and making a checkpoint.

A bare ledger of its own in ``var/bench-ledger``, with chains as acts would have left them.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.bare import database
from bench.site import ROOT

DATA = ROOT / "var" / "bench-ledger"
_ROWS = (
    "COPY (SELECT city, id, stream, seq, kind, name, data, client, account, post, happened_at, hash "
    "FROM ledger_step ORDER BY city, stream, seq) TO STDOUT"
)


def measure(*, streams: int) -> dict[str, Any]:
    """Seconds of each, streams and steps a second, and the ratio to the ceiling on one process. It runs in a
    process of its own: it has a server of its own."""
    DATA.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "bench.verify", str(streams)], check=True, cwd=ROOT)
    found: dict[str, Any] = json.loads((DATA / "found.json").read_text(encoding="ascii"))
    return found


def _measure(streams: int) -> dict[str, Any]:
    with database(DATA):
        _empty()
        from bench import chains

        chains.lay(streams)
        steps = streams * chains.EACH
        cores = os.cpu_count() or 1
        first, again = _timed(_checkpoint), _timed(_checkpoint)
        ceiling = _timed(_read_and_hash)
        one, many = _timed(lambda: _verify(1)), _timed(lambda: _verify(cores))
        found = {
            "streams": streams,
            "steps": steps,
            "cores": cores,
            "checkpoint_s": first,
            "checkpoint_again_s": again,
            "ceiling_s": ceiling,
            "ceiling_steps_per_s": steps / ceiling,
            "one_s": one,
            "one_steps_per_s": steps / one,
            "all_s": many,
            "all_steps_per_s": steps / many,
            "all_streams_per_s": streams / many,
            "ratio": ceiling / one,
        }
        _empty()
    for name, value in found.items():
        print(f"  {name}: {value:,.2f}" if isinstance(value, float) else f"  {name}: {value:,}", flush=True)
    return found


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _checkpoint() -> None:
    from bench import chains
    from gantang.kit import clock
    from gantang.ledger import service

    service.checkpoint(chains.CITY, now=clock.now())


def _verify(jobs: int) -> None:
    from gantang.kit import clock
    from gantang.ledger import queries

    report = queries.verify_in_parts(state=DATA / "verify.jsonl", now=clock.now(), jobs=jobs, afresh=True)
    if not report.sound:
        raise SystemExit(f"the ledger of the bench does not verify: {report.faults[:3]} {report.chain}")


def _read_and_hash() -> None:
    """The ceiling: every row read plainly, and one keyed hash of it."""
    from gantang.kit import crypto
    from gantang.ledger.snapshot import snapshot

    key, suite = crypto.derive("bench"), crypto.suite_in_force()
    with snapshot() as link, link.cursor() as cursor, cursor.copy(_ROWS) as rows:
        left = b""
        for block in rows:
            *whole, left = (left + bytes(block)).split(b"\n")
            for row in whole:
                crypto.digest(key, row, suite=suite)


def _empty() -> None:
    from django.conf import settings

    from gantang.ledger.snapshot import snapshot

    with snapshot(read_only=False) as link:
        link.execute("TRUNCATE ledger_step, ledger_streamhead, ledger_leaf, ledger_checkpoint")
    (Path(settings.GANTANG_KEYS_DIR) / "checkpoints.jsonl").unlink(missing_ok=True)


if __name__ == "__main__":
    told = _measure(int(sys.argv[1]))
    (DATA / "found.json").write_text(json.dumps(told), encoding="ascii")
