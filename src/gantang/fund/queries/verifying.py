"""Every book recomputed from its entries, and compared with what is kept, published and on the ledger."""

from collections.abc import Iterator

from gantang.fund.models import Entry, Fund, Publication, Year
from gantang.fund.rules.booking import Sums
from gantang.fund.rules.checking import Closed, Told, findings
from gantang.fund.types import Checked
from gantang.kit import keys
from gantang.kit.actor import ANY_CLASS, Actor, Triple
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger import service as streams

#: Whoever runs the check sees every ground.
_CHECKER = Actor(client="system", sight=(Triple(ANY_CLASS, "", "supervisor", 0),))


def verify() -> Iterator[Checked]:
    """Each fund with what does not agree, for the command: it goes through all grounds."""
    for row in Fund.objects.order_by("scope", "pk"):
        stream = streams.stream_of("fund", row.pk)
        with reading(_CHECKER, ids=[stream]):
            row.refresh_from_db()
            entries, years = _entries(row), _years(row)
            steps = ledger.steps(keys.city_on(row.scope), stream)
        told = {one.data["entry"]: one.data["effect"] for one in steps if one.name == "fund.approved"}
        yield Checked(row.pk, len(entries), len(years), tuple(findings(row.balance, entries, years, told)))


def _entries(row: Fund) -> list[Told]:
    rows = Entry.objects.filter(fund=row, state=Entry.APPROVED)
    return [
        Told(str(id_), on, number or 0, side, effect)
        for id_, on, number, side, effect in rows.values_list("id", "on", "number", "side", "effect")
    ]


def _years(row: Fund) -> list[Closed]:
    shown = dict(Publication.objects.filter(fund=row).values_list("year", "figures"))
    return [
        Closed(
            one.year,
            Sums(one.opening, one.income, one.use),
            one.closing,
            one.entries,
            tuple(shown[one.year]["sums"]) if one.year in shown else None,
        )
        for one in Year.objects.filter(fund=row, state=Year.CLOSED).order_by("year")
    ]
