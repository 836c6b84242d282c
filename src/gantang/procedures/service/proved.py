"""What the release proved is not proved again by each site that starts: it keeps the proofs' names.

A name is a digest of all that a proof rests on: the engine's code and tables, the pack, the packs beside it,
the calendar and the years of the start days. Whoever changes one of them has another name, and that is
proved anew.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

import gantang
from gantang import engine
from gantang.engine.edition import edition

KEPT = Path(gantang.__file__).parent / "packs" / "proved.json"


def name(
    pack: engine.Pack, calendar: engine.Calendar, others: Iterable[engine.Pack], years: Collection[int]
) -> str:
    """The name of the proof of a pack: SHA-256, hex."""
    beside = sorted(_hashes(one) for one in others)
    rests_on = [edition(), _hashes(pack), beside, calendar.version, sorted(years)]
    return hashlib.sha256(json.dumps(rests_on, separators=(",", ":")).encode()).hexdigest()


def is_kept(proof: str) -> bool:
    """Whether the release has proved it, without a finding."""
    return proof in _kept()


def keep(proofs: Mapping[str, list[str]]) -> None:
    """Write the names of proofs without a finding, by pack; developers only, before a release."""
    KEPT.write_text(json.dumps(proofs, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    _kept.cache_clear()


@cache
def _kept() -> frozenset[str]:
    if not KEPT.is_file():
        return frozenset()
    return frozenset(one for some in json.loads(KEPT.read_text(encoding="utf-8")).values() for one in some)


def _hashes(pack: engine.Pack) -> list[object]:
    """A pack by its procedures and what each came from; a hash covers form, texts and documents too."""
    stages = {key: [one.hash for one in some] for key, some in pack.stages.items()}
    mine = {key: one.hash for key, one in pack.procedures.items()}
    return [pack.name, sorted(mine.items()), sorted(stages.items())]
