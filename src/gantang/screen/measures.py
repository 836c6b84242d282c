"""The measures one can look at: what each is called, what it counts, and how far back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gantang.screen.sight import Seen

OPEN = "open"


@dataclass(frozen=True, slots=True)
class Measure:
    """``matters``: it counts matters; else events, of which a matter may have several."""

    code: str
    title: str | Promise
    matters: bool = False
    bad: bool = False

    @property
    def unit(self) -> str | Promise:
        """The word behind the number."""
        return _("件") if self.matters else _("次")


#: The first six have a button of their own and take part in the rotation.
MEASURES = {
    one.code: one
    for one in (
        Measure(OPEN, _("在办"), matters=True),
        Measure("in", _("新收"), matters=True),
        Measure("closed", _("办结"), matters=True),
        Measure("late", _("超期"), bad=True),
        Measure("refused", _("退单"), bad=True),
        Measure("reopened", _("重开"), bad=True),
        Measure("accepted", _("受理")),
        Measure("on_time", _("按时办结"), matters=True),
        Measure("late_closed", _("逾期办结"), matters=True, bad=True),
        Measure("disputed", _("群众不认可"), bad=True),
        Measure("supervised", _("督办"), bad=True),
        Measure("extended", _("延长")),
        Measure("paused", _("暂停")),
        Measure("rated", _("评价")),
        Measure("found", _("排查发现")),
    )
}
FIRST = 6
#: How many days a figure reaches back, today included.
SPANS = {"day": (1, _("今天")), "week": (7, _("近7天")), "weeks": (28, _("近28天"))}
BASES = {"now": _("按现在"), "then": _("按当时")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: a measure, a span, on which ground."""

    measure: Measure
    span: str
    basis: str
    look: str
    today: date

    @property
    def since(self) -> date:
        """The first day that counts."""
        return self.today - timedelta(days=SPANS[self.span][0] - 1)

    def address(self, ground: str, **changed: str) -> str:
        """The address that shows this of a ground, with something else."""
        kept = {
            "ground": ground,
            "measure": self.measure.code,
            "span": self.span,
            "basis": self.basis,
            "look": self.look,
        }
        return "?" + urlencode(kept | changed)


#: Ways to look at it.
LOOKS = {
    "cells": _("蜂窝"),
    "map": _("地图"),
    "trend": _("走势"),
    "units": _("单位"),
    "table": _("表"),
}


def asked(given: Mapping[str, str], today: date) -> Asked:
    """What the address asks for; what it does not know is as if not given."""

    def one(name: str, known: Mapping[str, object], usual: str) -> str:
        return given.get(name, "") if given.get(name, "") in known else usual

    return Asked(
        MEASURES[one("measure", MEASURES, OPEN)],
        one("span", SPANS, "week"),
        one("basis", BASES, "now"),
        one("look", LOOKS, "cells"),
        today,
    )


def rows(
    seen: Seen,
    measure: str,
    *,
    since: date | None = None,
    until: date | None = None,
    unit: int = 0,
    basis: str,
) -> str:
    """The desk's address of the matters behind a number: the tally's key, resolved there in one's sight."""
    key = {
        "view": OPEN if measure == OPEN else "all",
        "ground": seen.ground,
        "class": seen.classes[0] if len(seen.classes) == 1 else "",
        "counted": measure,
        "since": since.isoformat() if since and measure != OPEN else "",
        "until": until.isoformat() if until and measure != OPEN else "",
        "by": str(unit) if unit else "",
        "basis": "then" if basis == "then" else "",
    }
    return reverse("desk:queue") + "?" + urlencode({name: value for name, value in key.items() if value})
