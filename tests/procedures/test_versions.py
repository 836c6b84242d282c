"""What a shipped procedure says under one version never changes: a site that has it in force takes no other.

`FREEZE=1` writes down what is new; what stands in the list stays.
"""

import csv
import os
from pathlib import Path

from gantang import engine
from gantang.procedures.service.seeding import SHIPPED

LIST = Path(__file__).with_name("versions.csv")
Key = tuple[str, str, str]


def test_shipped_procedure_that_changed_has_a_new_version() -> None:
    known, shipped = _known(), _shipped()
    changed = [key for key, digest in shipped.items() if known.get(key, digest) != digest]
    assert not changed, f"{changed}: raise `version`, and say in upgrades/ what becomes of running matters"
    if os.environ.get("FREEZE"):
        _write(known | shipped)
    new = sorted(set(shipped) - set(_known()))
    assert not new, f"{new}: write them down with FREEZE=1 python -m pytest {Path(__file__).name}"


def _shipped() -> dict[Key, str]:
    packs = engine.read_packs(SHIPPED).values()
    return {
        (one.name, one.variant, str(one.version)): one.hash
        for pack in packs
        for one in pack.procedures.values()
    }


def _known() -> dict[Key, str]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return {(name, variant, version): digest for name, variant, version, digest in csv.reader(file)}


def _write(rows: dict[Key, str]) -> None:
    with LIST.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            (*key, digest) for key, digest in sorted(rows.items())
        )
