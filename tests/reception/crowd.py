"""Sixteen threads with connections of their own want the two places of one time: ``python -m tests.reception.crowd``.

Prints what each was told, and how many bookings stand then.
"""

import json
import threading
from collections import Counter

import django

django.setup()

from django.db import connections  # noqa: E402

from gantang.kit import clock  # noqa: E402
from gantang.reception import errors  # noqa: E402
from gantang.reception.models import Booking  # noqa: E402
from tests.reception.booths import TOMORROW, open_place  # noqa: E402
from tests.world import World  # noqa: E402

MANY = 16


def main() -> None:
    """Open the place, let the crowd in at once, count."""
    place, told = open_place(World(clock.now().date())), Counter()
    gate, guard = threading.Barrier(MANY), threading.Lock()

    def want() -> None:
        gate.wait(timeout=120)
        try:
            place.book(place.offer, TOMORROW)
            heard = "booked"
        except errors.FullError:
            heard = "full"
        except Exception as error:  # noqa: BLE001  shown to the test, which fails by it
            heard = repr(error)
        finally:
            connections.close_all()
        with guard:
            told[heard] += 1

    threads = [threading.Thread(target=want) for _ in range(MANY)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    standing = Booking.objects.filter(starts_at=TOMORROW, state=Booking.BOOKED).count()
    print(json.dumps({"told": told, "standing": standing}))


if __name__ == "__main__":
    main()
