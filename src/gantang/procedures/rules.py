"""Which of the versions in force applies: pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from gantang.engine import Upgrade
from gantang.procedures.types import VersionView


def serves(pattern: str, klass: str) -> bool:
    """`*` serves every class, `dispute.*` and `dispute` serve dispute and all below it."""
    stem = pattern.removesuffix(".*")
    return pattern == "*" or klass == stem or klass.startswith(f"{stem}.")


def depth(pattern: str) -> int:
    """How deep a pattern goes into the tree of classes; `*` not at all."""
    return 0 if pattern == "*" else pattern.removesuffix(".*").count(".") + 1


def standing(versions: Iterable[VersionView], at: datetime) -> list[VersionView]:
    """Of each procedure, variant and ground the latest version by `at`, less those that were ended."""
    return latest(one for one in versions if one.in_force_from is None or one.in_force_from <= at)


def latest(versions: Iterable[VersionView]) -> list[VersionView]:
    """Of each procedure, variant and ground the last entry into force, less those that were ended."""
    found = {(one.name, one.variant, one.ground): one for one in sorted(versions, key=_age)}
    return [one for one in found.values() if not one.is_end]


def _age(one: VersionView) -> tuple[bool, datetime | int, int]:
    return (one.in_force_from is not None, one.in_force_from or 0, one.id)


def choose(versions: Iterable[VersionView], klass: str, ground: str, at: datetime) -> VersionView | None:
    """The deeper class wins, then the deeper ground, then the later entry into force."""
    return chosen(standing(versions, at), klass, ground)


def chosen(standing: Iterable[VersionView], klass: str, ground: str) -> VersionView | None:
    """The same among the versions that stand at a moment."""
    found = [
        (depth(pattern), len(one.ground), one.id, one)
        for one in standing
        for pattern in one.serves
        if ground.startswith(one.ground) and serves(pattern, klass)
    ]
    return max(found, key=lambda entry: entry[:3])[3] if found else None


def choose_named(
    versions: Iterable[VersionView], name: str, ground: str, at: datetime, klass: str = ""
) -> VersionView | None:
    """The version of a procedure on a ground: the variant that serves the class, then the deepest ground."""
    found = [
        (_nearness(one, klass), len(one.ground), one.id, one)
        for one in standing(versions, at)
        if one.name == name and ground.startswith(one.ground) and _nearness(one, klass) >= 0
    ]
    return max(found, key=lambda entry: entry[:3])[3] if found else None


def _nearness(one: VersionView, klass: str) -> int:
    """How near a version is to a class: a variant only where it serves it, the plain one always."""
    depths = [depth(pattern) for pattern in one.serves if klass and serves(pattern, klass)]
    return max(depths, default=-1 if one.variant else 0) if one.variant else 0


def way(upgrades: Iterable[Upgrade], name: str, start: int, end: int) -> Upgrade | None:
    """How matters of version `start` come to version `end`, over the versions between; the fewest steps."""
    known = [one for one in upgrades if one.procedure == name]
    found = [one for one in known if one.from_ == start]
    while found:
        for one in found:
            if one.to == end:
                return one
        found = [_after(one, more) for one in found for more in known if more.from_ == one.to < end]
    return None


def _after(first: Upgrade, then: Upgrade) -> Upgrade:
    """Two upgrades in turn as one: a state that the second does not name is not named."""
    states = {old: then.states[mid] for old, mid in first.states.items() if mid in then.states}
    basis = tuple(dict.fromkeys((*first.basis, *then.basis)))
    return replace(then, from_=first.from_, states=states, uses=_renamed(first.uses, then.uses), basis=basis)


def _renamed(first: Mapping[str, str], then: Mapping[str, str]) -> dict[str, str]:
    passed = {old: then.get(mid, mid) for old, mid in first.items()}
    return {**{old: new for old, new in then.items() if old not in passed}, **passed}
