"""The page of connections: a way out that nobody has set up says so, and claims no health."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.doors.table import DESK
from tests.doors.test_permissions import client_of, content

if TYPE_CHECKING:
    from tests.world import World

UNSET = "没有设定，不往外送"


@pytest.mark.django_db
def test_a_way_that_nobody_set_up_does_not_say_that_it_flows(world: "World", settings: Any):
    client, _ = client_of(world, DESK[0], "admin")
    settings.EMAIL_HOST, settings.GANTANG_SMS_URL = "", ""
    assert content(client.get("/desk/admin/connections/")).count(UNSET) == 2
    settings.EMAIL_HOST = "mail.invalid"
    assert content(client.get("/desk/admin/connections/")).count(UNSET) == 1
