"""Overlays whose file is gone from the packs folder. What is in force stands, whatever the folder holds: only
somebody who says so ends it."""

from datetime import datetime

from gantang.kit.actor import Actor
from gantang.procedures import errors, queries, rules
from gantang.procedures.service import entry, seeding
from gantang.procedures.types import VersionView

Key = tuple[str, str, str]  # procedure, overlay, its ground


def left_behind() -> list[errors.LeftBehindError]:
    """One for each overlay that is in force without a file, told with the grounds it holds on. Nothing while
    a file cannot be read: it may be the one that is missed."""
    there, faults = seeding.overlays()
    known = {(one.of, one.name, one.ground) for one in there}
    gone = {key: grounds for key, grounds in _standing().items() if key not in known and not faults}
    return [
        errors.LeftBehindError(
            details={"name": of, "overlay": overlay, "ground": ground, "grounds": "、".join(sorted(grounds))}
        )
        for (of, overlay, ground), grounds in sorted(gone.items())
    ]


def _standing() -> dict[Key, set[str]]:
    """The overlays in force with the grounds where they are part of what is in force."""
    found: dict[Key, set[str]] = {}
    for row in rules.latest(queries.versions()):
        for _kind, name, _version, ground in row.layers:
            if ground:
                found.setdefault((row.name, name, ground), set()).add(row.ground)
    return found


def end_left_behind(*, actor: Actor, name: str, ground: str, now: datetime) -> list[str]:
    """End what stands over a procedure on a ground without a file, also where it lies under layers of grounds
    within; these are laid over the base again by the next ``seed``. Returns the grounds.

    Errors: NotAdminError, NotLeftBehindError.
    """
    gone = [one.details for one in left_behind()]
    if not any((one["name"], one["ground"]) == (name, ground) for one in gone):
        raise errors.NotLeftBehindError(details={"name": name, "ground": ground})
    grounds = sorted({one.ground for one in rules.latest(queries.versions()) if _is_under(one, name, ground)})
    for each in grounds:
        entry.end(actor=actor, name=name, ground=each, from_at=now, now=now)
    return grounds


def _is_under(one: VersionView, name: str, ground: str) -> bool:
    return one.name == name and any(layer[3] == ground for layer in one.layers)
