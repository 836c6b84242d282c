"""A tip leaves no sign: whoever is accused walks every address of the site before and after, and finds the same.

The accused is the township's unit. Its every post, its county's leader, an administrator, another unit's receiver, a
program, and nobody at all ask for everything there is; then a tip about them comes in, is opened, handed over and
answered; then they ask again. What differs fails.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from gantang.kit import clock, keys, numbers
from gantang.matters.service import sealed
from tests.doors.table import TABLE, Row
from tests.doors.test_permissions import Place, a_place, client_of, content, send, whole
from tests.matters.sealing import Holders, holders, tell
from tests.scale import scaled
from tests.world import CAST

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db

#: Whoever could wish to know: every post of the accused, those above it, administrators, strangers. Not the county's
#: receiver and verifier: they hold the box, and their own page is what may show it.
ASKING = (
    "receiver",
    "dispatcher",
    "handler",
    "mediator",
    "leader",
    "village_clerk",
    "grid_worker",
    "county_leader",
    "supervisor",
    "admin",
    "foreigner",
    "city_leader",
    "province_leader",
    "",
)
#: What changes with the moment of asking, and with nothing else.
CLOCKS = (
    (r'(name="(?:csrfmiddlewaretoken|key|token|client)" value=")[^"]*', r"\1"),
    (r'"(csrfToken|requestId|csrf|now)": ?"[^"]*"', r'"\1": ""'),
    (
        r'src="data:image/svg\+xml[^"]*"|<code>[A-Z2-7]{32}</code>',
        "secret",
    ),  # a second factor's, new at each look
    (r"D:\d{14}[^)]*", "moment"),  # a paper's own dates, and the marks that are made of them
    (r"/ID ?\[[^\]]*\]|(?<=ID>)[^<]*", "mark"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?", "moment"),
    (r"\d{1,2}:\d\d(:\d\d)?", "time"),
)


def reads() -> list[Row]:
    """Every address that shows something. A change is no question: what it answers is asked for afterwards."""
    return [row for row in TABLE if row.method in ("GET", "HEAD")]


def walked(
    world: "World", at: Place, names: Sequence[str] = ASKING, *, every: int = 1
) -> dict[tuple[str, str, int], tuple[Any, ...]]:
    """What everybody is answered everywhere; ``every``: only every so many of these pairs, spread over both."""
    cache.clear()
    found: dict[tuple[str, str, int], tuple[Any, ...]] = {}
    for turn, name in enumerate(names):
        for number, row in list(enumerate(reads()))[turn % every :: every]:
            client, token = client_of(world, row, name)
            answer = send(row, at, client, token=token)
            found[name, str(row), number] = (
                answer.status_code,
                answer.get("Content-Type"),
                answer.get("Location"),
                _told(answer),
            )
    return found


@contextmanager
def leaving_nothing() -> Iterator[None]:
    """Whoever asks leaves a trace, which pages tell of: it is gone again behind the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _told(answer: HttpResponse) -> str:
    """What an answer says. A workbook is told by its parts, but for the one that says when it was made."""
    if "spreadsheet" not in answer.get("Content-Type", ""):
        return _still(content(answer))
    with ZipFile(BytesIO(whole(answer))) as book:
        return "".join(f"{part}{book.read(part)!r}" for part in book.namelist() if "core.xml" not in part)


def _still(text: str) -> str:
    for pattern, left in CLOCKS:
        text = re.sub(pattern, left, text)
    return text


def a_whole_tip(world: "World", county: Holders) -> None:
    """A tip about the township, from its coming in to its answer."""
    from tests.journeys import plant

    told = tell(world, accused_name="示例某人", pictures=(plant.photo(),))
    county.open(told.id, told.now)
    county.act("first", told.id, "message", told.now, message="示例")
    county.act(
        "first", told.id, "hand_over", told.now, authority="discipline", way="in_person", letter="示例"
    )
    sealed.letter(actor=county.actor("first"), tip=told.id, passing=county.passing["first"], now=told.now)
    county.act("first", told.id, "return_answer", told.now, answer="示例")
    sealed.say(receipt=told.receipt, move="object", words="示例", now=told.now)
    sealed.wake(now=told.now)


