"""What a pack asks, described for the phone, which draws it with no signal; a new pack needs no new code."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language

from gantang import engine
from gantang.engine import Field
from gantang.faces.forms import RATINGS

#: Kinds whose choices stand once in the snapshot.
LISTED = {"class": "classes", "unit": "units", "units": "units", "ground": "grounds"}
#: What a report already has a place for, so that its form does not ask again.
OWN = ("class", "place", "files", "phone", "name", "identity")
CLOSED = ("choice", "choices", "yes_no", "number", "rating", "date", "moment")


def asked(fields: Mapping[str, Field], asks: Iterable[str], optional: Iterable[str]) -> list[dict[str, Any]]:
    """The questions of a move. Which post takes the work is chosen at the desk, files are added apart."""
    wanted = [*((name, True) for name in asks), *((name, False) for name in optional if name != "post")]
    known = ((fields[name], needed) for name, needed in wanted if name in fields)
    return [described(one, needed) for one, needed in known if one.kind != "files"]


def described(one: Field, required: bool) -> dict[str, Any]:
    """One question: name, kind, words, choices, columns."""
    found: dict[str, Any] = {
        "name": one.name,
        "kind": one.kind,
        "title": one.title.of(lang()),
        "help": one.help.of(lang()) if one.help else "",
        "required": required,
    }
    if one.kind == "rows":
        found["columns"] = [described(column, column.required) for column in one.columns]
    elif one.kind == "rating":
        found["options"] = [[code, str(words)] for code, words in RATINGS]
    elif one.options:
        found["options"] = [[option.code, option.words.of(lang())] for option in one.options]
    elif one.kind in LISTED:
        found["from"] = LISTED[one.kind]
    return found


def opening(procedure: engine.Procedure) -> dict[str, Any]:
    """The short form of a procedure: what is told in words, and the closed answers beside it."""
    fields = procedure.form.fields.values()
    words = next((one for one in fields if one.kind == "text"), None)
    return {
        "name": procedure.name,
        "title": procedure.title.of(lang()),
        "words": described(words, words.required) if words else None,
        "fields": [described(one, one.required) for one in fields if one.kind in CLOSED],
        "contact": [one.kind for one in fields if one.kind in ("phone", "name")],
    }


def lang() -> str:
    """The language in force."""
    return get_language() or "zh-hans"
