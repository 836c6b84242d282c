"""Published figures, for everybody: editions as they were frozen."""

from django.db.models.functions import Length

from gantang.catalogue import queries as catalogue
from gantang.kit import clock, trouble
from gantang.kit.errors import GantangError
from gantang.reception import errors
from gantang.reception.errors import NoEditionError
from gantang.reception.models import Edition, EditionOrder
from gantang.reception.rules import figures as rules
from gantang.reception.types import EditionView, OrderView

LICENCE = "figures.licence"
#: What may end an order after it was taken.
_ENDS: dict[str, GantangError] = {one.code: one() for one in (errors.PeriodError, errors.LinkedError)}
_WORDS = {
    rules.ALL: ("全部类别", "All classes"),
    rules.PERIOD: ("整个时期", "The whole period"),
    rules.REST: ("本级和地点未定", "At this level, or place not set"),
    rules.OTHER: ("未列的类别", "Not on the list"),
}


def editions(ground: str = "") -> list[tuple[int, str, EditionView]]:
    """Every edition of a ground and below it, the newest first: id, the ground's name, the edition."""
    rows = Edition.objects.filter(ground__startswith=ground).order_by("-until", "ground", "-number")
    return [(row.pk, row.names["grounds"][row.ground][0], _view(row)) for row in rows[:60]]


def published(edition: int) -> EditionView:
    """An edition. Errors: NoEditionError."""
    row = Edition.objects.filter(pk=edition).first()
    if row is None:
        raise NoEditionError
    return _view(row)


def newest() -> EditionView | None:
    """The edition that the page of figures opens with: of the widest ground, the latest months."""
    rows = Edition.objects.order_by(Length("ground"), "-until", "-number")
    found = rows.values_list("pk", flat=True).first()
    return None if found is None else published(found)


def ordered(ground: str) -> list[OrderView]:
    """The orders of a ground whose edition is not there: in work, given up, or refused as its last order."""
    rows = list(EditionOrder.objects.filter(ground=ground).order_by("-pk")[:20])
    up = {one.item for one in trouble.troubles() if one.job == "figures" and one.next_at is None}
    shown = [row for row in rows if row.state != row.DONE and (row.state != row.REFUSED or row is rows[0])]
    return [
        OrderView(
            row.pk,
            row.since,
            row.until,
            "stuck" if str(row.pk) in up else row.state,
            row.done,
            row.of,
            row.asked_at.astimezone(clock.ZONE),
            _ENDS.get(row.why),
        )
        for row in shown
    ]


def licence() -> str:
    """The licence that the publishing authority set, "" where it set none."""
    slot = catalogue.slot(LICENCE, on=clock.now().date())
    return str(slot.value) if slot is not None and slot.value else ""


def _view(row: Edition) -> EditionView:
    cubes = {name: rules.read(one) for name, one in row.kept.items()}
    left = {name: rules.unspelt(cells) for name, cells in row.left_out.items()}
    ground, klass, month = cubes[rules.RECEIVED].trees
    named = {**row.names["grounds"], **row.names["classes"]}
    return EditionView(
        row.pk,
        row.ground,
        row.since,
        row.until,
        row.number,
        row.made_at.astimezone(clock.ZONE),
        ground.nodes,
        klass.nodes,
        month.nodes,
        {**_WORDS, **{code: (zh, en) for code, (zh, en) in named.items()}},
        rules.shown(cubes, left),  # type: ignore[arg-type]
    )
