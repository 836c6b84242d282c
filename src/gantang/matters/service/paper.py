"""What a document says of a matter: typed, opened from the vault for this one purpose, masked as its
audience asks.

Nothing of it is kept here. No access code is among it: whoever holds the paper does not hold the matter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from gantang.catalogue import queries as catalogue
from gantang.engine import Case, Clock, Field, Procedure
from gantang.files.types import About, Answer, Issuer, Paper, Person
from gantang.kit import keys, numbers
from gantang.kit.actor import is_apart
from gantang.ledger import queries as ledger
from gantang.matters.models import Matter, Party
from gantang.matters.rules import written
from gantang.matters.rules.declared import declared
from gantang.matters.rules.sessions import PAGE
from gantang.matters.rules.sight import FOLLOWER
from gantang.matters.service import people, signed
from gantang.matters.service.figures import figures
from gantang.posts import queries as posts
from gantang.territory import queries as territory
from gantang.vault import service as vault

#: Whose own particulars stand open in a document for them; all others are masked, minors always.
OPEN = {"reporter": frozenset({"reporter"}), "party": frozenset({"reporter", "party"})}
ROLES: Mapping[str | int, str] = {"reporter": "反映人", "party": "当事人"}
#: Where sides stand against each other: the first is that of whoever applied.
SIDES: Mapping[str | int, str] = {1: "申请方", 2: "另一方"}
FIELDS = ("name", "phone", "address", "id_number")
#: What of a minor stands in no text, each with what stands for it.
Hidden = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One document to be written: its kind, version and serial number behind the unit's sign, by which unit,
    when."""

    kind: str
    version: int
    serial: int | None
    unit: int | None
    at: datetime
    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)
    sign: str = ""


def paper(row: Matter, procedure: Procedure, wanted: Wanted) -> Paper:
    """The paper of a matter that the transaction has named; ``wanted.answers`` are those of this act,
    which go before what was answered earlier. Errors: those of the vault."""
    document = declared(procedure, wanted.kind)
    parties = _parties(row)
    titles = SIDES if any(one.role == "party" for one in parties) else ROLES
    shown = [_person(one, document.audience, titles) for one in parties]
    hidden = _hidden(pairs for _, pairs in shown)
    code = keys.document_code(row.id, wanted.kind, wanted.version)
    made = Paper(
        title=document.title.zh,
        number=written.number(wanted.at, wanted.serial, wanted.sign),
        version=wanted.version,
        made_at=wanted.at,
        unit=Issuer(unit_name(wanted.unit)),
        matter=_unnamed(about(row, procedure), hidden),
        link=f"{settings.GANTANG_URL}/verify/{code}",
        people=tuple(person for person, _ in shown),
        answers=_answers(row, procedure, document.uses, wanted.answers, hidden),
        children=figures(row, document),
    )
    return signed.beside(made, row) if wanted.kind == PAGE else made


def about(row: Matter, procedure: Procedure) -> About:
    """The matter in words."""
    known = catalogue.get_class(row.class_code) if row.class_code else None
    case = Case.from_dict(row.case)
    return About(
        number=numbers.show(row.number),
        class_name=known.title.zh if known else "",
        procedure=procedure.title.zh,
        place="" if is_apart(row.scope) else "".join(territory.path(row.scope)[1:]),
        opened=written.day(row.opened_at),
        gist=row.gist,
        handler=unit_name(row.unit),
        due=_last_day(case.total),
        turn=row.owner_duty,
        turn_due=_last_day(case.clock),
        until={move: written.last_day(last) for move, last in case.until.items()},
    )


def about_masked(row: Matter, procedure: Procedure) -> About:
    """The same for what is no document of its own: no gist that somebody mended badly names a minor. Nobody
    else's entry is opened for it."""
    hidden = _hidden(_person(one, "staff", ROLES)[1] for one in _parties(row) if one.minor)
    return _unnamed(about(row, procedure), hidden)


def _unnamed(matter: About, hidden: Hidden) -> About:
    return replace(matter, gist=_without(matter.gist, hidden))


def _last_day(clock: Clock | None) -> str:
    return written.last_day(clock.due) if clock is not None else ""


