"""Which version applies: class before ground, latest first, ended ones never."""

from datetime import datetime, timedelta

from gantang.procedures import rules
from gantang.procedures.types import VersionView
from tests.engine.sample import at

NOW = at("2026-11-24 09:00")


def version(number: int, name: str = "request", **changes: object) -> VersionView:
    values: dict[str, object] = {
        "version": 1,
        "hash": f"h{number}",
        "pack": name,
        "serves": ("*",),
        "ground": "",
        "in_force_from": None,
        "is_end": False,
    }
    return VersionView(number, name, **{**values, **changes})  # type: ignore[arg-type]


def chosen(
    *versions: VersionView, klass: str = "facility.lighting", ground: str = "360428", now: datetime = NOW
) -> int:
    found = rules.choose(versions, klass, ground, now)
    return found.id if found else 0


def test_the_deeper_class_wins_before_the_deeper_ground() -> None:
    wide = version(1, ground="3604")
    deep = version(2, "lighting", serves=("facility.*",))
    assert chosen(wide, deep) == 2
    assert chosen(wide, deep, klass="noise") == 1


def test_the_deeper_ground_wins_in_one_class() -> None:
    assert chosen(version(1), version(2, ground="3604"), version(3, ground="3605")) == 2


def test_a_later_version_replaces_from_its_day() -> None:
    new = version(2, in_force_from=NOW + timedelta(days=1))
    assert chosen(version(1), new) == 1
    assert chosen(version(1), new, now=NOW + timedelta(days=1)) == 2


def test_the_first_version_serves_past_matters_too() -> None:
    assert chosen(version(1), now=at("2011-01-01 00:00")) == 1


def test_an_ended_procedure_takes_no_new_matter() -> None:
    ended = version(2, is_end=True, in_force_from=NOW)
    assert chosen(version(1), ended) == 0
    assert chosen(version(1), ended, now=NOW - timedelta(days=1)) == 1


def test_a_pattern_serves_its_class_and_all_below() -> None:
    assert rules.serves("dispute.*", "dispute.medical") and rules.serves("dispute.*", "dispute")
    assert not rules.serves("dispute.*", "disputed")
