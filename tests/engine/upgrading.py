"""A second version of the shipped request: renamed, with other periods, and how its matters go over."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from gantang import engine
from tests.engine.sample import PACKS

#: What the second version changes, by file: (pattern, replacement) in order.
CHANGES = {
    "procedure.yaml": [
        ("version: 1", "version: 2"),
        (r"\brouted\b", "assigned"),
        (r"assigned:    \{owner: handler,", "assigned: {owner: handler, status: routed,"),
        (r"\brefuse\b", "hand_back"),
        (
            "urgent: 2 working days, ordinary: 5 working days, complex: 15",
            "urgent: 3 working days, ordinary: 4 working days, complex: 10",
        ),
        ("reporter,   within: 5 days", "reporter,   within: 3 days"),
        ("total: 90 working days", "total: 80 working days"),
        (r"asks: \[objection\], until: 10 working", "asks: [objection], until: 5 working"),
        (r"  - \{at: 80%,  mark: yellow, tell: owner\}\n", ""),
        ("^keep:", "  - {at: 70%, mark: yellow, tell: owner}\nkeep:"),
    ],
    "texts/zh-Hans.yaml": [(r"^(  )routed\b", r"\1assigned"), (r"^(  )refuse\b", r"\1hand_back")],
    "texts/en.yaml": [(r"^(  )routed\b", r"\1assigned"), (r"^(  )refuse\b", r"\1hand_back")],
}


def second_version(folder: Path) -> Path:
    """The request pack with its version 2, written into a folder."""
    copy = folder / "request"
    shutil.copytree(PACKS / "request", copy, ignore=shutil.ignore_patterns("scenarios"))
    for name, changes in CHANGES.items():
        text = (copy / name).read_text(encoding="utf-8")
        for pattern, new in changes:
            changed = re.sub(pattern, new, text, flags=re.MULTILINE)
            assert changed != text, pattern
            text = changed
        (copy / name).write_text(text, encoding="utf-8")
    return copy


@cache
def second_pack() -> engine.Pack:
    """The second version with its way from the first."""
    with TemporaryDirectory() as folder:
        pack = engine.load_pack(second_version(Path(folder)))
    return replace(pack, upgrades=(mapping(),))


def second() -> engine.Procedure:
    return second_pack().procedures["request"]


def mapping(**changes: object) -> engine.Upgrade:
    """How matters of version 1 go over; every state but the ends withdrawn and set_aside."""
    same = ("received", "triaged", "contested", "handling", "answered", "checking", "objected", "closed")
    states = {**{name: name for name in same}, "routed": "assigned"}
    values = {"procedure": "request", "from_": 1, "to": 2, "states": states, "uses": {"refuse": "hand_back"}}
    return engine.Upgrade(**{**values, **changes})  # type: ignore[arg-type]
