"""The sample's courses and certificates beside the journeys' site; prints a course and a certificate."""

import json

import django

django.setup()

from gantang.kit import clock  # noqa: E402
from gantang.learning import queries  # noqa: E402
from gantang.sample import learning  # noqa: E402
from tests.world import World  # noqa: E402


def main() -> None:
    now = clock.now()
    world = World(on=now.date())
    learning.make(now=now)
    admin = world.cast.admin
    literate = next(one for one in queries.run(admin) if one.course.literate)
    newest = queries.issued(admin)[0]
    code = queries.certificate(admin, newest.id).code
    print(json.dumps({"course": literate.id, "certificate": str(newest.id), "code": code}))


if __name__ == "__main__":
    main()
