"""The worker's turn at editions of figures that were ordered, beside the journeys' site."""

import django

django.setup()

from gantang.kit import clock  # noqa: E402
from gantang.reception import service  # noqa: E402

if __name__ == "__main__":
    print(service.make_due(clock=clock.now))
