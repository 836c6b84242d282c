"""Programs at the desk: ordered by an administrator, their token taken by whoever holds the post, and once."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from gantang.identity import queries as identity
from gantang.identity.models import ApiClient
from gantang.identity.types import ClientView
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.rules import stream_of
from tests.doors.test_admin import text
from tests.doors.test_desk import desk_of

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
AT, OWN = "/desk/admin/accounts/", "/desk/me/programs/"


def ordered(world: "World", **given: object) -> ClientView:
    post = world.post(world.township, "受理岗")
    asked = {"act": "order", "post": post, "name": "示例热线系统", "scopes": ["read"], **given}
    answer = desk_of(world, "admin").post(AT, asked)
    assert answer.status_code == 302, text(answer)
    return identity.clients_of(post)[-1]


def taken(desk: Client, client: ClientView, act: str = "take", **given: object) -> str:
    page = desk.post(OWN, {"act": act, "client": client.id, **given})
    assert "no-store" in page["Cache-Control"]
    found = re.search(r'firstpass">(gt_[\w-]+)<', text(page))
    assert found, text(page)
    return found[1]


def names_of(client: ClientView) -> list[str]:
    stream = stream_of("api", client.id)
    with reading(SYSTEM, ids=[stream]):
        return [one.name for one in ledger.steps(3600, stream)]


def test_a_program_is_ordered_by_an_administrator_and_its_token_shown_once_to_the_holder(world: "World"):
    client = ordered(world)
    admin, holder = desk_of(world, "admin"), desk_of(world, "receiver")
    assert "gt_" not in text(admin.get(AT, {"post": client.post})), "no token for whoever ordered it"
    assert admin.post(OWN, {"act": "take", "client": client.id}).status_code == 404
    token = taken(holder, client)
    assert token not in text(holder.get(OWN))
    found = identity.client_by_token(token)
    assert found is not None and (found.post, found.scopes) == (client.post, frozenset({"read"}))
    assert names_of(client) == ["client.ordered", "client.taken"]


def test_a_new_token_leaves_the_old_one_in_force_as_long_as_was_said(world: "World"):
    client, holder = ordered(world), desk_of(world, "receiver")
    first = taken(holder, client)
    second = taken(holder, client, "renew", hours="24")
    assert identity.client_by_token(first) is not None and identity.client_by_token(second) is not None
    ApiClient.objects.filter(pk=client.id).update(old_until=clock.now() - timedelta(minutes=1))
    assert identity.client_by_token(first) is None and identity.client_by_token(second) is not None
    taken(holder, client, "renew", hours="0")
    assert identity.client_by_token(second) is None
    assert names_of(client)[-1] == "client.renewed"


def test_a_program_ends_with_its_last_day_and_with_being_taken_back(world: "World"):
    today = clock.now().date()
    client, holder = ordered(world, until=today.isoformat()), desk_of(world, "receiver")
    token = taken(holder, client)
    assert client.expires_at is not None and client.expires_at.astimezone(clock.ZONE).date() > today
    ApiClient.objects.filter(pk=client.id).update(expires_at=clock.now() - timedelta(minutes=1))
    assert identity.client_by_token(token) is None
    assert holder.post(OWN, {"act": "renew", "client": client.id}).status_code == 404
    other = ordered(world)
    token = taken(holder, other)
    given = {"act": "revoke", "post": other.post, "client": other.id}
    assert desk_of(world, "admin").post(AT, given).status_code == 302
    assert identity.client_by_token(token) is None
    assert names_of(other)[-1] == "client.disabled"


def test_a_program_without_rights_or_past_its_day_or_for_another_ground_is_refused(world: "World"):
    post, admin = world.post(world.township, "受理岗"), desk_of(world, "admin")
    said = {"act": "order", "post": post, "name": "示例热线系统", "scopes": ["read"]}
    assert admin.post(AT, {**said, "scopes": []}).status_code == 422
    assert admin.post(AT, {**said, "scopes": ["all"]}).status_code == 422
    assert admin.post(AT, {**said, "until": "2020-01-01"}).status_code == 422
    assert admin.post(AT, {**said, "name": ""}).status_code == 422
    foreign = desk_of(world, "foreigner").get("/desk/").wsgi_request.actor.post  # type: ignore[attr-defined]
    assert admin.post(AT, {**said, "post": foreign}).status_code == 403
    assert desk_of(world, "receiver").post(AT, said).status_code == 403
    assert not ApiClient.objects.filter(name="示例热线系统").exists()