def unit_name(unit: int | None) -> str:
    """What a unit is called; empty for none."""
    return posts.unit_names([unit]).get(unit, "") if unit is not None else ""


# --- people -------------------------------------------------------------------------------------------


def _hidden(found: Iterable[Hidden]) -> Hidden:
    return [pair for pairs in found for pair in pairs]


def _parties(row: Matter) -> list[Party]:
    rows = Party.objects.filter(city=row.city, matter_id=row.id)
    return list(rows.exclude(role=FOLLOWER).order_by("no"))


def _person(party: Party, audience: str, titles: Mapping[str | int, str]) -> tuple[Person, Hidden]:
    """Somebody as shown, and what of a minor must not stand in any text either, with what stands for it."""
    known = people.known(party)
    is_open = not party.minor and party.role in OPEN.get(audience, ())
    shown = {
        name: known[name] if is_open else vault.shade_field(name, known[name])
        for name in FIELDS
        if known.get(name)
    }
    title = titles.get(party.role) or titles.get(party.side) or f"第{party.side}方"
    person = Person(party.no, party.role, title, side=party.side, minor=party.minor, **shown)
    hidden = [(known[name], shown[name]) for name in FIELDS if party.minor and known.get(name)]
    return person, hidden


# --- answers ------------------------------------------------------------------------------------------


def _answers(
    row: Matter,
    procedure: Procedure,
    uses: Iterable[str],
    given: Mapping[str, Any],
    hidden: Hidden,
) -> dict[str, Answer]:
    """The fields that the document uses, in the pack's order, as words."""
    wanted = [name for name in uses if name in procedure.fields]
    values = {**so_far(row, wanted), **{name: given[name] for name in wanted if name in given}}
    fields = {name: procedure.fields[name] for name in wanted}
    names = _names(fields, values)
    found = {name: _answer(one, values.get(name), names) for name, one in fields.items()}
    return {name: _covered(one, hidden) for name, one in found.items()}


def so_far(row: Matter, wanted: Iterable[str]) -> dict[str, Any]:
    """The latest answer to each of these fields, closed ones from the steps, texts from the vault."""
    names, closed, kept = frozenset(wanted), {}, {}
    for step in ledger.steps(row.city, row.id):
        closed.update(
            {name: value for name, value in (step.data.get("answers") or {}).items() if name in names}
        )
        kept.update({name: said["entry"] for name, said in _texts(step.data).items() if name in names})
    opened = {
        name: vault.open_for_system(city=row.city, matter=row.id, entry=UUID(entry))
        for name, entry in kept.items()
    }
    return {**closed, **opened}


def _texts(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a step says of texts: those of a move, and the words and the place of the report."""
    own = {name: data[name] for name in ("words", "place") if isinstance(data.get(name), dict)}
    return {**own, **(data.get("texts") or {})}


def _answer(one: Field, value: Any, names: written.Names) -> Answer:
    if not one.columns:
        return Answer(one.title.zh, written.words(one, value, names))
    heads = tuple(column.title.zh for column in one.columns)
    return Answer(one.title.zh, columns=heads, rows=written.table(one, value, names))


def _covered(one: Answer, hidden: Hidden) -> Answer:
    """The answer without anything that would name a minor."""
    return replace(
        one,
        text=_without(one.text, hidden),
        rows=tuple(tuple(_without(cell, hidden) for cell in line) for line in one.rows),
    )


def _without(text: str, hidden: Hidden) -> str:
    for known, shown in hidden:
        text = text.replace(known, shown)
    return text


def _names(fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """What the codes among the answers are called."""
    wanted = {pair for name, one in fields.items() for pair in written.codes(one, values.get(name))}
    called = {"unit": posts.unit_names, "post": posts.post_titles}
    found = {
        (kind, str(number)): name
        for kind, names_of in called.items()
        for number, name in names_of({int(code) for one, code in wanted if one == kind}).items()
    }
    for kind, code in wanted:
        if kind == "class" and (known := catalogue.get_class(code)) is not None:
            found[kind, code] = known.title.zh
        elif kind == "ground":
            found[kind, code] = "".join(territory.path(code)[1:])
    return found
