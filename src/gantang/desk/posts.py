"""What the page of posts shows: what is missing, who leaves, standing groups."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gantang.catalogue.errors import NotYoursError
from gantang.identity import queries as identity
from gantang.identity.errors import AccountMissingError
from gantang.learning import queries as learning
from gantang.posts import queries
from gantang.posts.types import HeldPost, Successor, UnitView
from gantang.territory import queries as territory

#: So many findings stand on the page; the command tells all.
SHOWN = 20
MEMBER_ROLES = {
    "head": _("组长"),
    "deputy": _("副组长"),
    "member": _("成员"),
    "office": _("办公室"),
}

WAYS = {"resident": _("常驻"), "rotating": _("轮驻"), "on_call": _("随驻")}


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who leaves, and the posts that will be left."""

    account: int
    posts: list[HeldPost]


def findings(ground: str, kind: str, on: date) -> dict[str, Any]:
    """What is missing on a ground, how many of each kind, and the lines of one kind or of all."""
    found = queries.check(ground, on=on, hours=learning.hours)
    many = Counter(one.kind for one in found)
    chosen = [one for one in found if not kind or one.kind == kind]
    names = territory.names({one.ground for one in chosen[:SHOWN]})
    return {
        "total": len(found),
        "kinds": [(code, word, many[code]) for code, word in queries.FINDING_WORDS.items() if many[code]],
        "kind": kind,
        "lines": [
            {
                "kind": queries.FINDING_WORDS[one.kind],
                "where": names.get(one.ground, one.ground),
                "code": one.ground,
                "said": queries.finding_words(one),
            }
            for one in chosen[:SHOWN]
        ],
        "more": max(0, len(chosen) - SHOWN),
    }


def centre(unit: UnitView, on: date) -> dict[str, Any] | None:
    """A centre's five functions with who fills each, and who is stationed in it how; None for other units."""
    if unit.kind != "centre":
        return None
    filled, there = queries.functions(unit.id, on), queries.stationed(unit.id, on)
    names = queries.unit_names([*(u for some in filled.values() for u in some), *(s.unit for s in there)])
    return {
        "functions": [
            {
                "code": name,
                "name": queries.FUNCTION_WORDS[name],
                "units": [(one, names.get(one, "")) for one in units],
            }
            for name, units in filled.items()
        ],
        "ways": [
            {"name": word, "units": [names.get(one.unit, "") for one in there if one.way == way]}
            for way, word in WAYS.items()
        ],
    }


def leaver(name: str, ground: str, on: date) -> Leaver:
    """Whoever bears a sign-in name, with the posts held on a day.

    Errors: AccountMissingError, NotYoursError for posts beyond the ground one administers.
    """
    found = identity.account_named(name)
    if found is None:
        raise AccountMissingError
    held = queries.posts_of(found.id, on)
    if not held or any(not one.unit.ground.startswith(ground) for one in held):
        raise NotYoursError
    return Leaver(found.id, held)


def successors(given: Mapping[str, Any]) -> dict[int, Successor]:
    """Who takes which post over, by what was typed. Errors: AccountMissingError."""
    made: dict[int, Successor] = {}
    for field, name in given.items():
        kind, _dash, post = field.partition("-")
        if kind != "next" or not name:
            continue
        account = identity.account_named(name)
        if account is None:
            raise AccountMissingError
        made[int(post)] = Successor(account.id, acting=bool(given.get(f"acting-{post}")))
    return made
