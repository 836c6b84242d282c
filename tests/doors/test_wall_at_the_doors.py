"""The filter switched off: everybody holds every duty on everything. The doors still show no row of another ground.

This is what row-level security is for: a forgotten filter in one view of one door. Writing is not asked here: an act
names what it writes before it looks (data layer §2.3), so there the filter stands alone.
"""

from importlib import import_module

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q

from gantang.matters.service import taking
from tests.doors.cube import rows
from tests.doors.cube.rights import Cell, expected, is_list
from tests.doors.cube.sight import GROUNDS, SHARED
from tests.doors.cube.walk import ROWS, Cube, differs
from tests.doors.table import Row

pytestmark = pytest.mark.slow
#: Every look of the API, and the pages it is not the same as.
READS = [
    row
    for row in ROWS
    if row.method == "GET" and (row.is_api or row.path in ("/desk/matters/{number}/", "/desk/?view=all"))
]
PLACES = (
    "own grid",
    "other village",
    "other city",
    "place unknown",
    "shared, next grid",
    "shared, other township",
)
EVERY = frozenset({"receiver", "dispatcher", "handler", "verifier", "arbiter", "supervisor", "leader"})


def switch_off(patch: pytest.MonkeyPatch) -> None:
    """Whoever asks holds every duty, and no list is narrowed to anybody's sight."""
    patch.setattr(taking, "duties_on", lambda _actor, **_asked: EVERY)
    for one in ("campaign", "lists", "search", "sweeps"):
        patch.setattr(import_module(f"gantang.matters.queries.{one}"), "where", lambda _actor, _shared: Q())


@pytest.mark.parametrize("place", PLACES)
def test_without_the_filter_nobody_reads_a_row_of_another_ground(
    place: str, cube: Cube, monkeypatch: pytest.MonkeyPatch
):
    wrong, asked = [], 0
    with transaction.atomic():
        lying = rows.lying(cube.world, place)
        switch_off(monkeypatch)
        for asker in cube.askers:
            cache.clear()
            if _is_open(asker.name, place, lying.ground):
                continue
            for row in READS:
                asked += 1
                fault = differs(row, _closed(row, asker.name, place), lying, asker.ask(row, lying.place, ""))
                if fault:
                    wrong.append(f"{asker.name or 'nobody'}: {row}: {fault}")
        transaction.set_rollback(True)
    assert asked > len(READS)
    assert not wrong, "\n".join(["", *wrong])


def _is_open(name: str, place: str, ground: str) -> bool:
    """Whether the wall is open for somebody to a row of this kind: by ground, or by a share."""
    own = GROUNDS[name]
    return (own is not None and ground.startswith(own)) or name in SHARED.get(place, ())


def _closed(row: Row, name: str, place: str) -> Cell:
    """What the page by hand says of a row out of sight."""
    cell = expected(row, name, place)
    assert not cell.allowed
    return cell


def test_the_filter_is_off(cube: Cube, monkeypatch: pytest.MonkeyPatch):
    """On the own ground what another unit holds opens to all: without this the test above could not fail."""
    asker = next(one for one in cube.askers if one.name == "handler")
    with transaction.atomic():
        lying = rows.lying(cube.world, "village holds, own grid")
        row = next(one for one in READS if not is_list(one))
        assert asker.ask(row, lying.place, "").status_code == 404
        switch_off(monkeypatch)
        assert asker.ask(row, lying.place, "").status_code == 200
        transaction.set_rollback(True)
