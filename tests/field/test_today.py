"""What the phone takes along for a day: in the post's sight, with forms made from the packs, and nothing of people."""

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from gantang.faces import names
from gantang.field import shell
from gantang.identity import service as identity
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.site import guarding
from tests.field.phone import KLASS, Phone, client_of
from tests.field.test_items import screening
from tests.matters.acting import told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
SHELL = 400 * 1024
DAY = re.compile(r'<script id="day" type="application/json">(.*?)</script>', re.S)


def test_it_holds_what_waits_for_the_post_and_nothing_of_others(world: "World"):
    number = screening(world)
    told(world.other_grid)
    found = Phone(world).today()
    assert [one["number"] for one in found["tasks"]] == [number]
    assert Phone(world, "neighbour_handler").today()["tasks"] == []


def test_no_word_of_a_reporter_is_in_it(world: "World"):
    from gantang.matters.types import Contact

    told(
        world.grid,
        "示例：门口路灯不亮，电话13900007715。",
        reporter=Contact(name="示例甲", phone="13900007715"),
    )
    answer = Phone(world, "receiver").client.get("/field/today.json").content.decode()
    assert "示例甲" not in answer and "13900007715" not in answer


def test_short_forms_of_request_dispute_and_screening_come_from_the_packs_and_sealed_work_has_none(
    world: "World",
):
    found = Phone(world).today()
    forms = {one["name"]: one for one in found["forms"].values()}
    assert {"request", "dispute", "screening"} <= set(forms)
    assert not {"tip", "decision", "finding"} & set(forms)
    assert [one["name"] for one in forms["request"]["fields"]] == ["since", "danger"]
    assert [one["name"] for one in forms["screening"]["fields"]] == ["rhythm"]
    assert KLASS in [one[0] for one in found["classes"]]


def test_the_form_of_a_move_names_what_it_asks_and_where_its_choices_are(world: "World"):
    screening(world)
    moves = {one["name"]: one for one in Phone(world).today()["tasks"][0]["moves"]}
    assert moves["report_nothing"]["zero"] and not moves["report"]["zero"]
    assert [(one["name"], one["kind"], one["required"]) for one in moves["report"]["fields"]] == [
        ("found_class", "class", True),
        ("what", "text", True),
    ]
    assert moves["report"]["fields"][0]["from"] == "classes"


def test_the_own_grid_has_its_outline_and_the_neighbouring_grids_are_there_to_correct(world: "World"):
    found = Phone(world).today()
    assert found["own"] == [world.grid]
    codes = {one["code"] for one in found["grids"]}
    assert {world.grid, world.next_grid} <= codes
    own = next(one for one in found["grids"] if one["code"] == world.grid)
    assert own["rings"] and all(len(point) == 2 for point in own["rings"][0])


def test_it_says_the_servers_hour_and_how_long_the_phone_keeps_things(world: "World"):
    from datetime import datetime

    before = clock.now()
    found = Phone(world).today()
    assert before <= datetime.fromisoformat(found["now"]) <= clock.now()
    assert found["kept_hours"] == 72


def test_a_scanned_number_opens_what_is_in_sight(world: "World"):
    number = screening(world)
    assert Phone(world).client.get(f"/field/matters/{number.lower()}").json()["number"] == number


def test_the_page_wants_a_sign_in_and_the_shell_holds_nothing_of_anybody(world: "World", client: Client):
    assert client.get("/field/")["Location"].startswith("/accounts/login/")
    bare = client.get("/field/shell").content.decode()
    given = Phone(world).client.get("/field/").content.decode()
    assert DAY.sub("", given) == bare and DAY.search(bare) is None


def test_the_first_opening_brings_the_days_data_and_names_every_script_at_once(world: "World"):
    screening(world)
    phone = Phone(world)
    page = phone.client.get("/field/").content.decode()
    found = DAY.search(page)
    assert found
    mask = {"now": "", "csrf": ""}
    assert json.loads(found[1]) | mask == phone.today() | mask
    named = set(re.findall(r'(?:modulepreload" href|module" src)="/static/([^"]+)"', page))
    assert named == set(shell.scripts())


