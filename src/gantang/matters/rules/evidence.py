"""What a matter's steps say of the rows beside it: its people, its files, and what the vault holds of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Named = tuple[str, Mapping[str, Any]]
Values = dict[str, Any]


@dataclass(slots=True)
class Evidence:
    """People by number, files and documents by id, keyed hashes of vault entries by id."""

    people: dict[str, Values] = field(default_factory=dict)
    files: dict[str, Values] = field(default_factory=dict)
    documents: dict[str, Values] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)


def evidence(steps: Iterable[Named]) -> Evidence:
    """All of it, from the first step to the last."""
    found = Evidence()
    for name, data in steps:
        for said in _mappings(data):
            if "entry" in said and "hash" in said:
                found.entries[said["entry"]] = said["hash"]
        if name in _TOLD:
            _TOLD[name](found, data)
    return found


def _came(found: Evidence, data: Mapping[str, Any]) -> None:
    for one in data.get("people", ()):
        known = person(one["role"], one["has_code"], one.get("entry"), one.get("issue", 1))
        found.people[str(one["no"])] = known | {name: one[name] for name in STANDING if name in one}
    for one in data.get("files", ()):
        found.files[one["id"]] = file(one["mac"], one["size"], one["party"], one["public"])
    for one in data.get("documents", ()):
        found.documents[one["document"]] = document(one, superseded=one["superseded"])


def _went(found: Evidence, data: Mapping[str, Any]) -> None:
    for gone in data.get("files", ()):
        found.files.pop(gone, None)
    for gone in data.get("documents", ()):
        found.documents.pop(gone, None)


def _said(found: Evidence, data: Mapping[str, Any]) -> None:
    known = found.people.setdefault(str(data["person"]), person("", False, None, 1))
    known["willing"] = data["willing"]


def _issued(found: Evidence, data: Mapping[str, Any]) -> None:
    known = found.people.setdefault(str(data["person"]), person("", False, None, 1))
    known |= {"has_code": True, "issue": data["issue"]}


def _made(found: Evidence, data: Mapping[str, Any]) -> None:
    found.documents[data["document"]] = document(data, superseded=False)


def _superseded(found: Evidence, data: Mapping[str, Any]) -> None:
    found.documents[data["document"]]["superseded"] = True


_TOLD = {
    "document_made": _made,
    "document_superseded": _superseded,
    "received": _came,
    "joined": _came,
    "attached": _came,
    "handed_over": _went,
    "erased": _went,
    "file_removed": _went,
    "party_added": _came,
    "willing": _said,
    "code_issued": _issued,
}


#: What steps say of a person as somebody in a dispute, where they say it.
STANDING = ("side", "willing", "minor")


def person(role: str, has_code: bool, entry: str | None, issue: int, **standing: Any) -> Values:
    """What steps know of a person's row; ``standing``: side, willing and minor where they are unusual."""
    usual = {"side": 1 if role == "reporter" else 2, "willing": None, "minor": False}
    return {"role": role, "has_code": has_code, "entry": entry, "issue": issue, **usual, **standing}


def file(mac: str, size: int, party: int | None, public: bool) -> Values:
    """What steps know of a file's row."""
    return {"mac": mac, "size": size, "party": party, "public": public}


def document(said: Mapping[str, Any], *, superseded: bool) -> Values:
    """What steps know of a document's row."""
    names = ("kind", "version", "serial", "for", "unit", "size", "mac", "sealed")
    return {**{name: said[name] for name in names}, "superseded": superseded}


def _mappings(data: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping inside the data of a step, the outer ones first."""
    if isinstance(data, Mapping):
        yield data
        data = data.values()
    elif not isinstance(data, list):
        return
    for value in data:
        yield from _mappings(value)
