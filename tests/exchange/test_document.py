"""The OpenAPI document: frozen, complete, and without a place where anything goes.

Renew the snapshot after a change that is meant: ``FREEZE=1 python -m pytest tests/exchange/test_document.py``
"""

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from gantang import engine
from gantang.engine.run import grants
from gantang.kit import clock
from gantang.procedures import queries
from gantang.procedures import service as procedures
from tests.exchange.caller import Caller

pytestmark = pytest.mark.django_db
SNAPSHOT = Path(__file__).with_name("openapi.json")
#: What makes a schema say what it takes.
SAYS = {"$ref", "enum", "const", "anyOf", "oneOf", "allOf", "type"}
NESTED = ("anyOf", "oneOf", "allOf")
Call = Callable[[str], Caller]


@pytest.fixture
def document(db: None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Caller().get("/openapi.json").content)
    return found


def schemas(value: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema of the document with its place, those within others too."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from schemas(one, f"{at}/{number}")
    elif isinstance(value, dict):
        for name, one in value.items():
            here = f"{at}/{name}"
            if name == "schema" or at == "/components/schemas":
                yield from within(one, here)
            elif name not in ("schemas", "properties") or at == "/components":
                yield from schemas(one, here)


def within(schema: Any, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield at, schema
    parts = {f"properties/{name}": one for name, one in schema.get("properties", {}).items()}
    parts |= {f"{name}/{number}": one for name in NESTED for number, one in enumerate(schema.get(name, ()))}
    parts |= {"items": schema["items"]} if "items" in schema else {}
    for name, one in parts.items():
        yield from within(one, f"{at}/{name}")


def is_free(schema: Any) -> bool:
    """Whether anything would do here: no type, a list of anything, an object with any fields."""
    if not isinstance(schema, dict) or not SAYS & set(schema):
        return True
    kind = schema.get("type")
    return (kind == "array" and "items" not in schema) or (
        kind == "object" and schema.get("additionalProperties") is not False
    )


def test_the_document_is_the_frozen_one():
    served = Caller().get("/openapi.json").content.decode()
    if os.environ.get("FREEZE"):
        SNAPSHOT.write_text(served, encoding="utf-8")
    assert served == SNAPSHOT.read_text(encoding="utf-8")


def asks(schemas: dict[str, Any], ref: str) -> Any:
    """What a move asks, by its reference in the document."""
    answers = schemas[ref.rsplit("/", 1)[1]]["properties"].get("answers")
    return answers and schemas[answers["$ref"].rsplit("/", 1)[1]]["properties"]


def test_a_move_that_staff_and_people_know_has_a_schema_for_each(document: dict[str, Any]):
    schemas = document["components"]["schemas"]
    staff, people = (schemas[name]["discriminator"]["mapping"] for name in ("StaffMove", "ReporterMove"))
    shared = set(staff) & set(people)
    assert not set(staff.values()) & set(people.values())
    asked = {name: (asks(schemas, staff[name]), asks(schemas, people[name])) for name in shared}
    assert any(one != other for one, other in asked.values()), "all ask alike: the rule is not tried"


def test_no_two_shapes_share_a_name_of_the_document():
    """The document would show one of them for both."""
    ours = [one for one in _below(BaseModel) if one.__module__.startswith("gantang.exchange.api.v1.")]
    written = Counter(one.__name__ for one in ours if not one.__module__.endswith(".union"))
    assert [name for name, times in written.items() if times > 1] == []


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def test_it_is_openapi_3_1(document: dict[str, Any]):
    assert document["openapi"].startswith("3.1.")


def test_no_schema_takes_just_anything(document: dict[str, Any]):
    found = dict(schemas(document))
    assert len(found) > 200
    assert [at for at, one in found.items() if is_free(one)] == []


def test_the_walk_would_find_a_free_schema(document: dict[str, Any]):
    document["components"]["schemas"]["Receipt"]["properties"]["number"] = {"title": "Anything"}
    document["components"]["schemas"]["Row"]["additionalProperties"] = True
    free = [at for at, one in schemas(document) if is_free(one)]
    assert free == ["/components/schemas/Receipt/properties/number", "/components/schemas/Row"]


def test_every_reference_leads_somewhere(document: dict[str, Any]):
    wanted = {one["$ref"].rpartition("/")[2] for _, one in schemas(document) if "$ref" in one}
    assert wanted <= set(document["components"]["schemas"])


def test_every_error_is_a_problem(document: dict[str, Any]):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for status, answer in operation["responses"].items():
                if status[0] in "45":
                    assert list(answer["content"]) == ["application/problem+json"], (path, method, status)


def test_every_write_but_the_reading_of_people_takes_a_key(document: dict[str, Any]):
    without = {
        operation["operationId"]
        for methods in document["paths"].values()
        for method, operation in methods.items()
        if method != "get"
        and not any(one["name"] == "Idempotency-Key" for one in operation.get("parameters", ()))
    }
    assert without == {"open_field", "list_held", "intake_many"}  # bulk has a key for each of its items


def test_whatever_changes_a_matter_says_on_which_version_it_was_decided(document: dict[str, Any]):
    asking = {
        operation["operationId"]
        for methods in document["paths"].values()
        for operation in methods.values()
        if any(one["name"] == "If-Match" for one in operation.get("parameters", ()))
    }
    assert asking == {"make_move", "classify", "give_cause", "place", "mend_gist"}


def test_the_move_is_one_operation_discriminated_by_move(document: dict[str, Any]):
    moves = document["components"]["schemas"]["StaffMove"]
    read = [queries.by_hash(version.hash) for version in queries.versions()]
    known = {
        move.name
        for procedure in read
        if not procedure.sealed  # protected tips have doors of their own
        for move in procedure.moves.values()
        if set(move.by) - {"reporter", "party", "clock"}
    }
    assert moves["discriminator"]["propertyName"] == "move"
    assert set(moves["discriminator"]["mapping"]) == known | set(grants.MOVES)
    body = document["paths"]["/api/v1/matters/{number}/moves"]["post"]["requestBody"]
    assert body["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/StaffMove"}


@pytest.mark.slow
def test_a_new_version_in_force_changes_the_union(world: Any, tmp_path: Path):
    before = (
        Caller().get("/openapi.json").json()["components"]["schemas"]["StaffMove"]["discriminator"]["mapping"]
    )
    put_in_force(world, tmp_path)
    after = (
        Caller().get("/openapi.json").json()["components"]["schemas"]["StaffMove"]["discriminator"]["mapping"]
    )
    assert set(after) - set(before) == {"look_again"}


def put_in_force(world: Any, folder: Path) -> None:
    """The shipped procedure with one more move, as the next version."""
    made = folder / "request"
    shutil.copytree(procedures.SHIPPED / "request", made)
    put(made / "procedure.yaml", "version: 1", "version: 2")
    put(
        made / "procedure.yaml",
        "  progress: ",
        "  look_again: {from: handling, by: handler, asks: [note]}\n  progress: ",
    )
    put(made / "texts" / "zh-Hans.yaml", "  progress:", "  look_again: 再看一次\n  progress:")
    put(made / "texts" / "en.yaml", "  progress:", "  look_again: Look again\n  progress:")
    pack = engine.read_pack(made)
    procedures.put_in_force(actor=world.cast.admin, pack=pack, others=procedures.installed(), now=clock.now())


def put(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
