"""How many 法律明白人 each ground has, from certificates in force and declared households. Counts alone."""

from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import Left

from gantang.catalogue import queries as catalogue
from gantang.kit.actor import Actor
from gantang.learning.models import Certificate, Households
from gantang.learning.queries.courses import ground_of
from gantang.learning.rules.covering import reach
from gantang.learning.types import CoverageView, Target
from gantang.territory import queries as territory

VILLAGE, WIDEST = 12, "36"
#: The slots with the target in force: so many for each village, so many for a hundred households.
LEAST, PART = "literacy.village", "literacy.households"


def coverage(actor: Actor, ground: str = "", *, on: date) -> list[CoverageView]:
    """The ground that is asked for, if it is the actor's own or below, else the own one; then those right
    below it, in the order of their codes. Errors: NoPostError."""
    home = ground_of(actor)[:VILLAGE] or WIDEST
    top = ground if ground.startswith(home) and territory.exists(ground, on) else home
    top = top[:VILLAGE]
    villages = _villages(top, on)
    below = [] if len(top) == VILLAGE else [one.prefix for one in territory.children(top, on=on)]
    certified, households, least = _certified(top, on), _households(top, on), target(on).least
    names = territory.names([top, *below])
    return [
        CoverageView(
            one,
            names.get(one, one),
            reach((each for each in villages if each.startswith(one)), certified, households, least),
        )
        for one in (top, *below)
    ]


def target(on: date) -> Target:
    """The target in force on a day."""
    least, part = (catalogue.slot(code, on=on) for code in (LEAST, PART))
    return Target(*(None if one is None or one.value is None else int(one.value) for one in (least, part)))


def _villages(ground: str, on: date) -> list[str]:
    if len(ground) == VILLAGE:
        return [ground]
    return [one.prefix for one in territory.within(ground, level=5, on=on)]


def _certified(ground: str, on: date) -> dict[str, int]:
    """Certificates of 法律明白人 in force, by village: one for each account or resident."""
    rows = Certificate.objects.filter(course__literate=True, ground__startswith=ground, issued_on__lte=on)
    rows = rows.filter(Q(removed_on=None) | Q(removed_on__gt=on), Q(lapses_on=None) | Q(lapses_on__gt=on))
    of_village = rows.annotate(village=Left("ground", VILLAGE)).values_list("village")
    people = Count("account", distinct=True) + Count("id", filter=Q(account=None))
    return dict(of_village.annotate(n=people).values_list("village", "n"))


def _households(ground: str, on: date) -> dict[str, int]:
    """What each village declared last, up to a day."""
    rows = Households.objects.filter(village__startswith=ground, on__lte=on).order_by("village", "-on")
    return dict(rows.distinct("village").values_list("village", "number"))
