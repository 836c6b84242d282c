"""What the desk tells while somebody is at it: what changed, how full the views are, how the house stands."""

import io
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gantang.identity import queries as identity
from gantang.identity import service as identity_service
from gantang.kit import clock, crypto, keys
from gantang.matters import queries as matters
from gantang.outbox.models import Row
from gantang.posts import queries as posts
from gantang.sheets import queries as sheets
from tests.doors.test_desk import desk_of, told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
ACCEPT = {"key": "live", "version": "", "class": "facility.lighting", "track": "ordinary"}


def test_whoever_has_a_matter_open_is_told_what_somebody_else_did_to_it(world: "World"):
    number = told(world).number
    desk = desk_of(world, "receiver")
    shown = desk.get(f"/desk/matters/{number}/").content.decode()
    seen = shown.partition('data-seen="')[2].partition('"')[0]
    fresh = f"/desk/matters/{number}/fresh/?seen={seen}"
    assert desk.get(fresh).status_code == 204
    desk_of(world, "receiver").post(f"/desk/matters/{number}/moves/accept/", ACCEPT)
    answer = desk.get(fresh)
    assert answer.status_code == 200
    assert "办理方式：一般" in answer.content.decode()  # what was answered, not only who did it
    assert desk_of(world, "neighbour").get(fresh).status_code == 404


