"""Campaigns at both doors: ordered once under a key, figures and lists of one's own ground, nothing of others'."""

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from tests.doors.table import CAMPAIGN
from tests.exchange.caller import Caller
from tests.matters.acting import fresh
from tests.matters.screening import by, matters_of, opened, ordered

if TYPE_CHECKING:
    from gantang.procedures.types import CampaignView
    from tests.world import World

pytestmark = pytest.mark.django_db
OUTSIDERS = ("foreigner", "foreign_receiver", "admin")
PARTS = ("", "/coverage", "/unreported", "/findings")


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def campaign(world: "World") -> "CampaignView":
    """Opened in all of a county; one grid found nothing, one found something."""
    made = ordered(world)
    opened(made)
    found = matters_of(made)
    by(world.cast.grid_worker, found[world.grid], "report_nothing", ways=["visit"])
    village = world.actor("360428101001", "网格员002")
    by(village, found[world.next_grid], "report", found_class="dispute.land", what="田埂争执。")
    return made


def caller(world: "World", name: str) -> Caller:
    return Caller.acting(world, name)


def page(world: "World", name: str) -> Client:
    client = Client()
    account = get_user_model().objects.get(pk=world.account_of(name))
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_an_order_under_one_key_makes_one_campaign(world: "World"):
    api, key = caller(world, "supervisor"), fresh()
    body = {**CAMPAIGN, "grounds": [world.county]}
    first = api.post("/campaigns", body, key=key)
    again = api.post("/campaigns", body, key=key)
    assert (first.status_code, again.json()) == (201, first.json())
    assert first.json()["state"] == "planned"
    other = api.post("/campaigns", {**body, "basis": "x"}, key=key)
    assert (other.status_code, other.json()["code"]) == (422, "kit.key_reused")
    assert [one["id"] for one in api.get("/campaigns").json()["items"]] == [first.json()["id"]]
    closed = api.post(f"/campaigns/{first.json()['id']}/close", None, key=fresh())
    assert closed.json()["state"] == "closed"


def test_the_api_tells_coverage_who_is_missing_and_what_was_found_page_by_page(
    world: "World", campaign: "CampaignView"
):
    api, at = caller(world, "supervisor"), f"/campaigns/{campaign.id}"
    told: dict[str, Any] = api.get(f"{at}/coverage").json()
    assert told["whole"] == {
        "ground": "",
        "opened": 12,
        "reported": 1,
        "zero": 1,
        "found": 1,
        "missing": 11,
    }
    assert [one["ground"] for one in told["items"]] == [world.township, world.other_township]
    first = api.get(f"{at}/unreported?size=6").json()
    rest = api.get(f"{at}/unreported?size=6&cursor={first['next']}").json()
    grounds = [one["ground"] for one in (*first["items"], *rest["items"])]
    assert (len(grounds), grounds, rest["next"]) == (11, sorted(grounds), None)
    (found,) = api.get(f"{at}/findings").json()["items"]
    assert found["class_code"] == "dispute.land"


def test_the_desk_shows_bars_with_their_numbers_and_links_to_who_is_missing(
    world: "World", campaign: "CampaignView"
):
    client, at = page(world, "supervisor"), f"/desk/campaigns/{campaign.id}/"
    told = client.get(at).content.decode()
    assert "开了12件，报了1件，其中零报告1件，还差11件；发现1件。" in told
    assert f'href="{at}missing/?ground={world.township}"' in told and "<b>16%</b>" in told
    missing = client.get(f"{at}missing/?ground={world.township}").content.decode()
    assert "6件里还有5件没报。" in missing and "第二网格" in missing
    assert "田埂争执" in client.get(f"{at}findings/").content.decode()
    assert "moves/claim/" in client.get(f"{at}findings/").content.decode()


def test_who_may_not_order_sees_why_and_a_grid_sees_its_own_ground_alone(
    world: "World", campaign: "CampaignView"
):
    client = page(world, "grid_worker")
    assert "布置专项的是责任领导、督办和分派岗" in client.get("/desk/campaigns/").content.decode()
    told = client.get(f"/desk/campaigns/{campaign.id}/").content.decode()
    assert "开了1件，报了1件" in told and "campaign_close" not in told and "结束这个专项" not in told
    assert client.get(f"/desk/campaigns/{campaign.id}/?ground={world.next_grid}").status_code == 404


def test_an_order_that_cannot_be_keeps_what_was_typed(world: "World"):
    client = page(world, "supervisor")
    given = {"title_zh": "查一查", "title_en": "Look", "procedure": "screening", "each": "grid"}
    given |= {"ground": world.county, "since": "2020-01-01", "until": "2020-01-02", "rhythm": "daily"}
    answer = client.post("/desk/campaigns/", given)
    told = answer.content.decode()
    assert answer.status_code == 422 and "起止日期不对" in told and 'value="查一查"' in told


def test_only_what_serves_a_class_of_its_own_is_ordered_at_the_desk():
    """A task that another matter opens has none: an order of it could only be refused."""
    from gantang.desk import campaigns
    from gantang.kit import clock
    from gantang.procedures import queries as procedures

    now = clock.now()
    offered = {name for name, _title in campaigns.kinds(now)}
    known = [procedures.named(one.name, "", now) for one in procedures.all_in_force(now)]
    by_campaigns = {one.name: bool(one.serves) for one in known if one.campaign is not None}
    assert offered == {name for name, serves in by_campaigns.items() if serves}
    assert set(by_campaigns) - offered == {"campaign_task"}


def test_to_others_a_campaign_is_as_if_there_were_none(world: "World", campaign: "CampaignView"):
    for name in OUTSIDERS:
        api = caller(world, name)
        assert api.get("/campaigns").json()["items"] == []
        for part in PARTS:
            seen = api.get(f"/campaigns/{campaign.id}{part}")
            missed = api.get(f"/campaigns/999999{part}")
            assert (seen.status_code, seen.content) == (404, missed.content), (name, part)
        seen = page(world, name).get(f"/desk/campaigns/{campaign.id}/missing/")
        assert seen.status_code == 404
    closing = caller(world, "foreigner").post(f"/campaigns/{campaign.id}/close", None, key=fresh())
    assert closing.status_code == 404
