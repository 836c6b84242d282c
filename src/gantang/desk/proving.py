"""A version's proof in words: what the checker of today has against it, and how long it can take."""

from dataclasses import dataclass
from datetime import datetime

from gantang import engine
from gantang.engine.draw.say import Say
from gantang.procedures import queries as procedures


@dataclass(frozen=True, slots=True)
class Line:
    """A finding: which part, what is wrong, how it is mended, where it is written."""

    kind: str
    place: str
    sentence: str
    remedy: str
    where: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that was asked for: findings, and the longest time to the first and to the last end."""

    in_work: bool
    at: datetime | None
    lines: tuple[Line, ...]
    first: str
    last: str


def proof(digest: str, lang: str) -> Proof | None:
    """The last proof of a version, in a language; None where none was asked for."""
    found = procedures.proof(digest)
    if found is None:
        return None
    say = Say(procedures.by_hash(digest), lang)
    first, last = (one.of(lang) if one is not None else "" for one in (found.first, found.last))
    lines = tuple(_line(one, say, lang) for one in found.findings)
    return Proof(found.in_work, found.ended_at, lines, first, last)


def findings(digest: str) -> tuple[engine.Finding, ...]:
    """Those of the last proof, to be drawn where they stand."""
    found = procedures.proof(digest)
    return found.findings if found is not None else ()


def _line(one: engine.Finding, say: Say, lang: str) -> Line:
    return Line(
        say.kind(one.kind), one.place, one.sentence.of(lang), one.remedy.of(lang), f"{one.file}:{one.line}"
    )
