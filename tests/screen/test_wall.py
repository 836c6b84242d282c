"""The wall: whose counts one sees, that they are the matters', and that no level costs more than another."""

import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gantang.kit import clock
from gantang.kit.work import reading
from gantang.matters.models import Matter, Party
from gantang.matters.types import Contact
from gantang.screen.measures import LOOKS
from gantang.screen.sight import grounds
from gantang.tallies import service as tallies
from tests.doors.table import STAFF, Row
from tests.doors.test_permissions import client_of
from tests.matters.acting import told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
ROW = Row(STAFF, "GET", "screen/", "/screen/")
LEVELS = (2, 4, 6, 9, 12, 15)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def looker(world: "World", name: str) -> Client:
    return client_of(world, ROW, name)[0]


def link(page: str, code: str) -> str:
    """Where a figure of the wall leads."""
    found = re.search(rf'href="([^"]+)" data-code="{code}"', page) or re.search(
        rf'data-code="{code}" href="([^"]+)"', page
    )
    assert found, code
    return unescape(found[1])


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["receiver", "dispatcher", "leader", "county_leader", "city_leader", "province_leader"]
)
def test_who_sees_all_of_a_ground_sees_its_counts_and_none_beside_it(world: "World", name: str):
    client = looker(world, name)
    (top,) = grounds(getattr(world.cast, name))
    assert client.get("/screen/").status_code == 200
    for digits in LEVELS:
        ground = world.grid[:digits]
        expected = 200 if ground.startswith(top) else 404
        assert client.get(f"/screen/?ground={ground}").status_code == expected, ground
        assert client.get(f"/screen/fresh/?ground={ground}").status_code == expected, ground
    beside = world.foreign_grid if top != "36" else "35"
    assert client.get(f"/screen/?ground={beside}").status_code == 404


@pytest.mark.parametrize("name", ["grid_worker", "handler", "admin", "department_handler"])
def test_whoever_sees_only_what_is_theirs_is_told_why_there_is_nothing(world: "World", name: str):
    answer = looker(world, name).get("/screen/")
    assert answer.status_code == 403
    assert "screen.no_sight" in answer.content.decode()


@pytest.mark.parametrize("ground", ["0", "3", "36x", "99", "360428101", "'; --", "~1", "360428" * 5])
def test_ground_that_is_none_or_out_of_sight_is_not_there(world: "World", ground: str):
    assert looker(world, "neighbour").get("/screen/", {"ground": ground}).status_code == 404


def test_what_an_address_does_not_know_is_as_if_not_given(world: "World"):
    given = {"measure": "people", "span": "year", "basis": "ever", "look": "faces"}
    assert looker(world, "receiver").get("/screen/", given).status_code == 200


def open_in(ground: str, world: "World") -> int:
    with reading(world.cast.province_leader):
        return Matter.objects.filter(scope__startswith=ground, ended_at=None).exclude(counted=[]).count()


@pytest.mark.parametrize("folded", [False, True])
def test_a_figure_is_the_number_of_its_matters_and_opens_them(world: "World", folded: bool):
    numbers = {told(world.grid).number for _ in range(7)}
    if folded:
        tallies.fold(int(world.grid[:4]))
    client = looker(world, "receiver")
    page = client.get("/screen/").content.decode()
    n = open_in(world.grid[:9], world)
    assert n >= 7
    assert re.search(rf'data-code="open"[^>]*>\s*{n}<', page)
    for code in ("open", "in"):
        listed = client.get(link(page, code)).content.decode().replace("-", "")
        assert all(number in listed for number in numbers), code
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    later = client.get(
        f"/desk/?view=all&ground={world.grid[:9]}&counted=in&since={tomorrow}"
    ).content.decode()
    assert not any(number in later.replace("-", "") for number in numbers)


def test_every_look_and_measure_and_basis_is_shown(world: "World"):
    told(world.grid)
    client = looker(world, "receiver")
    for look in LOOKS:
        for basis in ("now", "then"):
            asked = {"look": look, "basis": basis, "measure": "late", "span": "weeks"}
            assert client.get("/screen/fresh/", asked).status_code == 200


def test_any_level_costs_as_many_queries_as_any_other(world: "World"):
    client = looker(world, "province_leader")
    told(world.grid)
    costs = {}
    for digits in LEVELS[:-1]:
        for _turn in range(3):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(f"/screen/fresh/?ground={world.grid[:digits]}").status_code == 200
        costs[digits] = len([one for one in seen.captured_queries if "SAVEPOINT" not in one["sql"]])
    # below the county names of grids are read beside those of divisions, by one statement more
    assert costs[2] == costs[4] == costs[6] and max(costs.values()) <= costs[2] + 1, costs
    assert max(costs.values()) <= 20, costs


NAME, WORDS, PHONE = "欧阳示例", "示例：隔壁第七户半夜放炮仗", "13900007715"
PAGES = (
    *(f"/screen/{part}?look={look}" for part in ("", "fresh/") for look in LOOKS),
    "/screen/leader/",
    "/screen/weekly.pdf",
)
#: Tables that hold people or matters; which key is in force is no person.
KEPT = {
    model._meta.db_table for room in ("matters", "vault") for model in apps.get_app_config(room).get_models()
} - {"vault_generation"}


def test_no_personal_word_and_no_matter_reaches_the_screen(world: "World"):
    receipt = told(world.grid, WORDS, reporter=Contact(name=NAME, phone=PHONE))
    client = looker(world, "province_leader")
    for page in PAGES:
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(page)
        assert answer.status_code == 200, page
        body = answer.content
        for word in (NAME, WORDS[3:], PHONE, receipt.number, str(receipt.matter)):
            assert word.encode() not in body, (page, word)
        said = " ".join(one["sql"] for one in seen.captured_queries)
        assert set(re.findall(r"\w+", said)) & KEPT == set(), page
    assert {"matter", Party._meta.db_table} <= KEPT


def test_the_weekly_report_is_a_paper_with_the_leader_s_five_answers(world: "World"):
    for _ in range(6):
        told(world.grid)
    answer = looker(world, "leader").get("/screen/weekly.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-") and b"/PDF" in answer.content
    assert looker(world, "handler").get("/screen/weekly.pdf").status_code == 403
    beside = looker(world, "leader").get(f"/screen/weekly.pdf?ground={world.foreign_grid}")
    assert beside.status_code == 404
