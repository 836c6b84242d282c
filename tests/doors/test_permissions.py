"""Every address of the site against everybody: who may see and do it, and that to all others it is as if there were
nothing. An address without a row in the table fails here.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gantang.kit import clock, keys, numbers
from gantang.kit.actor import Actor
from gantang.matters import service
from tests.doors.table import ADMIN, API, CODE, LIST, MATTER, PRIVACY, PUBLIC, STAFF, TABLE, WATCH, Row
from tests.exchange.seed import picture, token_of
from tests.world import CAST

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.usefixtures("standing")

HOLDER = "receiver"
FILLED = ("number", "other", "file", "code", "document", "proof")
#: The other township, the county of another city, who administers and so sees nothing, and nobody at all.
OUTSIDERS = ("neighbour", "foreigner", "foreign_receiver", "admin", "")
#: Who sees a matter that a township has just received: wide duties on its ground and above it, and the posts of the unit
#: that has it in hand.
SEEING = {"receiver", "dispatcher", "leader", "county_receiver", "county_dispatcher", "verifier", "arbiter"}
SEEING |= {"supervisor", "county_leader", "city_leader", "province_leader", "handler", "mediator"}


@dataclass(frozen=True)
class Place:
    """What the addresses of the table are filled with."""

    number: str
    other: str
    file: str
    code: str
    document: str = ""
    proof: str = ""


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def world(undone: "World") -> "World":
    return undone


def a_place(world: "World", ground: str) -> Place:
    """Two matters, with a file and a document."""
    from tests.exchange.seed import told

    matter, other = told(world, ground), told(world, ground)
    reporter, id_ = service.open_by_code(matter.access_code or "")
    file, papers = a_file(reporter, id_), a_document(world, id_)
    return Place(matter.number, other.number, file, matter.access_code or "", *papers)


def a_file(reporter: Actor, matter: UUID) -> str:
    from tests.exchange.seed import key

    data, now = picture(), clock.now()
    return str(service.attach(actor=reporter, matter=matter, data=data, public=True, key=key(), now=now))


def a_document(world: "World", matter: UUID) -> tuple[str, str]:
    """The id of a notice that the matter has issued, and the code printed on it."""
    from gantang.kit.work import work
    from gantang.matters import queries
    from gantang.matters.service.documents import NONE, issue
    from gantang.matters.service.taking import take

    actor = world.cast.county_receiver
    with work(actor, ids=[matter]) as w:
        issue(w, take(actor, matter, now=clock.now()), ["receipt"], {}, ahead=NONE)
    (made,) = queries.documents(actor, matter)
    return str(made.id), keys.document_code(matter, "receipt", 1)


def send(
    row: Row, at: Place, client: Client, *, token: str = "", code: str = "", key: str = "k"
) -> HttpResponse:
    """The row's request about a place, as a program or a browser would send it."""
    filled = {name: getattr(at, name) for name in FILLED}
    path, body = _fill(row.path, filled), _fill(row.body, filled)
    headers = {"Idempotency-Key": key, **row.headers}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    headers |= {"X-Access-Code": code} if code and row.is_api else {}
    if row.upload:
        body = {**(body or {}), "file": SimpleUploadedFile("a.png", picture())}
        return client.post(path, body, headers=headers)
    if row.is_api:
        data = json.dumps(body) if body is not None else ""
        return client.generic(row.method, path, data, content_type="application/json", headers=headers)
    return client.generic(row.method, path) if row.method == "PUT" else _by_hand(row, path, body, client)


def _by_hand(row: Row, path: str, body: Any, client: Client) -> HttpResponse:
    return client.post(path, body) if row.method == "POST" else client.get(path)


def _fill(value: Any, filled: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _fill(one, filled) for name, one in value.items()}
    if not isinstance(value, str):
        return value
    for name, text in filled.items():
        value = value.replace(f"{{{name}}}", text)
    return value


def client_of(world: "World", row: Row, name: str) -> tuple[Client, str]:
    """(browser, token) of one of the cast: programs at the API, people at the pages, nobody for ""."""
    client = Client()
    if row.is_api or not name:
        return client, token_of(world, name) if name else ""
    account = get_user_model().objects.get(pk=world.account_of(name))
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client, ""


def whole(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content if answer.streaming else [answer.content])


