"""Opening a matter: what every beginning has in common, whoever begins it (intake, a parent, an import)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.engine import Doer, Facts, Procedure
from gantang.kit import crypto, keys, numbers
from gantang.kit.actor import Actor
from gantang.kit.work import Work
from gantang.matters.models import Matter
from gantang.matters.queries.holding import holders_of
from gantang.matters.service import people, record
from gantang.matters.service.ground import Place
from gantang.matters.service.people import Entered, Entering
from gantang.matters.service.point import point_of
from gantang.matters.service.texts import PURPOSE, SERVICE, plain
from gantang.matters.types import Made, Suggested
from gantang.posts import queries as posts
from gantang.vault import service as vault

LONGEST_GIST = 1000


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new matter begins with. ``answers`` are closed ones already known, ``kept`` those that only the
    vault may hold; a ``gist`` is given where it is nobody's words, else it is masked from the words."""

    procedure: Procedure
    place: Place
    words: str
    channel: str
    people: Sequence[Entering]
    doer: Doer
    class_code: str = ""
    urgent: bool = False
    where: str = ""
    parent: tuple[int, UUID] | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    kept: Mapping[str, Any] = field(default_factory=dict)
    happened_at: datetime | None = None
    campaign: int | None = None
    facility: UUID | None = None
    gist: str = ""
    made: Made | None = None
    suggested: Suggested | None = None

    @property
    def known(self) -> dict[str, Any]:
        """The answers the engine begins with; a step does not say the class of what lies apart."""
        told = self.class_code and not self.place.is_apart
        return {**self.answers, "class": self.class_code} if told else dict(self.answers)

    @property
    def reachable(self) -> bool:
        """Whether the reporter can confirm: by a code that only the reporter has."""
        return any(one.has_code for one in self.people if one.role == "reporter")


def open_matter(w: Work, opening: Opening, *, actor: Actor, now: datetime) -> tuple[Matter, list[Entered]]:
    """Write a new matter and its people in the act's unit of work."""
    matter, begun = keys.mint(opening.place.city, now), opened_items(opening, now)
    return begin_matter(w, opening, matter, begun, at=now, actor=actor, now=now)


def begin_matter(
    w: Work,
    opening: Opening,
    matter: UUID,
    begun: Sequence[record.Item],
    *,
    at: datetime,
    actor: Actor,
    now: datetime,
) -> tuple[Matter, list[Entered]]:
    """The same where the id is minted and the engine's steps (``begun``) are known; ``at`` is the moment of
    receipt, which lies before ``now`` for what comes from elsewhere."""
    city = opening.place.city
    w.name([matter])
    why = SERVICE if opening.place.is_apart else people.PURPOSE
    entered = [people.enter(w, city, matter, one, now, purpose=why) for one in opening.people]
    gist = gist_of(opening)
    received = received_step(opening, numbers.take(city), gist, at)
    received["people"] = [one.data for one in entered]
    received |= _kept(w, opening, city, matter, now)
    point = point_of(opening.place, opening.class_code)
    received |= {"point": point.mac.hex()} if point else {}
    items = [("received", received), *begun]
    row = record.begin(w, actor=actor, city=city, matter=matter, gist=gist, items=items, now=now, point=point)
    for one in entered:
        people.add(w, one)
    return row, entered


def gist_of(opening: Opening) -> str:
    """The words with numbers, plates and the people named in the form masked; of what lies apart no word."""
    if opening.place.is_apart:
        return opening.procedure.title.zh
    if opening.gist:
        return opening.gist[:LONGEST_GIST]
    known = [one.contact.known() for one in opening.people if one.contact]
    masked = vault.mask(
        opening.words,
        names=[one["name"] for one in known if "name" in one],
        phones=[one["phone"] for one in known if "phone" in one],
        others=[one[field] for one in known for field in ("id_number", "email") if field in one],
    )
    return masked.text[:LONGEST_GIST]


def received_step(opening: Opening, number: str, gist: str, at: datetime) -> dict[str, Any]:
    """What the first step says: codes, ids and keyed hashes."""
    reporter = next((one for one in opening.people if one.role == "reporter"), None)
    belongs: dict[str, Any] = {} if opening.campaign is None else {"campaign": opening.campaign}
    belongs |= {} if opening.facility is None else {"facility": str(opening.facility)}
    belongs |= {} if opening.made is None else {"made": opening.made.data()}
    belongs |= {} if opening.suggested is None else {"suggested": opening.suggested.data()}
    return {
        "at": at.isoformat(),
        "number": number,
        "channel": opening.channel,
        **belongs,
        **opening.place.data(),
        "class": "" if opening.place.is_apart else opening.class_code,
        "cause": "",
        "urgent": opening.urgent,
        "anonymous": reporter is not None and not (reporter.contact and reporter.contact.known()),
        "reachable": opening.reachable,
        "gist": crypto.mac("gist", gist.encode()).hex(),
        "parent": None if opening.parent is None else [opening.parent[0], str(opening.parent[1])],
        "answers": dict(opening.answers),
        "happened_at": opening.happened_at.isoformat() if opening.happened_at else None,
    }


def opened_items(opening: Opening, now: datetime) -> list[record.Item]:
    """The engine's first step."""
    facts = opening_facts(opening, now)
    decision = engine.open_case(
        opening.procedure,
        doer=opening.doer,
        facts=facts,
        calendar=catalogue.calendar_for(opening.place.scope, at=now),
        now=now,
        answers=opening.known,
    )
    return [(step.name, step.data) for step in decision.steps]


def opening_facts(opening: Opening, now: datetime, *, resolver: posts.Resolver | None = None) -> Facts:
    """The facts of a matter that has no history yet."""
    return Facts(
        holders=holders_of(
            opening.procedure,
            klass=opening.class_code,
            ground=opening.place.scope,
            now=now,
            resolver=resolver,
        ),
        reachable=opening.reachable,
        classed=bool(opening.class_code),
    )


def _kept(w: Work, opening: Opening, city: int, matter: UUID, now: datetime) -> dict[str, Any]:
    """The words, the place in words and answers of the vault go there; the step says where and holds their
    hashes."""

    def put(kind: str, text: str) -> dict[str, str]:
        kept = vault.keep(
            w,
            city=city,
            matter=matter,
            kind=kind,
            plain=text,
            purpose=SERVICE if opening.place.is_apart else PURPOSE,
            party=people.REPORTER,
            is_new=True,
            now=now,
        )
        return {"entry": str(kept.id), "hash": kept.hash}

    said: dict[str, Any] = {
        name: put(name, text) for name, text in (("words", opening.words), ("place", opening.where)) if text
    }
    own = {name: put("note", plain(value)) for name, value in opening.kept.items() if value is not None}
    return {**said, "texts": own} if own else said
