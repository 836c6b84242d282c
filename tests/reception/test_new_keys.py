"""A new master key takes over what a centre's reception keeps, too, and it is told when nothing is left on the old."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from gantang.cli import program
from gantang.cli.doctor import inside
from gantang.kit import crypto
from gantang.kit.actor import SYSTEM, Actor
from gantang.outbox import service as outbox
from gantang.reception import queries, service
from gantang.vault import queries as vault
from gantang.vault import service as keeping
from tests.reception.booths import MONDAY, TOMORROW, Place
from tests.reception.test_notices import NOW, TEXT, say

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
PHONE = "13900007715"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Keys of this test's own."""
    settings.GANTANG_KEYS_DIR = tmp_path / "keys"
    crypto.forget_keys()
    yield tmp_path / "keys"
    crypto.forget_keys()


def told() -> dict[str, bool | None]:
    return {one.text: one.good for one in inside.examine(MONDAY) if "older master" in one.text}


def test_bookings_notices_and_receivers_are_taken_over_and_open_by_the_new_key_alone(
    folder: Path, world: "World", place: Place, settings: Any
):
    settings.GANTANG_WEBHOOK_HOSTS = ("127.0.0.0/8",)
    booked = place.book(place.offer, TOMORROW, name="示例", phone=PHONE)
    notice = service.publish_notice(actor=world.cast.admin, notice=TEXT, now=NOW)
    say(notice, "示例意见")
    admin = Actor(client="command", admin=True)
    receiver = "https://127.0.0.1:9/"
    outbox.order_webhook(actor=admin, address=receiver, kinds=["matter.opened"], now=MONDAY)
    before = vault.masters()
    assert set(before) == {1} and before[1] >= 3 and not told(), "with one key there is nothing older"

    keeping.new_master(actor=SYSTEM, now=MONDAY)
    (under_way,) = told().values()
    assert under_way is None and vault.left_on_old_keys() == before[1]
    while keeping.go_on(now=MONDAY, limit=1):
        pass

    assert vault.masters() == {2: before[1]}
    assert told() == {"还用旧主密钥 … left on older master keys: 0": True}
    (folder / "master-1.key").unlink()
    crypto.forget_keys()
    one = booked.view
    assert one.entry
    assert keeping.open_for_system(city=one.city, matter=one.id, entry=one.entry)["phone"] == PHONE
    assert [each.text for each in comments(world, notice)] == ["示例意见"]
    index = {"field": "phone", "value": PHONE, "reason": "duplicate", "now": MONDAY}
    keeping.new_index(actor=SYSTEM, now=MONDAY)
    while keeping.go_on(now=MONDAY, limit=1):
        pass
    assert one.id in {each.matter for each in keeping.find(actor=world.cast.receiver, **index)}
    assert "主密钥 2 封着" in CliRunner().invoke(program(), ["keys", "list"]).output


def comments(world: "World", notice: Any) -> Any:
    return queries.comments(world.cast.county_receiver, notice, now=NOW)


def test_what_was_left_behind_is_told_once_no_rotation_waits(folder: Path, place: Place):
    place.book(place.offer, TOMORROW, name="示例", phone=PHONE)
    crypto.add_master_key()
    assert list(told().values()) == [False]
