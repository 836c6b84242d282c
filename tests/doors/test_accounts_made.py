"""An account is made at the desk for a vacant post; the password that was given opens nothing but its own change."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from gantang.identity import queries as identity
from gantang.identity import rules
from gantang.identity.models import Account
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.rules import stream_of
from gantang.ledger.types import StepView
from gantang.posts import queries, service
from tests.doors.test_admin import text
from tests.doors.test_desk import desk_of
from tests.doors.test_posts import ADMIN

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
AT = "/desk/admin/accounts/"
OWN = "river-lantern-4821"


@pytest.fixture
def vacant(world: "World") -> int:
    """A post of the township that nobody holds."""
    unit = queries.post(world.post(world.township, "受理岗")).unit
    return service.make_post(
        actor=ADMIN,
        unit=unit,
        title="示例第二受理岗",
        duties=("receiver",),
        valid_from=clock.now().date(),
        now=clock.now(),
    )


def made(world: "World", vacant: int, name: str = "示例-新受理") -> str:
    """The password that the page shows."""
    unit = queries.post(vacant).unit
    given = {"act": "new", "unit": unit, "post": vacant, "username": name}
    page = text(desk_of(world, "admin").post(AT, given))
    found = re.search(r'firstpass">([a-z0-9-]+)<', page)
    assert found, page
    return found[1]


def steps_of(account: int) -> list[StepView]:
    stream = stream_of("account", account)
    with reading(SYSTEM, ids=[stream]):
        return ledger.steps(3600, stream)


def signed(username: str, password: str) -> tuple[Client, int]:
    client = Client()
    answer = client.post("/accounts/login/", {"login": username, "password": password})
    return client, answer.status_code


def test_a_new_account_holds_its_post_from_today_and_its_making_is_on_record(world: "World", vacant: int):
    made(world, vacant)
    account = identity.account_named("示例-新受理")
    assert account is not None and account.first_until is not None
    today = clock.now().date()
    assert [one.post.id for one in queries.posts_of(account.id, today)] == [vacant]
    steps = steps_of(account.id)
    assert [one.name for one in steps] == ["account.made", "account.password_set"]
    assert {one.account for one in steps} == {world.account_of("admin")}


def test_a_given_password_opens_nothing_until_it_is_changed(world: "World", vacant: int):
    password = made(world, vacant)
    client, status = signed("示例-新受理", password)
    assert status == 302
    for path in ("/desk/", "/desk/intake/", "/screen/", "/accounts/2fa/"):
        answer = client.get(path, follow=True)
        assert "换成自己的密码" in text(answer), path
    assert client.get("/field/today.json").status_code in (401, 403, 409)
    change = {"oldpassword": password, "password1": OWN, "password2": OWN}
    assert client.post("/accounts/password/change/", change).status_code == 302
    assert client.get("/desk/").status_code == 200
    account = identity.account_named("示例-新受理")
    assert account is not None and account.first_until is None
    steps = steps_of(account.id)
    assert (steps[-1].name, steps[-1].account) == ("account.password_set", account.id)


def test_a_given_password_that_was_not_changed_in_time_signs_nobody_in(world: "World", vacant: int):
    password = made(world, vacant)
    Account.objects.filter(username="示例-新受理").update(first_until=clock.now() - timedelta(minutes=1))
    client, status = signed("示例-新受理", password)
    assert status == 200 and "_auth_user_id" not in client.session


def test_a_password_given_anew_ends_what_is_signed_in_and_shows_once(world: "World", vacant: int):
    password = made(world, vacant)
    client, _status = signed("示例-新受理", password)
    account = identity.account_named("示例-新受理")
    assert account is not None
    admin, given = desk_of(world, "admin"), {"act": "password", "post": vacant, "account": account.id}
    page = text(admin.post(AT, given))
    assert "只显示这一次" in page and password not in page
    assert "只显示这一次" not in text(admin.get(AT))
    assert client.get("/desk/").status_code == 302


def test_nobody_gives_oneself_a_password_and_none_beyond_the_own_ground(world: "World", vacant: int):
    admin = desk_of(world, "admin")
    for name, status in (("admin", 403), ("foreigner", 403)):
        given = {"act": "password", "account": world.account_of(name)}
        assert admin.post(AT, given).status_code == status
    held = world.post(world.township, "受理岗")
    taken = {"act": "new", "post": held, "username": "示例-再来"}
    assert admin.post(AT, taken).status_code == 409
    assert identity.account_named("示例-再来") is None
    name = {"act": "new", "post": vacant, "username": "?"}
    assert admin.post(AT, name).status_code == 422


def test_a_first_password_has_letters_that_cannot_be_misheard_and_enough_of_them():
    made = {rules.first_password(lambda letters, at=at: letters[at % len(letters)]) for at in range(3)}
    assert len(made) == 3 and all(len(one) == 19 for one in made)
    assert not set(rules.LETTERS) & set("il1o0")
