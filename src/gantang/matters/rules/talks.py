"""What a matter's steps say of the rows of its sessions, and of who signed what was agreed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Named = tuple[str, Mapping[str, Any]]
Values = dict[str, Any]
#: What a session is after its step.
STATES = {
    "session_planned": "planned",
    "session_moved": "planned",
    "session_cancelled": "cancelled",
    "session_held": "held",
}
MEDIATOR, PAPER = "mediator", "paper"


@dataclass(slots=True)
class Talks:
    """Sessions by number; signatures by ``document.signer``."""

    sessions: dict[str, Values] = field(default_factory=dict)
    signatures: dict[str, Values] = field(default_factory=dict)


def talks(steps: Iterable[Named]) -> Talks:
    """All of it, from the first step to the last."""
    found = Talks()
    for name, data in steps:
        if name in STATES:
            _session(found, name, data)
        elif name == "signed":
            _signed(found, data)
        elif name == "signatures_witnessed":
            _witnessed(found, data)
    return found


def _session(found: Talks, name: str, data: Mapping[str, Any]) -> None:
    known = found.sessions.setdefault(str(data["session"]), {"sequence": -1})
    known["sequence"] += 1
    known |= {"state": STATES[name], "reason": data.get("reason", ""), "changed_at": _moment(data["at"])}
    if "starts_at" in data:
        room = data["room"] or [None, None]
        known |= {
            "way": data["way"],
            "starts_at": _moment(data["starts_at"]),
            "ends_at": _moment(data["ends_at"]),
            "unit": data["by"]["unit"],
            "post": data["leads"],
            "room_unit": room[0],
            "room": room[1],
            "people": list(data["people_to_come"]),
        }


def _signed(found: Talks, data: Mapping[str, Any]) -> None:
    at, by = _moment(data["signed_at"]), data["by"]
    found.signatures[f"{data['document']}.{data['signer']}"] = {
        "way": data["way"],
        "signed_at": at,
        "unit": by["unit"],
        "post": by["post"] if data["signer"] == MEDIATOR else None,
        "entry": data["drawn"]["entry"] if "drawn" in data else None,
        "attachment": data.get("file"),
        "witness_unit": None,
        "witness_post": None,
        "witnessed_at": at if data["way"] == PAPER else None,
    }


def _witnessed(found: Talks, data: Mapping[str, Any]) -> None:
    for signer in data["signers"]:
        found.signatures[f"{data['document']}.{signer}"] |= {
            "witness_unit": data["by"]["unit"],
            "witness_post": data["by"]["post"],
            "witnessed_at": _moment(data["at"]),
        }


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