@pytest.fixture
def county(world: "World") -> Holders:
    return holders(world, world.county)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are asked for at one moment, before and after: how long a matter still has is no sign of a tip."""
    moment, turns = clock.now(), count()
    monkeypatch.setattr(clock, "now", lambda: moment)
    # what comes about at one moment stands in the order in which it did, not in one by chance
    monkeypatch.setattr(keys, "_chance", lambda: next(turns))


@pytest.mark.slow
@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("every", [scaled(9, 5), pytest.param(1, marks=pytest.mark.prove)])
def test_everybody_is_answered_byte_for_byte_the_same_before_and_after(
    world: "World", county: Holders, every: int
):
    at = a_place(world, world.grid)
    with leaving_nothing():
        before = walked(world, at, every=every)
    a_whole_tip(world, county)
    with leaving_nothing():
        after = walked(world, at, every=every)
    differing = [key for key, answer in before.items() if after[key] != answer]
    assert differing == []
    assert len(before) > 13 * 50 / every
    assert {key[0] for key in before} == set(ASKING) and {key[2] for key in before} == set(
        range(len(reads()))
    )


@pytest.mark.slow
@pytest.mark.usefixtures("still")
def test_a_matter_of_ones_own_does_show_so_that_the_walk_can_fail(world: "World", county: Holders):
    at = a_place(world, world.grid)
    names = ("receiver", "county_leader", "")
    with leaving_nothing():
        before = walked(world, at, names, every=2)
    a_place(world, world.grid)
    with leaving_nothing():
        after = walked(world, at, names, every=2)
    seeing = {key[0] for key, answer in before.items() if after[key] != answer}
    assert {"receiver", "county_leader"} == seeing


@pytest.mark.slow
def test_numbers_of_later_matters_come_as_if_nothing_had_happened(world: "World", county: Holders):
    taken = [numbers.parse(a_place(world, world.grid).number) for _turn in range(2)]
    a_whole_tip(world, county)
    taken += [numbers.parse(a_place(world, world.grid).number)]
    again = [_counter(one) for one in taken]
    assert again[1] - again[0] == again[2] - again[1]


def _counter(number: str) -> int:
    """The place of a number in its city's series: the permutation is a small table to search near its end."""
    from gantang.kit.models import Counter

    city = numbers.city_in(number)
    end = Counter.objects.get(name=f"number:{city}").value
    return next(
        value for value in range(end, max(end - 500, -1), -1) if numbers.number_for(city, value) == number
    )


def test_figures_of_the_ledger_the_counts_and_the_queue_stay_as_they_were(world: "World", county: Holders):
    from django.apps import apps

    open_rooms = [
        model
        for room in ("ledger", "tallies", "outbox", "kit", "vault", "identity", "procedures", "posts")
        for model in apps.get_app_config(room).get_models()
    ]
    open_tables = [
        model
        for model in apps.get_app_config("matters").get_models()
        if not model._meta.db_table.startswith("sealed_")
    ]

    def figures() -> dict[str, int]:
        from gantang.kit.work import reading
        from gantang.matters.service.wake import CLOCK

        with reading(CLOCK):
            return {model._meta.label: model.objects.count() for model in (*open_rooms, *open_tables)}

    before = figures()
    a_whole_tip(world, county)
    assert figures() == before


def test_no_file_is_written_by_a_tip_with_pictures(
    world: "World", county: Holders, settings: Any, tmp_path: Path
):
    """The folder is this test's own: others store files at the same time."""
    settings.GANTANG_FILES_DIR = tmp_path / "files"
    a_whole_tip(world, county)
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_nothing_is_told_to_the_database_s_listeners_by_a_tip(world: "World", county: Holders):
    """The unit of work sends what it was given: no statement of a tip names a channel or an open table."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        a_whole_tip(world, county)
    said = " ".join(one["sql"] for one in seen.captured_queries)
    assert "sealed_tip" in said
    assert not re.search(r"\b(NOTIFY|pg_notify|outbox_|tallies_|matter_|kit_counter)\b", said)


@pytest.mark.slow
def test_every_door_answers_a_tip_s_id_as_any_unknown_address(world: "World", county: Holders):
    told = tell(world)
    for name in [one for one in CAST if one not in ("county_receiver", "verifier")]:
        row = Row("staff", "GET", "desk/", "/desk/")
        client, _token = client_of(world, row, name)
        for path in ("/desk/matters/{}/", "/api/v1/matters/{}"):
            own, other = (client.get(path.format(one)) for one in (told.id, uuid4()))
            assert own.status_code == other.status_code and own.status_code >= 400


def test_health_says_the_same(world: "World", county: Holders):
    before = Client().get("/health").content
    a_whole_tip(world, county)
    assert Client().get("/health").content == before
