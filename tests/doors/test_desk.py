"""The desk: signed in, acting for one post; sees and does what that post may, and is told why not."""

import csv
import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from gantang.desk.views import taking
from gantang.kit import clock, numbers
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.types import Receipt, Report

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def told(world: "World", words: str = "村口路灯不亮有一个星期了。", *, ground: str = "") -> Receipt:
    """A matter reported by somebody at the portal."""
    report = Report(words=words, channel="portal", ground=ground or world.grid, anonymous=True)
    return matters.intake(actor=Actor(client=f"form:{words}"), report=report, key=words, now=clock.now())


def desk_of(world: "World", name: str) -> Client:
    """A browser in which one of the cast is signed in."""
    client = Client()
    client.force_login(
        get_user_model().objects.get(pk=world.account_of(name)),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def test_a_stranger_is_sent_to_the_sign_in(client: Client):
    answer = client.get("/desk/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_receiver_finds_what_was_reported_on_her_ground(world: "World"):
    receipt = told(world)
    page = desk_of(world, "receiver").get("/desk/").content.decode()
    assert receipt.number in page


def test_neighbour_finds_nothing(world: "World"):
    receipt = told(world)
    desk = desk_of(world, "neighbour")
    assert receipt.number not in desk.get("/desk/?view=all").content.decode()
    assert desk.get(f"/desk/matters/{receipt.number}/").status_code == 404
    assert desk.get(f"/desk/matters/{receipt.number}/moves/accept/").status_code == 404


def test_a_number_out_of_sight_answers_as_one_that_does_not_exist(world: "World"):
    receipt = told(world)
    desk = desk_of(world, "neighbour")
    foreign = desk.get(f"/desk/matters/{receipt.number}/").content
    missing = desk.get("/desk/matters/QK7M4R2PX/").content
    assert foreign == missing


def test_matter_page_says_whose_turn_it_is_and_until_when(world: "World"):
    receipt = told(world)
    page = desk_of(world, "receiver").get(f"/desk/matters/{receipt.number}/").content.decode()
    assert "轮到" in page
    assert "最迟" in page
    assert "日尺" in page or 'class="days' in page


def test_accept_routes_to_the_unit_of_the_remit(world: "World"):
    receipt = told(world)
    desk = desk_of(world, "receiver")
    given = {"key": "k1", "version": "", "class": a_class(), "track": "ordinary"}
    answer = desk.post(f"/desk/matters/{receipt.number}/moves/accept/", given, follow=True)
    assert answer.status_code == 200
    assert "已分派" in answer.content.decode()


def test_a_move_without_its_answers_keeps_what_was_typed(world: "World"):
    receipt = told(world)
    desk = desk_of(world, "receiver")
    given = {"key": "k1", "version": "", "reply": "这件事不归综治中心受理。"}
    answer = desk.post(f"/desk/matters/{receipt.number}/moves/not_accept/", given)
    assert answer.status_code == 422
    assert "这件事不归综治中心受理。" in answer.content.decode()


def test_what_was_decided_on_an_older_state_is_refused(world: "World"):
    receipt = told(world)
    desk = desk_of(world, "receiver")
    given = {"key": "k1", "version": "999", "class": a_class(), "track": "ordinary"}
    answer = desk.post(f"/desk/matters/{receipt.number}/moves/accept/", given)
    assert answer.status_code == 409
    assert "matter.stale" in answer.content.decode()


def test_a_move_sent_twice_is_made_once_and_answered_alike(world: "World"):
    receipt = told(world)
    desk = desk_of(world, "receiver")
    found = queries.get(world.cast.receiver, receipt.number, now=clock.now())
    given = {"key": "k1", "version": str(found.version), "class": a_class(), "track": "ordinary"}
    for _ in range(2):
        answer = desk.post(f"/desk/matters/{receipt.number}/moves/accept/", given)
        assert answer.status_code == 302
    assert queries.get(world.cast.receiver, receipt.number, now=clock.now()).version == found.version + 1


def test_a_move_that_is_not_here_tells_all_its_reasons(world: "World"):
    receipt = told(world)
    page = desk_of(world, "receiver").get(f"/desk/matters/{receipt.number}/moves/verify/").content.decode()
    assert "现在不能这样办" in page


def test_a_move_nobody_knows_is_not_there(world: "World"):
    receipt = told(world)
    assert desk_of(world, "receiver").get(f"/desk/matters/{receipt.number}/moves/fly/").status_code == 404


def test_after_a_move_in_the_list_the_next_row_is_chosen(world: "World"):
    receipt = told(world)
    given = {
        "key": "k",
        "version": "",
        "class": a_class(),
        "track": "ordinary",
        "back": "/desk/?view=received&at=X",
        "after": "QK7M4R2PX",
    }
    answer = desk_of(world, "receiver").post(f"/desk/matters/{receipt.number}/moves/accept/", given)
    assert answer["Location"] == "/desk/?view=received&at=QK7M4R2PX"


def test_the_way_back_never_leaves_the_site(world: "World"):
    receipt = told(world)
    given = {
        "key": "k",
        "version": "",
        "class": a_class(),
        "track": "ordinary",
        "back": "https://example.org/desk/",
    }
    answer = desk_of(world, "receiver").post(f"/desk/matters/{receipt.number}/moves/accept/", given)
    assert answer["Location"] == f"/desk/matters/{receipt.number}/"


def test_intake_by_phone_gives_a_number_to_read_aloud_and_no_code(world: "World"):
    desk = desk_of(world, "receiver")
    page = desk.get("/desk/intake/").content.decode()
    assert "念给来电人听" not in page
    given = {
        "key": "k",
        "words": "桥头路灯只亮一盏。",
        "ground": world.village,
        "channel": "phone",
        "phone": "13900007715",
    }
    answer = desk.post("/desk/intake/", given).content.decode()
    assert "念给来电人听" in answer
    assert "13900007715" not in answer


def test_one_acts_only_for_a_post_one_holds(world: "World"):
    desk = desk_of(world, "receiver")
    desk.get("/desk/")
    answer = desk.post("/desk/me/post/", {"post": str(world.post("360428", "督办岗"))})
    assert answer.status_code == 403
    assert "受理岗" in desk.get("/desk/me/").content.decode()


def test_a_list_is_sorted_by_its_address_and_so_are_its_table_and_its_page_for_the_printer(world: "World"):
    first, last = told(world, "先说的事。"), told(world, "后说的事。")
    desk = desk_of(world, "receiver")
    for sort, order in (("old", [first, last]), ("new", [last, first])):
        address = f"?view=open&sort={sort}"
        page = desk.get("/desk/" + address).content.decode()
        assert re.findall(r'<tr data-number="(\w+)"', page) == [one.number for one in order]
        assert f'sort={"new" if sort == "old" else "old"}"' in page  # the head of the column turns it round
        assert f"/desk/export.xlsx{address}".replace("&", "&amp;") in page
        words = [row["编号"] for row in exported(world, "/desk/export.csv" + address)]
        assert words == [numbers.show(one.number) for one in order]
        paper = desk.get("/desk/print/" + address).content.decode()
        assert [paper.index(numbers.show(one.number)) for one in order] == sorted(
            paper.index(numbers.show(one.number)) for one in order
        )


def test_the_page_for_the_printer_ends_at_a_bound_and_says_so(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(taking, "PRINTED", 2)
    for words in ("一。", "二。", "三。"):
        told(world, words)
    page = desk_of(world, "receiver").get("/desk/print/?view=all").content.decode()
    assert "只印前2件" in page and len(re.findall(r'<td class="code">', page)) == 2


def test_a_view_of_ones_own_keeps_codes_and_never_the_words_of_a_search(world: "World"):
    desk = desk_of(world, "receiver")
    desk.post("/desk/views/", {"address": f"view=open&sort=place&ground={world.grid[:9]}&q=路灯&x=1"})
    assert desk.get("/desk/").content.decode().count("我存的") == 0
    desk.post("/desk/views/", {"address": f"view=open&sort=place&ground={world.grid[:9]}&x=1"})
    page = desk.get("/desk/").content.decode()
    assert "全部在办 · 周溪镇 · 按地方" in page and "x=1" not in page
    there = f"view=open&ground={world.grid[:9]}&sort=place"
    assert "不再存这个视图" in desk.get("/desk/?" + there).content.decode()
    desk.post("/desk/views/", {"address": there, "drop": "yes"})
    assert "我存的" not in desk.get("/desk/").content.decode()


def test_how_close_rows_stand_is_kept_with_the_account(world: "World"):
    desk = desk_of(world, "receiver")
    desk.get("/desk/")
    assert 'data-density="normal"' in desk.get("/desk/").content.decode()
    desk.post("/desk/me/prefer/", {"theme": "light", "language": "zh-hans", "density": "compact"})
    assert 'data-density="compact"' in desk.get("/desk/").content.decode()


def test_light_and_dark_are_kept_with_the_account(world: "World"):
    desk = desk_of(world, "receiver")
    desk.get("/desk/")
    desk.post("/desk/me/prefer/", {"theme": "dark", "language": "zh-hans"})
    assert 'data-bs-theme="dark"' in desk.get("/desk/").content.decode()


def test_a_masked_field_asks_for_a_reason_first(world: "World"):
    receipt = told(world)
    page = desk_of(world, "receiver").get(f"/desk/matters/{receipt.number}/people/0/phone/").content.decode()
    assert "为什么要看电话？" in page


def test_search_finds_by_number_and_by_gist(world: "World"):
    receipt = told(world)
    desk = desk_of(world, "receiver")
    assert receipt.number in desk.get("/desk/", {"q": "路灯不亮"}).content.decode()
    assert receipt.number in desk.get("/desk/", {"q": receipt.number}).content.decode()
    assert "没有找到" in desk.get("/desk/", {"q": "没有这样的词"}).content.decode()


def exported(world: "World", address: str) -> list[dict[str, str]]:
    """The rows of a list taken along, by the words of its head."""
    answer = desk_of(world, "receiver").get(address)
    return list(csv.DictReader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))


def test_export_is_a_sheet_of_gists_in_words(world: "World"):
    receipt = told(world)
    (row,) = exported(world, "/desk/export.csv?view=all")
    assert row["编号"] == numbers.show(receipt.number)
    assert (row["事由"], row["状态"]) == ("村口路灯不亮有一个星期了。", "待受理")
    assert (row["类别"], row["结束"]) == ("", "")


def test_export_of_a_search_holds_what_the_search_found(world: "World"):
    told(world)
    told(world, "河边堆了建筑垃圾。")
    assert [row["事由"] for row in exported(world, "/desk/export.csv?q=建筑垃圾")] == ["河边堆了建筑垃圾。"]


def test_no_cell_of_an_export_runs_as_a_formula(world: "World"):
    told(world, "=1+1 这是反映的话。")
    (row,) = exported(world, "/desk/export.csv?view=all")
    assert row["事由"].startswith("'=")


def test_moments_are_told_as_the_clocks_of_the_field_show_them(world: "World"):
    before = clock.now()
    receipt = told(world)
    page = desk_of(world, "receiver").get(f"/desk/matters/{receipt.number}/").content.decode()
    assert f'<time datetime="{before:%Y-%m-%dT%H}:' in page


def test_a_story_leaves_out_what_is_quiet_until_asked(world: "World"):
    receipt = told(world)
    desk = desk_of(world, "receiver")
    assert "登记编号" not in desk.get(f"/desk/matters/{receipt.number}/").content.decode()
    assert "登记编号" in desk.get(f"/desk/matters/{receipt.number}/?story=all").content.decode()


def test_what_was_written_with_a_step_stands_in_the_story(world: "World"):
    receipt = told(world)
    desk = desk_of(world, "receiver")
    given = {
        "key": "k1",
        "version": "",
        "decline_ground": "no_substance",
        "reply": "没有具体事项，请写清楚。",
    }
    desk.post(f"/desk/matters/{receipt.number}/moves/not_accept/", given)
    page = desk.get(f"/desk/matters/{receipt.number}/").content.decode()
    assert page.count("没有具体事项，请写清楚。") == 2  # in its step, and among the messages


def test_every_step_of_the_ledger_has_its_words():
    from gantang.faces.events import KINDS
    from gantang.matters.rules.follow import ENGINE, OWN

    assert {*ENGINE, *OWN} - {"moved"} == set(KINDS) - {"unwilling"}  # how `willing` reads when it says no


def a_class() -> str:
    """A class that the sample's remits serve."""
    from gantang.catalogue import queries as catalogue

    return next(one.code for one in catalogue.classes() if one.code.startswith("facility."))


def test_a_procedure_in_force_is_shown_as_a_picture_of_its_own(world: "World"):
    desk = desk_of(world, "receiver")
    page = desk.get("/desk/procedures/request/").content.decode()
    (source,) = re.findall(r'<img src="(/desk/procedures/request/drawing\.svg[^"]*)"', page)
    assert "style=" not in page
    answer = desk.get(source.replace("&amp;", "&"))
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert answer.content.startswith(b"<svg ")
    assert desk.get("/desk/procedures/nothing/").status_code == 404


def test_a_matter_leads_to_the_drawing_of_its_own_version(world: "World"):
    receipt, desk = told(world), desk_of(world, "receiver")
    page = desk.get(f"/desk/matters/{receipt.number}/").content.decode()
    (link,) = re.findall(r'href="(/desk/procedures/request/\?of=[0-9a-f]{64})"', page)
    assert desk.get(link).status_code == 200
    assert desk.get(link.replace("request", "assist")).status_code == 404
