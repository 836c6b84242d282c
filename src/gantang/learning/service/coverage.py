"""How many households a village declares: one number of the village, no list of households."""

from datetime import date, datetime

from gantang.kit.actor import Actor
from gantang.kit.work import work
from gantang.learning import errors
from gantang.learning.models import Households
from gantang.learning.service.common import own_village, record_village

_MOST = 50_000


def declare(*, actor: Actor, village: str, on: date, number: int, now: datetime) -> None:
    """What a village of the actor's ground had from a day on; the same day again corrects it, the same number
    changes nothing. Errors: NotRunnerError, EntryError."""
    own_village(actor, village, now.date())
    if not 1 <= number <= _MOST or on > now.date():
        raise errors.wrong("households", number)
    with work(actor) as w:
        if Households.objects.filter(village=village, on=on, number=number).exists():
            return
        # first of all: it holds the village's stream, so that two at once come one after the other
        record_village(w, village, "households_declared", {"on": on.isoformat(), "number": number}, now)
        row = Households.objects.filter(village=village, on=on).first()
        if row is None:
            w.add(Households(village=village, on=on, number=number))
        else:
            row.number = number
            w.change(row, ["number"])
