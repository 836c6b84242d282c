"""How a finding is put together: what, where, one sentence and a remedy in two languages."""

from __future__ import annotations

from collections.abc import Iterable

from gantang.engine.model import Finding, Place, Procedure, Words

#: The kinds of finding, in the order of the design's table, and what each is called in Chinese.
CHINESE = {
    "gap": "断层",
    "blind spot": "盲区",
    "idling": "空转",
    "squeeze": "挤压",
    "self-check": "自办自核",
    "bypass": "绕行",
    "self-grant": "自批",
    "leak": "泄露",
    "law": "违法放宽",
    "words": "缺文字",
    "language": "写法",
    "story": "情景不符",
}


def finding(kind: str, place: Place, where: str, sentence: Words, remedy: Words) -> Finding:
    """A finding at a place of a file; `where` names the part, "request/moves/refuse"."""
    return Finding(kind, place.file, place.line, sentence, remedy, where)


def at_state(procedure: Procedure, name: str) -> str:
    return f"{procedure.name}/states/{name}"


def at_move(procedure: Procedure, name: str) -> str:
    return f"{procedure.name}/moves/{name}"


def place_of(*places: Place | None, procedure: Procedure) -> Place:
    """The first place that is one, else the procedure's own."""
    return next((place for place in places if place is not None and place.line), procedure.place)


def joined(names: Iterable[str]) -> Words:
    """A list of names in both languages."""
    names = list(names)
    return Words("、".join(names), ", ".join(names))