def content(answer: HttpResponse) -> str:
    return whole(answer).decode("utf-8", "replace")


def told_alike(answer: HttpResponse, at: Place) -> tuple[Any, ...]:
    """All that an answer tells, but for what was asked about and what changes with every answer."""
    text = content(answer)
    for name in FILLED:
        mine = getattr(at, name) or "\0"
        text = text.replace(mine, name).replace(numbers.show(mine) if len(mine) == 9 else mine, name)
    text = re.sub(r'(name="(csrfmiddlewaretoken|key|token)" value=")[^"]*', r"\1", text)
    where = answer.get("Location", "").replace(at.number, "number").replace(at.file or "\0", "file")
    where = where.replace(at.document or "\0", "document")
    return answer.status_code, answer.get("Content-Type"), answer.get("ETag"), where, text


def routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, here)
        elif isinstance(one, URLPattern):
            yield here


def rows(*needs: str) -> list[Any]:
    return [pytest.param(one, id=f"{one} {number}") for number, one in enumerate(TABLE) if one.need in needs]


def test_every_address_has_a_row():
    assert set(routes(get_resolver().url_patterns)) == {row.route for row in TABLE}


@pytest.mark.slow
def test_every_operation_of_the_api_has_a_row():
    from gantang.exchange.api.v1 import openapi

    documented = {(one.method, one.path.removeprefix("/")) for one in openapi.operations()}
    tabled = {(row.method, row.route.replace("<", "{").replace(">", "}")) for row in API}
    assert documented - tabled == set()


def test_an_address_with_something_of_a_matter_in_it_needs_sight_or_a_code():
    named = re.compile(r"number|attachment|code|person|move|document")
    assert {row.need for row in TABLE if named.search(row.route) and "accounts/" not in row.route} <= {
        MATTER,
        CODE,
    }


@pytest.mark.slow
@pytest.mark.parametrize("row", rows(MATTER))
def test_the_holder_of_a_duty_sees_and_does_it(row: Row, world: "World", there: Place):
    client, token = client_of(world, row, row.holder)
    answer = send(row, there, client, token=token)
    assert answer.status_code in row.ok, content(answer)


@pytest.mark.slow
@pytest.mark.parametrize("row", rows(MATTER))
def test_to_all_others_it_is_as_if_there_were_nothing(row: Row, world: "World", there: Place, nowhere: Place):
    for name in OUTSIDERS:
        client, token = client_of(world, row, name)
        seen, missed = (send(row, at, client, token=token) for at in (there, nowhere))
        assert told_alike(seen, there) == told_alike(missed, nowhere), name
        assert seen.status_code == (404 if name else 401 if row.tells else 302), (name, content(seen))


@pytest.mark.slow
@pytest.mark.parametrize("row", rows(MATTER))
def test_a_used_key_and_a_wrong_body_tell_nothing_either(
    row: Row, world: "World", there: Place, nowhere: Place, beside: Place
):
    """What is asked second (the key, the answers) must not be told before sight."""
    client, token = client_of(world, row, "neighbour")
    expected = row.ok if row.holder == HOLDER else (403,)
    assert send(row, beside, client, token=token).status_code in expected
    seen, missed = (send(row, at, client, token=token) for at in (there, nowhere))
    assert told_alike(seen, there) == told_alike(missed, nowhere)
    assert seen.status_code == 404


@pytest.mark.parametrize("row", rows(MATTER))
def test_another_matter_named_beside_ones_own_is_as_if_it_were_not(
    row: Row, world: "World", there: Place, nowhere: Place, beside: Place
):
    if "{other}" not in row.path + json.dumps(row.body or {}):
        return
    client, token = client_of(world, row, "neighbour")
    mixed = [Place(beside.number, one.number, beside.file, beside.code) for one in (there, nowhere)]
    seen, missed = (send(row, at, client, token=token) for at in mixed)
    assert told_alike(seen, mixed[0])[0:2] == told_alike(missed, mixed[1])[0:2]
    assert seen.status_code == 404