def test_the_pictures_of_kinds_are_of_classes_that_there_are(world: "World", client: Client):
    named = re.findall(r'data-sign="([^"]+)"', client.get("/field/shell").content.decode())
    assert len(named) == len(set(named))
    assert set(named) <= {"more", *names.classes()}


def test_whoever_may_not_act_gets_the_page_without_a_day_and_is_told_by_the_app(world: "World"):
    number = identity.make_account(actor=SYSTEM, username="without.post", password=None, now=clock.now())
    client = client_of(number)
    assert DAY.search(client.get("/field/").content.decode()) is None
    assert client.get("/field/today.json").json()["code"] == "field.no_post"


def test_the_shell_is_at_most_400_kilobytes(client: Client):
    from pathlib import Path

    from django.contrib.staticfiles import finders

    sizes = {name: Path(str(finders.find(name))).stat().st_size for name in shell.names()}
    page = len(client.get("/field/shell").content) + len(client.get("/field/sw.js").content)
    assert sum(sizes.values()) + page <= SHELL, sizes


def test_every_file_a_script_imports_is_in_the_shell(client: Client):
    from pathlib import Path

    from django.contrib.staticfiles import finders

    scripts = [name for name in shell.names() if name.endswith(".js")]
    for name in scripts:
        text = Path(str(finders.find(name))).read_text(encoding="utf-8")
        for wanted in re.findall(r'from "\./([^"]+)"', text):
            assert f"field/{wanted}" in scripts, (name, wanted)
        for wanted in re.findall(r'import\("\.\./([^"]+)"\)', text):
            assert wanted in shell.names(), (name, wanted)
    for address in kept_files(client):
        assert client.get(address).status_code == 200, address


def kept_files(client: Client) -> dict[str, str]:
    """What the phone keeps of the edition: addresses, and the hash of each."""
    found = re.search(r"FILES = (\{.*?\});", client.get("/field/sw.js").content.decode())
    assert found
    files: dict[str, str] = json.loads(found[1])
    return files


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_the_phone_keeps_is_checked_against_the_hash_that_its_edition_names(
    client: Client, language: str
):
    client.cookies["language"] = language
    files = kept_files(client)
    assert {address for address, digest in files.items() if not digest} == {"/field/manifest.webmanifest"}
    for address, digest in files.items():
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert digest in ("", shell.integrity(body)), address


def test_another_byte_or_another_language_is_another_edition(client: Client):
    def edition() -> str:
        found = re.search(r'EDITION = "(\w+)"', client.get("/field/sw.js").content.decode())
        assert found
        return found[1]

    first = edition()
    assert edition() == first
    client.cookies["language"] = "en"
    assert edition() != first
    assert shell.edition(b"page") != shell.edition(b"pagf")


def test_camera_microphone_and_place_are_open_below_the_apps_address_alone(client: Client):
    opened = {"geolocation=(self)", "camera=(self)", "microphone=(self)"}
    assert opened <= set(client.get("/field/shell")["Permissions-Policy"].split(", "))
    assert {"camera=()", "microphone=()"} <= set(client.get("/")["Permissions-Policy"].split(", "))
    assert guarding.headers("/desk/")["Permissions-Policy"] == guarding.PERMISSIONS
    assert client.get("/field/shell")["Cache-Control"] == "private, no-store"


def test_the_worker_and_the_manifest_stand_in_the_apps_scope(client: Client):
    told = client.get("/field/manifest.webmanifest").json()
    assert (told["scope"], told["start_url"], told["display"]) == ("/field/", "/field/", "standalone")
    assert told["theme_color"] == "#24583C"
    assert {("512x512", "maskable"), ("192x192", "any")} <= {
        (one["sizes"], one["purpose"]) for one in told["icons"]
    }
    for one in told["icons"]:
        assert client.get(one["src"]).status_code == 200
