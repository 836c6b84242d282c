"""What the parties of a matter say of taking part, added up: pure."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from gantang.matters.types import EVIDENCE

#: A signed paper needs its file; ``code`` is the person's own access code, beside what staff may name.
SIGNED, CODE = "signed", "code"
#: Duties whose holders enter parties and write down what these say.
ENTERING = frozenset({"receiver", "dispatcher", "handler", "mediator"})
#: Conditions of a procedure that rest on what parties say.
ASKING = frozenset({"willing_parties", "party_refuses"})


class Stand(NamedTuple):
    """One person: its role, its side (1 is the reporter's), what it said (None: nothing yet)."""

    role: str
    side: int
    willing: bool | None


def stands(people: Iterable[Stand]) -> tuple[bool, bool]:
    """(willing, refused): at least two sides and all of them willing; one of them has refused.

    Who reported counts as a side from the moment it is asked: a grid worker or neighbour who reports a
    dispute is none.
    """
    asked = [one for one in people if one.role == "party" or one.willing is not None]
    willing = all(one.willing is True for one in asked) and len({one.side for one in asked}) > 1
    return willing, any(one.willing is False for one in asked)


def faults(evidence: str, *, has_file: bool) -> Iterable[tuple[str, str]]:
    """What is wrong with the evidence of a willingness that staff write down."""
    if evidence not in EVIDENCE:
        yield "evidence", "unknown_evidence"
    elif evidence == SIGNED and not has_file:
        yield "attachment", "no_signed_paper"


def asks(guards: Iterable[str]) -> bool:
    """Whether a procedure with these conditions asks its parties anything."""
    return bool(ASKING & set(guards))


def may_enter(duties: Collection[str]) -> bool:
    """Whether whoever holds these duties enters parties and what they say."""
    return bool(ENTERING & set(duties))