@pytest.mark.parametrize("row", rows(LIST))
def test_lists_search_counts_and_export_show_what_one_sees_and_no_more(
    row: Row, world: "World", there: Place, nowhere: Place
):
    client, token = client_of(world, row, HOLDER)
    own = content(send(row, there, client, token=token))
    assert there.number in own or numbers.show(there.number) in own
    for name in OUTSIDERS:
        client, token = client_of(world, row, name)
        seen, missed = (send(row, at, client, token=token) for at in (there, nowhere))
        assert told_alike(seen, there) == told_alike(missed, nowhere), name
        assert there.number not in content(seen) or "q=" in row.path or "at=" in row.path
        assert seen.status_code == (200 if name else 401 if row.is_api else 302)


@pytest.mark.slow
@pytest.mark.parametrize("row", rows(STAFF))
def test_what_needs_a_sign_in_is_closed_to_nobody_else(row: Row, world: "World", there: Place):
    for name in (HOLDER, "foreigner", "admin"):
        client, token = client_of(world, row, name)
        assert send(row, there, client, token=token).status_code in row.ok, name
    client, _ = client_of(world, row, "")
    answer = send(row, there, client)
    assert answer.status_code == (401 if row.tells else 302)
    assert row.tells or answer["Location"].startswith("/accounts/login/")


@pytest.mark.slow
@pytest.mark.parametrize("row", rows(ADMIN))
def test_what_needs_an_administering_post_is_closed_to_all_others(row: Row, world: "World", there: Place):
    for name, expected in (("admin", row.ok), (HOLDER, (403,)), ("county_leader", (403,)), ("", (302,))):
        client, _ = client_of(world, row, name)
        assert send(row, there, client).status_code in expected, name


@pytest.mark.parametrize("row", rows(PRIVACY))
def test_what_answers_people_is_open_to_the_duty_of_privacy_alone(row: Row, world: "World", there: Place):
    for name in ("supervisor", HOLDER, "county_leader", "admin", ""):
        client, token = client_of(world, row, name)
        expected = row.ok if name == "supervisor" else (403,) if name else (401,) if row.is_api else (302,)
        assert send(row, there, client, token=token).status_code in expected, name


@pytest.mark.parametrize("row", rows(WATCH))
def test_how_a_unit_looks_is_for_whoever_administers_or_watches_over_it(
    row: Row, world: "World", there: Place
):
    for name in ("supervisor", "county_leader", "admin", HOLDER, "foreigner", ""):
        client, _ = client_of(world, row, name)
        expected = (302,) if not name else (403,) if name in (HOLDER, "foreigner") else row.ok
        assert send(row, there, client).status_code in expected, name


@pytest.mark.slow
@pytest.mark.parametrize("row", rows(PUBLIC))
def test_what_is_public_is_the_same_for_all_and_tells_of_no_matter(row: Row, world: "World", there: Place):
    client, _ = client_of(world, row, "")
    answer = send(row, there, client)
    assert answer.status_code in row.ok
    assert there.number not in content(answer)


@pytest.mark.parametrize("row", rows(CODE))
def test_a_code_opens_its_own_matter(row: Row, world: "World", there: Place):
    assert send(row, there, holding(there.code, row), code=there.code).status_code in row.ok


@pytest.mark.parametrize("row", rows(CODE))
def test_without_a_code_or_with_one_that_leads_nowhere_nothing_opens(
    row: Row, world: "World", there: Place, nowhere: Place
):
    for code in ("", nowhere.code):
        answer = send(
            row, Place(there.number, there.other, there.file, nowhere.code), holding(code, row), code=code
        )
        assert answer.status_code in (401, 302, 404), content(answer)
        assert answer.status_code != 302 or answer["Location"] == "/track/"
        assert there.number not in content(answer) and numbers.show(there.number) not in content(answer)


@pytest.mark.parametrize(
    "row", [one for one in rows(CODE) if re.search("{file}|{document}", one.values[0].path)]
)
def test_a_code_opens_no_file_of_another_matter(row: Row, world: "World", there: Place, nowhere: Place):
    own = a_place(world, world.grid)
    client = holding(own.code, row)
    seen, missed = (send(row, at, client, code=own.code) for at in (there, nowhere))
    assert told_alike(seen, there) == told_alike(missed, nowhere)
    assert seen.status_code == 404


def holding(code: str, row: Row) -> Client:
    """A browser that entered the code, where the pages are asked."""
    client = Client()
    if code and not row.is_api and not row.path.startswith("/t/"):
        client.post("/track/", {"code": code})
    return client