def test_a_view_is_counted_in_ones_own_sight_and_ends_with_a_plus(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    told(world)
    told(world, "桥头路灯不亮。")
    before = desk_of(world, "receiver").get("/desk/counts.json").json()
    assert int(before["received"]) >= 2
    assert desk_of(world, "admin").get("/desk/counts.json").json()["open"] == "0"
    monkeypatch.setattr("gantang.desk.standing.MOST", 1)
    assert desk_of(world, "receiver").get("/desk/counts.json").json()["received"] == "1+"


def test_a_list_is_taken_along_as_a_workbook_with_gists_and_nobody(world: "World"):
    number = told(world, "联系人张三13900007715说路灯不亮。").number
    desk = desk_of(world, "receiver")
    made = b"".join(desk.get("/desk/export.xlsx?view=received").streaming_content)  # type: ignore[arg-type]
    text = str(list(sheets.read(io.BytesIO(made))))
    assert number.replace("-", "") in text.replace("-", "")
    assert "13900007715" not in text


def test_a_dead_letter_is_shown_to_administrators_and_sent_again(world: "World"):
    now = clock.now()
    Row.objects.create(
        id=keys.mint(3604, now),
        destination="mail",
        kind="sample.kind",
        city=3604,
        stream=keys.mint(3604, now),
        version=1,
        refs={},
        state=Row.DEAD,
        attempts=12,
        error_code="refused",
        next_at=now,
        created_at=now,
        settled_at=now,
    )
    desk = desk_of(world, "admin")
    page = desk.get("/desk/admin/connections/").content.decode()
    assert "有没送达的，要处理" in page and "sample.kind" in page
    letter = str(Row.objects.get(kind="sample.kind").id)
    desk.post("/desk/admin/connections/", {"act": "resend", "letter": [letter, "not-an-id"]})
    assert Row.objects.get(kind="sample.kind").state == Row.WAITING
    assert desk_of(world, "receiver").get("/desk/admin/connections/").status_code == 403


def test_the_ledger_of_a_matter_is_verified_as_it_is_read(world: "World", monkeypatch: pytest.MonkeyPatch):
    number = told(world).number
    desk = desk_of(world, "receiver")
    assert "账本完好" in desk.get(f"/desk/matters/{number}/ledger/").content.decode()
    assert desk_of(world, "neighbour").get(f"/desk/matters/{number}/ledger/").status_code == 404
    monkeypatch.setattr(crypto, "mac", lambda *_given, **_suite: bytes(33))  # no hash fits any more
    assert "账本从第" in desk.get(f"/desk/matters/{number}/ledger/").content.decode()


def test_where_nobody_answers_stands_on_the_map_and_in_the_table(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    desk = desk_of(world, "admin")
    assert "没有归口盲区" in desk.get("/desk/admin/remits/blind/").content.decode()
    held = [one for one in posts.remits(on=clock.now().date()) if one.duty != "verifier"]
    monkeypatch.setattr(posts, "remits", lambda **_asked: held)
    page = desk.get("/desk/admin/remits/blind/").content.decode()
    assert "处归口盲区" in page and "data-lacking" in page and "核验" in page


def test_what_is_heard_on_the_phone_brings_who_answers_and_what_is_alike_nearby(world: "World"):
    desk = desk_of(world, "receiver")
    number = told(world, "村口的路灯坏了三盏，晚上看不见。").number
    desk.post(f"/desk/matters/{number}/moves/accept/", ACCEPT)
    asked = {"words": "村口路灯坏了，晚上看不见", "ground": world.village, "class_code": "facility.lighting"}
    beside = desk.post("/desk/intake/beside/", asked).content.decode()
    assert "归口" in beside and "依据" in beside
    assert number in beside
    foreign = desk_of(world, "neighbour").post("/desk/intake/beside/", asked).content.decode()
    assert number not in foreign


def test_an_account_is_barred_and_let_in_again_by_the_administrator_of_its_ground_alone(world: "World"):
    desk, account = desk_of(world, "admin"), world.account_of("receiver")
    desk.post("/desk/admin/accounts/", {"act": "disable", "account": str(account)})
    barred = identity.account(account)
    assert barred is not None and not barred.is_active
    desk.post("/desk/admin/accounts/", {"act": "enable", "account": str(account)})
    again = identity.account(account)
    assert again is not None and again.is_active
    foreign = {"act": "disable", "account": str(world.account_of("foreigner"))}
    assert desk.post("/desk/admin/accounts/", foreign).status_code == 403


def test_the_token_of_a_program_is_taken_back_at_the_desk_but_never_given_out_there(world: "World"):
    post = world.post("360428101", "受理岗")
    identity_service.make_client(actor=world.cast.admin, name="示例程序", post=post, now=clock.now())
    desk, unit = desk_of(world, "admin"), world.unit("360428101")
    page = desk.get(f"/desk/admin/accounts/?unit={unit}&post={post}").content.decode()
    assert "示例程序" in page and "收回密钥" in page
    client = identity.clients_of(post)[0]
    desk.post("/desk/admin/accounts/", {"act": "revoke", "post": str(post), "client": str(client.id)})
    assert identity.clients_of(post)[0].disabled_at is not None


def test_two_versions_are_compared_part_by_part(world: "World"):
    desk = desk_of(world, "receiver")
    page = desk.get("/desk/procedures/").content.decode()
    assert "/desk/procedures/dispute" in page
    one = desk.get("/desk/procedures/dispute+medical/").content.decode()
    other = one.partition('name="with"')[2].partition('value="')[2].partition('"')[0]
    compared = desk.get("/desk/procedures/dispute+medical/", {"with": other}).content.decode()
    assert "<ins>" in compared and "<del>" in compared


def test_the_first_steps_of_each_role_are_its_own_and_are_offered_until_put_aside_on_any_device(
    world: "World",
):
    desk = desk_of(world, "receiver")
    assert "接一个电话" in desk.get("/desk/first/").content.decode()
    assert "第一次用这里？" in desk.get("/desk/").content.decode()
    assert desk.post("/desk/first/").status_code == 302
    for device in (desk, desk_of(world, "receiver")):
        assert "第一次用这里？" not in device.get("/desk/").content.decode()
    assert "第一次用这里？" in desk_of(world, "leader").get("/desk/").content.decode()
    assert "看哪里没人负责" in desk_of(world, "admin").get("/desk/first/").content.decode()
    assert "看大屏" in desk_of(world, "leader").get("/desk/first/").content.decode()


def test_several_matters_are_previewed_and_done_together_and_led_back_where_the_procedure_allows(
    world: "World",
):
    first, second = told(world).number, told(world, "桥头路灯不亮。").number
    foreign = told(world, "外县的路灯不亮。", ground=world.foreign_grid).number
    desk = desk_of(world, "receiver")
    named = {"number": [first, second, foreign]}
    asked = desk.get("/desk/together/", named).content.decode()
    assert "选了2件" in asked and foreign not in asked
    preview = desk.get("/desk/together/", {**named, "move": "accept"}).content.decode()
    assert "2件里2件能办" in preview and "会办" in preview
    given = {**named, "move": "accept", "key": "together", "class": "facility.lighting", "track": "ordinary"}
    done = desk.post("/desk/together/", given).content.decode()
    assert "2件里办了2件" in done
    again = desk.post("/desk/together/", given).content.decode()
    assert "会办" not in again  # nothing is done twice
    states = {matters.get(world.cast.receiver, one, now=clock.now()).state for one in (first, second)}
    assert len(states) == 1 and "received" not in states


def test_one_that_is_refused_stops_none_of_the_others(world: "World"):
    first, second = told(world).number, told(world, "桥头路灯不亮。").number
    desk = desk_of(world, "receiver")
    desk.post(f"/desk/matters/{first}/moves/accept/", ACCEPT)
    named = {"number": [first, second], "move": "accept"}
    preview = desk.get("/desk/together/", named).content.decode()
    assert "2件里1件能办" in preview and "不办" in preview


def test_many_matters_chosen_cost_as_many_queries_as_few(world: "World"):
    numbers = [told(world, f"第{n}处路灯不亮。").number for n in range(6)]
    desk = desk_of(world, "receiver")
    costs = []
    for many in (2, 2, 6):
        with CaptureQueriesContext(connection) as asked:
            answer = desk.get("/desk/together/", {"number": [*numbers[:many], "no number"], "move": "accept"})
        assert answer.status_code == 200
        costs.append(len(asked))
    assert costs[1] == costs[2]
