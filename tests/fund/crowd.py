"""Sixteen threads with connections of their own approve a payment each, of which the fund can bear five:
``python -m tests.fund.crowd``. Prints what each was told, the book afterwards, and what the check finds once the owner
of the database changed something by hand."""

import json
import threading
from collections import Counter

import django

django.setup()

from django.db import connections  # noqa: E402

from gantang.fund import errors, queries  # noqa: E402
from gantang.kit import clock, roles  # noqa: E402
from tests.fund.books import open_books  # noqa: E402
from tests.world import World  # noqa: E402

MANY, EACH = 16, 100_00
_MORE = "UPDATE fund_entry SET effect = effect + 1 WHERE number = 1"
_LESS = "UPDATE fund_entry SET effect = effect - 1 WHERE number = 1"
_RICH, _POOR = (f"UPDATE fund_fund SET balance = balance {sign} 1" for sign in "+-")
_YEAR = "UPDATE fund_year SET opening = opening {0} 7, closing = closing {0} 7"
_SHOWN = "UPDATE fund_publication SET figures = jsonb_set(figures, '{{sums,3}}', '{0}')"
_KEPT = "CREATE TEMP TABLE kept AS SELECT * FROM fund_entry WHERE number = 3"
#: Each difference, and how it is taken away again.
PLANTED: dict[str, tuple[list[str], list[str]]] = {
    "an amount": ([_MORE], [_LESS]),
    "an amount and the balance": ([_MORE, _RICH], [_LESS, _POOR]),
    "a line gone": (
        [_KEPT, "DELETE FROM fund_entry WHERE number = 3"],
        ["INSERT INTO fund_entry SELECT * FROM kept"],
    ),
    "a year": ([_YEAR.format("+")], [_YEAR.format("-")]),
    "a publication": ([_SHOWN.format(5)], [_SHOWN.format(0)]),
    "a balance": ([_RICH], [_POOR]),
}


def main() -> None:
    """Fill the fund for five, let all be approved at once, look at the book."""
    books, told = open_books(World(clock.now().date())), Counter()
    books.book("income.donation", 5 * EACH)
    waiting = [books.enter("use.award", EACH) for _ in range(MANY)]
    gate, guard = threading.Barrier(MANY), threading.Lock()

    def approve(place: int) -> None:
        gate.wait(timeout=120)
        try:
            books.decide(waiting[place])
            heard = "approved"
        except errors.ShortError:
            heard = "short"
        except Exception as error:  # noqa: BLE001  shown to the test, which fails by it
            heard = repr(error)
        finally:
            connections.close_all()
        with guard:
            told[heard] += 1

    threads = [threading.Thread(target=approve, args=[place]) for place in range(MANY)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    numbers = sorted(one.number or 0 for one in books.lines())
    for line in books.lines(state="awaiting"):
        books.decide(line.id, False)
    books.close(2025)
    books.publish(2025)
    shown = {"told": told, "balance": books.view.balance, "numbers": numbers, "findings": found()}
    print(json.dumps({**shown, "planted": {name: planted(name) for name in PLANTED}}))


def found() -> list[str]:
    """What the check finds, word by word."""
    return sorted({each.what for one in queries.verify() for each in one.findings})


def planted(name: str) -> list[str]:
    """What it finds with a difference in place, which is taken away again."""
    for statement in PLANTED[name][0]:
        _by_hand(statement)
    heard = found()
    for statement in PLANTED[name][1]:
        _by_hand(statement)
    assert found() == [], name
    return heard


def _by_hand(statement: str) -> None:
    with connections[roles.OWNER].cursor() as cursor:
        cursor.execute(statement)


if __name__ == "__main__":
    main()