@pytest.mark.slow
@pytest.mark.parametrize("name", CAST)
def test_every_post_sees_what_its_duties_reach_in_detail_and_in_lists(
    name: str, world: "World", there: Place
):
    token = token_of(world, name)
    client, heads = Client(), {"Authorization": f"Bearer {token}"}
    detail = client.get(f"/api/v1/matters/{there.number}", headers=heads).status_code
    file = client.get(f"/api/v1/matters/{there.number}/attachments/{there.file}", headers=heads).status_code
    listed = content(client.get("/api/v1/matters?view=all", headers=heads))
    sheet = content(client.get("/api/v1/matters.csv?view=all", headers=heads))
    expected = name in SEEING
    assert (detail, file) == ((200, 200) if expected else (404, 404))
    assert (numbers.show(there.number) in listed, numbers.show(there.number) in sheet) == (expected, expected)


@pytest.mark.slow
def test_every_move_of_every_procedure_is_refused_alike_to_whoever_does_not_see(
    world: "World", there: Place, nowhere: Place
):
    from gantang.exchange.api.v1 import moves

    models = moves.document(people=False)["models"]
    for persona, names in outsiders_in_turn(moves.document(people=False)):
        client, token = client_of(world, Row(MATTER, "POST", "api/", "/api/v1/matters"), persona)
        for name in names:
            body = a_move(name, models, world)
            row = Row(
                MATTER, "POST", "api/", "/api/v1/matters/{number}/moves", body, headers={"If-Match": "*"}
            )
            seen, missed = (send(row, at, client, token=token) for at in (there, nowhere))
            assert told_alike(seen, there) == told_alike(missed, nowhere), (name, persona)
            assert seen.status_code == (404 if persona else 401), (name, content(seen))


@pytest.mark.slow
def test_every_form_of_a_move_is_closed_to_whoever_does_not_see(world: "World", there: Place, nowhere: Place):
    from gantang.exchange.api.v1 import moves

    for persona, names in outsiders_in_turn(moves.document(people=False)):
        client, _ = client_of(world, Row(MATTER, "GET", "desk/", "/desk/"), persona)
        for name, (method, body) in product(names, (("GET", None), ("POST", {"key": "k"}))):
            row = Row(MATTER, method, "desk/", f"/desk/matters/{{number}}/moves/{name}/", body)
            seen, missed = (send(row, at, client) for at in (there, nowhere))
            assert told_alike(seen, there) == told_alike(missed, nowhere), (name, method)
            assert seen.status_code == (404 if persona else 302), (name, method)


def outsiders_in_turn(document: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Each outsider with every fifth move: the route is one, each of them meets it, and every move is met."""
    names = list(document["union"]["discriminator"]["mapping"])
    return ((persona, names[turn :: len(OUTSIDERS)]) for turn, persona in enumerate(OUTSIDERS))


def a_move(name: str, models: dict[str, Any], world: "World") -> dict[str, Any]:
    """A body that fits the move's schema."""
    title = "".join(part.capitalize() for part in name.split("_"))
    answers = models.get(f"{title}Answers")
    if answers is None:
        return {"move": name}
    return {"move": name, "answers": required_of(answers, models, world)}


def required_of(model: dict[str, Any], models: dict[str, Any], world: "World") -> dict[str, Any]:
    properties = model["properties"]
    return {ask: an_answer(ask, properties[ask], models, world) for ask in model.get("required", ())}


def an_answer(name: str, schema: dict[str, Any], models: dict[str, Any], world: "World") -> Any:
    """Something that fits, by name, by its kind or by its enum."""
    known: dict[str, Any] = {
        "class": "facility.lighting",
        "unit": world.unit(world.township),
        "ground": "361028",
    }
    known |= {"units": [world.unit(world.township)]}
    if name in known:
        return known[name]
    if name.endswith("_class"):
        return known["class"]
    if "[0-9A-Za-z]{3}-?" in schema.get("pattern", ""):
        return "QK7-M4R-2PX"  # another matter's number
    if schema.get("type") == "array":
        return [an_answer(name, schema["items"], models, world)]
    if "$ref" in schema:
        return required_of(models[schema["$ref"].rpartition("/")[2]], models, world)
    plain = {
        "integer": 1,
        "boolean": True,
        "string": "2026-11-24" if schema.get("format") == "date" else "示例",
    }
    return schema.get("const") or schema.get("enum", [plain.get(schema.get("type", ""), "示例")])[0]
