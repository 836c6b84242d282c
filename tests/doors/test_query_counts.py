"""No query for each row, anywhere: every address that is read costs as many queries with many rows as with a few.

Walked over the permission table, so that a new address is walked, too.
"""

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from math import inf
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.matters import service
from gantang.matters.types import Contact
from gantang.site import idle
from gantang.territory import lookup
from tests.doors.table import ADMIN, CODE, LIST, MATTER, PRIVACY, PUBLIC, STAFF, TABLE, WATCH, Row
from tests.doors.test_permissions import Place, client_of, holding, send, whole
from tests.exchange import seed

if TYPE_CHECKING:
    from uuid import UUID

    from tests.world import World

#: Every address that is read, twice: a minute.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
#: Who asks. Sign-in pages and what is not there are nobody's rows.
ASKS = {MATTER: "receiver", LIST: "receiver", STAFF: "receiver", ADMIN: "admin", PRIVACY: "supervisor"}
ASKS[WATCH] = "supervisor"
READS = [
    row
    for row in TABLE
    if row.method == "GET" and 200 in row.ok and not row.route.startswith(("accounts/", "desk/sealed"))
]
MORE = 6


def a_matter(world: "World") -> tuple[Place, "UUID"]:
    """A matter with one of everything that can be many."""
    from tests.doors.test_permissions import a_place

    place = a_place(world, world.grid)
    _reporter, matter = service.open_by_code(place.code)
    add_to(world, matter, 1)
    return place, matter


def add_to(world: "World", matter: "UUID", many: int) -> None:
    """So many files, messages, links and parties more."""
    receiver, now = world.cast.receiver, clock.now()
    for number in range(many):
        picture = BytesIO()
        Image.new("RGB", (8, 8 + number + many)).save(picture, "PNG")
        given = {"actor": receiver, "matter": matter, "now": now}
        service.attach(**given, data=picture.getvalue(), public=True, key=seed.key())
        service.send(**given, words=f"示例：第{number}条", key=seed.key())
        service.link(**given, other=seed.told(world).matter, kind="related", key=seed.key())
        party = Contact(name=f"示例{number}", phone=f"1390000{number:04}")
        service.add_party(**given, contact=party, side=2, minor=False, key=seed.key())


def add_beside(world: "World", many: int) -> None:
    """So many matters, campaigns, facilities and outages more."""
    now = clock.now()
    for number in range(many):
        seed.told(world)
        seed._ordered(world)
        seed._standing(world)
        service.enter_outage(
            actor=replace(SYSTEM, admin=True),
            ground=world.county,
            since=now - timedelta(days=40 + number),
            until=now - timedelta(days=40 + number) + timedelta(hours=2),
            reason="power",
            now=now,
        )


def queries(row: Row, at: Place, client: Client, token: str, code: str) -> tuple[int, list[str]]:
    """How many a warm request costs: tokens and reference tables are read by then."""
    for _turn in range(2):
        cache.clear()
        answer = send(row, at, client, token=token, code=code)
        assert answer.status_code in row.ok, (str(row), answer.status_code)
        whole(answer)
    with CaptureQueriesContext(connection) as seen:
        whole(send(row, at, client, token=token, code=code))
    said = [one["sql"] for one in seen.captured_queries]
    # Brakes are taken ahead, some requests' worth at a time: which of them pays is chance.
    said = [one for one in said if "kit_bucket" not in one and "SAVEPOINT" not in one]
    return len(said), said


def _shape(said: str) -> str:
    """A statement without what it asks for."""
    return re.sub(r"'[^']*'|\b\d[\w.:-]*", "?", said)


def test_an_address_costs_as_many_queries_with_many_rows_as_with_few(
    world: "World", monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a busy machine names kept for seconds would lapse, and a session be written for its minute: no rows' cost.
    monkeypatch.setattr(lookup, "_KEEP", inf)
    monkeypatch.setattr(idle, "STEP", inf)
    place, matter = a_matter(world)
    add_beside(world, 1)
    asking = {}
    for number, row in enumerate(READS):
        if row.need == CODE:
            asking[number] = holding(place.code, row), "", place.code
        else:
            asking[number] = *client_of(world, row, "" if row.need == PUBLIC else ASKS[row.need]), ""
    few = {number: queries(row, place, *asking[number]) for number, row in enumerate(READS)}
    add_to(world, matter, MORE)
    add_beside(world, MORE)
    grown = []
    for number, row in enumerate(READS):
        many, said = queries(row, place, *asking[number])
        if many > few[number][0]:
            new = Counter(map(_shape, said)) - Counter(map(_shape, few[number][1]))
            grown.append(f"{row} {row.path}: {few[number][0]} → {many}: {[one[:400] for one in new]}")
    assert grown == [], "\n".join(grown)
    assert len(READS) > 60
