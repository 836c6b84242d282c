"""What may be chosen at the desk: classes, grounds in sight, units on a ground; and why a unit answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from gantang.faces import names
from gantang.kit.actor import Actor, is_apart
from gantang.posts import queries as posts
from gantang.posts.errors import TieError
from gantang.territory import queries as territory

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Remit:
    """Which unit answers, with the reason: the remit's basis, or why none does."""

    unit: str
    reason: str
    unit_id: int | None = None
    cooperating: str = ""


class Offered(Mapping[str, Pairs]):
    """What a form may offer on a ground; each list is read when a question asks for it."""

    def __init__(self, ground: str, on: date) -> None:
        self._lists: dict[str, Callable[[], Pairs]] = {
            "class": classes,
            "unit": cache(lambda: units(ground, on)),
            "ground": lambda: grounds_elsewhere(ground),
        }
        self._lists["units"] = self._lists["unit"]

    def __getitem__(self, name: str) -> Pairs:
        return self._lists[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)


def classes() -> Pairs:
    """Every class with its full name, in the catalogue's order."""
    titles = names.classes()
    return [(code, names.class_path(code, titles)) for code in titles]


def grounds(actor: Actor) -> Pairs:
    """The grounds of the actor's sight and one level below, for a list to be narrowed to."""
    roots = _tops({triple.ground for triple in actor.sight if not is_apart(triple.ground)})
    found = [(root, " ".join(territory.path(root)[-2:])) for root in roots]
    for root in roots[:3]:
        found += [(one.prefix, f"　{one.name}") for one in territory.children(root)]
    return found


def villages(actor: Actor, on: date) -> Pairs:
    """The villages in sight, named with their township; the counties alone where sight is that wide."""
    roots = _tops({triple.ground for triple in actor.sight if not is_apart(triple.ground)})
    found: Pairs = []
    for root in roots:
        deep = (
            territory.within(root, level=5, on=on)
            if len(root) >= 6
            else territory.within(root, level=3, on=on)
        )
        towns = territory.names({one.prefix[:9] for one in deep})
        found += [(one.prefix, f"{towns.get(one.prefix[:9], '')} {one.name}".strip()) for one in deep]
        if len(root) >= 12:
            found += [(root, " ".join(territory.path(root)[-2:]))]
    return list(dict.fromkeys(found))


def _tops(found: Iterable[str]) -> list[str]:
    """The widest of some grounds: those that no other one holds."""
    every = sorted(set(found))
    return [one for one in every if not any(one != wide and one.startswith(wide) for wide in every)]


def units(ground: str, on: date) -> Pairs:
    """The units on a ground's county and below it that lie on the way to the ground."""
    near = posts.units(ground[:6], on=on) if len(ground) >= 6 else posts.units(ground, on=on)
    chain = [one for one in near if ground.startswith(one.ground) or one.ground.startswith(ground)]
    return [(str(one.id), one.name) for one in (chain or near)]


def grounds_elsewhere(scope: str) -> Pairs:
    """The counties of the province's other cities, for a transfer."""
    here = scope[:4]
    every = territory.within(scope[:2], level=3)
    cities = territory.names({one.prefix[:4] for one in every})
    return [
        (one.prefix, f"{cities.get(one.prefix[:4], '')} {one.name}")
        for one in every
        if one.prefix[:4] != here
    ]


def remit(*, klass: str, ground: str, duty: str, on: date) -> Remit:
    """The unit that answers for a class on a ground, and the reason stated."""
    try:
        found = posts.answering(klass=klass, ground=ground, duty=duty, on=on)
    except TieError as tie:
        return Remit("", tie.words)
    if found is None:
        return Remit("", _("归口表里没有单位对这一类、这个地方负责，请选一个单位。"))
    units = posts.unit_names([found.unit, *found.cooperating])
    beside = _("、").join(units[one] for one in found.cooperating if one in units)
    reason = _("依据：%(basis)s（归口第%(remit)d条）") % {"basis": found.basis, "remit": found.remit}
    return Remit(units.get(found.unit, ""), reason, found.unit, beside)
