"""Which of the versions in force applies: pure."""

from collections.abc import Iterable
from datetime import datetime

from gantang.procedures.types import VersionView


def serves(pattern: str, klass: str) -> bool:
    """`*` serves every class, `dispute.*` and `dispute` serve dispute and all below it."""
    stem = pattern.removesuffix(".*")
    return pattern == "*" or klass == stem or klass.startswith(f"{stem}.")


def depth(pattern: str) -> int:
    """How deep a pattern goes into the tree of classes; `*` not at all."""
    return 0 if pattern == "*" else pattern.removesuffix(".*").count(".") + 1


def standing(versions: Iterable[VersionView], at: datetime) -> list[VersionView]:
    """Of each procedure and ground the latest version by `at`, less those that were ended."""
    latest: dict[tuple[str, str], VersionView] = {}
    for one in sorted(versions, key=_age):
        if one.in_force_from is None or one.in_force_from <= at:
            latest[one.name, one.ground] = one
    return [one for one in latest.values() if not one.is_end]


def _age(one: VersionView) -> tuple[bool, datetime | int, int]:
    return (one.in_force_from is not None, one.in_force_from or 0, one.id)


def choose(versions: Iterable[VersionView], klass: str, ground: str, at: datetime) -> VersionView | None:
    """The deeper class wins, then the deeper ground, then the later entry into force."""
    found = [
        (depth(pattern), len(one.ground), one.id, one)
        for one in standing(versions, at)
        for pattern in one.serves
        if ground.startswith(one.ground) and serves(pattern, klass)
    ]
    return max(found, key=lambda entry: entry[:3])[3] if found else None


def choose_named(versions: Iterable[VersionView], name: str, ground: str, at: datetime) -> VersionView | None:
    """The version of a procedure on a ground: the deepest ground wins."""
    found = [one for one in standing(versions, at) if one.name == name and ground.startswith(one.ground)]
    return max(found, key=lambda one: len(one.ground)) if found else None
