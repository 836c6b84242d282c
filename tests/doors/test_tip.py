"""The doors of protected tips: a form and a receipt without script or cookie; pages that only two holders find."""

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from gantang.matters.errors import MoveRefusedError
from gantang.matters.service import sealed
from tests.journeys import plant
from tests.matters.sealing import FIRST, SECOND, WORDS, Holders, holders, passphrase, tell
from tests.world import CAST

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(world: "World") -> Holders:
    return holders(world, world.county)


def form(client: Client, world: "World", **more: str) -> dict[str, str]:
    token = re.search(r'name="token" value="([^"]+)"', client.get("/tip/").content.decode())
    assert token
    return {
        "token": token[1],
        "words": WORDS,
        "kind": "shelter",
        "at4": world.township[:4],
        "at6": world.township[:6],
        "at9": world.township,
        **more,
    }


def receipt_of(page: str) -> str:
    found = re.search(r'id="receipt">([^<]+)', page)
    assert found, page[:3000]
    return found[1]


def sent(client: Client, world: "World", **more: str) -> str:
    return receipt_of(client.post("/tip/", form(client, world, **more)).content.decode())


def seen(client: Client, receipt: str, **more: str) -> str:
    return client.post("/tip/receipt/", {"receipt": receipt, **more}).content.decode()


def signed_in(world: "World", unit: str, title: str) -> Client:
    client = Client()
    account = get_user_model().objects.get(pk=world.account(unit, title))
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


# --- the portal ---------------------------------------------------------------------------------------


def test_a_tip_gets_a_receipt_and_the_receipt_opens_its_story(
    client: Client, world: "World", county: Holders
):
    receipt = sent(client, world)
    page = seen(client, receipt)
    assert "待启封" in page
    assert WORDS in page
    assert "示例：还有一处" in seen(client, receipt, move="add", words="示例：还有一处。")
    assert "待启封" in seen(client, receipt.lower().replace("-", " "))


def test_no_page_of_it_sets_or_needs_a_cookie_or_loads_a_script_or_anything_from_elsewhere(
    world: "World", county: Holders
):
    client = Client(enforce_csrf_checks=True)
    receipt = sent(client, world)
    answers = [
        client.get("/tip/"),
        client.post("/tip/", form(client, world)),
        client.get("/tip/receipt/"),
        client.post("/tip/receipt/", {"receipt": receipt}),
        client.post("/tip/receipt/", {"receipt": "nothing"}),
    ]
    assert client.cookies == {}
    for answer in answers:
        page = answer.content.decode()
        assert "<script" not in page
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert receipt not in answer.get("Location", "")


def test_a_second_send_of_the_form_gives_the_same_receipt(client: Client, world: "World", county: Holders):
    given = form(client, world)
    first, second = (receipt_of(client.post("/tip/", given).content.decode()) for _turn in range(2))
    assert first == second
    assert len(county.listed()) == 1


def test_the_answer_is_word_for_word_the_same_where_nobody_may_receive_it(
    client: Client, world: "World", county: Holders
):
    pages = []
    for level in ("5", "1"):
        page = client.post("/tip/", form(client, world, accused_level=level))
        receipt = receipt_of(page.content.decode())
        pages.append((page.status_code, page.content.decode().replace(receipt, "receipt")))
        read = seen(client, receipt)
        assert ("书面材料" in read) == (level == "1")
        paper = client.post("/tip/receipt/", {"receipt": receipt, "paper": "1"})
        assert paper["Content-Type"].startswith("application/pdf" if level == "1" else "text/html")
        assert "no-store" in paper["Cache-Control"]
    assert pages[0] == pages[1]
    assert len(county.listed()) == 1


def test_wrong_receipts_are_answered_alike(client: Client, world: "World", county: Holders):
    receipt = sent(client, world)
    wrong = [receipt[:-1] + ("0" if receipt[-1] != "0" else "1"), "x", "示例", "A" * 300]
    answers = [client.post("/tip/receipt/", {"receipt": one}) for one in wrong]
    assert {one.status_code for one in answers} == {404}
    assert len({re.sub(r'value="[^"]*"', "", one.content.decode()) for one in answers}) == 1


def test_no_receipt_is_no_wrong_receipt(client: Client, world: "World", county: Holders):
    answer = client.post("/tip/receipt/", {"receipt": " "})
    assert answer.status_code == 422 and "还没有填。" in answer.content.decode()


def test_the_same_words_sent_again_are_said_once_and_the_page_says_they_are_in(
    client: Client, world: "World", county: Holders
):
    receipt = sent(client, world)
    for _turn in range(2):  # a second touch, or the page loaded anew
        page = seen(client, receipt, move="add", words="示例：还有一处。")
        assert "收下了。" in page and page.count("示例：还有一处。") == 1
    assert seen(client, receipt, move="add", words="示例：又有一处。").count("<blockquote>") == 3
    assert "收下了。" not in seen(client, receipt)


def test_words_that_are_refused_stay_on_the_page(
    client: Client, world: "World", county: Holders, monkeypatch: pytest.MonkeyPatch
):
    receipt = sent(client, world)

    def refused(**_given: object) -> None:
        raise MoveRefusedError(details={"reasons": ["示例"]})

    monkeypatch.setattr(sealed, "say", refused)
    page = seen(client, receipt, move="add", words="示例：<还有>一处。")
    assert "收下了。" not in page and "示例：&lt;还有&gt;一处。</textarea>" in page


def test_without_words_it_says_what_is_missing_and_keeps_the_rest(
    client: Client, world: "World", county: Holders
):
    answer = client.post("/tip/", form(client, world, words="", accused_name="示例某人"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "还没有写要举报什么" in page
    assert "示例某人" in page
    assert county.listed() == []


def test_the_units_of_the_place_can_be_named_and_then_the_one_above_receives(
    client: Client, world: "World", county: Holders
):
    page = client.post("/tip/", form(client, world, step="places")).content.decode()
    unit = world.unit(world.county)
    assert f'<option value="{unit}">' in page
    sent(client, world, accused_unit=str(unit))
    assert county.listed() == []
    sent(client, world, accused_unit=str(world.unit(world.township)))
    assert len(county.listed()) == 1


def test_a_voice_note_is_refused_and_a_photo_is_taken(client: Client, world: "World", county: Holders):
    voice = SimpleUploadedFile("a.wav", b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(64), "audio/wav")
    answer = client.post("/tip/", {**form(client, world), "files": voice})
    assert answer.status_code == 422
    assert "只收照片" in answer.content.decode()
    photo = SimpleUploadedFile("photo.jpg", plant.photo(), "image/jpeg")
    receipt_of(client.post("/tip/", {**form(client, world), "files": photo}).content.decode())


def test_it_speaks_english_too(client: Client, world: "World", county: Holders):
    try:
        page = client.get("/tip/", headers={"Accept-Language": "en"}).content.decode()
        assert "What do you report?" in page
    finally:
        translation.deactivate()


# --- the desk -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_to_everybody_else_the_pages_are_as_any_address_that_is_none(world: "World", county: Holders):
    told = tell(world)
    paths = (
        "/desk/sealed/",
        f"/desk/sealed/{told.id}/",
        f"/desk/sealed/{uuid4()}/",
        f"/desk/sealed/{told.id}/open/",
        f"/desk/sealed/{told.id}/letter/",
    )
    clients = {name: signed_in(world, *CAST[name]) for name in CAST if CAST[name][0] != world.county}
    clients["nobody"] = Client()
    for name, client in clients.items():
        client.get("/desk/")  # whatever comes first renews the sign-in
        unknown = client.get("/desk/no-such-page/")
        for path in paths:
            for answer in (client.get(path), client.post(path, {"passphrase": "x"})):
                assert answer.status_code == unknown.status_code == 404, (name, path)
                assert answer.content == unknown.content, (name, path)
                assert answer.cookies.keys() == unknown.cookies.keys()


def test_a_post_of_the_same_unit_may_take_a_half_over_and_finds_no_tip(world: "World", county: Holders):
    told = tell(world)
    client = signed_in(world, world.county, "督办岗")
    page = client.get("/desk/sealed/").content.decode()
    assert "凭恢复纸接手" in page
    assert str(told.id) not in page
    assert client.get(f"/desk/sealed/{told.id}/").status_code == 404


def test_two_holders_open_it_in_their_own_browsers_and_hand_it_over(world: "World", county: Holders):
    told = tell(world)
    first, second = signed_in(world, world.county, FIRST), signed_in(world, world.county, SECOND)
    address = f"/desk/sealed/{told.id}/"
    assert address in first.get("/desk/sealed/").content.decode()
    assert "要由第一启封岗先开始" in second.get(address).content.decode()
    word = {side: passphrase(world.county, side) for side in ("first", "second")}
    refused = first.post(address + "open/", {"passphrase": "wrong", "reason": "first_reading"})
    assert refused.status_code == 422
    assert "口令不对" in refused.content.decode()
    asked = first.post(address + "open/", {"passphrase": word["first"], "reason": "first_reading"})
    assert asked.status_code == 302
    cookie = first.cookies["gantang_seal"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", address)
    waiting = first.get(address).content.decode()
    assert "看看好了没有" in waiting
    assert WORDS not in waiting
    joined = second.post(address + "open/", {"passphrase": word["second"], "reason": "first_reading"})
    assert joined.status_code == 302
    assert WORDS not in second.get(address).content.decode()  # the halves have not met yet
    shown = first.get(address).content.decode()
    assert WORDS in shown
    assert "其他违法犯罪" in shown  # the kind, and the place, in words
    assert f"<dd>{world.township}</dd>" not in shown
    assert WORDS in second.get(address).content.decode()
    version = re.search(r'name="version" value="(\d+)"', first.get(address).content.decode())
    assert version
    given = {"version": version[1], "authority": "discipline", "way": "in_person", "letter": "示例函"}
    assert first.post(address + "do/hand_over/", given).status_code == 302
    assert "已移送，待签收" in first.get(address).content.decode()
    assert first.get(address + "letter/").status_code == 404
    paper = second.post(address + "letter/")
    assert (paper["Content-Type"], paper.content[:4]) == ("application/pdf", b"%PDF")
    assert "no-store" in paper["Cache-Control"]
    assert str(told.id) not in paper["Content-Disposition"]
    assert "上次打开" in first.get(address).content.decode()
    assert first.post(address + "close/").status_code == 302
    sealed_again = second.post(address + "letter/")
    assert (sealed_again.status_code, sealed_again["Content-Type"][:9]) == (422, "text/html")
    assert WORDS not in first.get(address).content.decode()
    assert WORDS not in second.get(address).content.decode()
    assert told.read().state == "handed_over"


def test_a_holder_s_settings_are_made_on_the_page(world: "World", county: Holders):
    first = signed_in(world, world.county, FIRST)
    page = first.post(
        "/desk/sealed/",
        {"act": "paper", "box": county.box, "passphrase": passphrase(world.county, "first")},
    ).content.decode()
    lines = re.findall(r"<li>(\w{5}-\w{5}-\w{5})</li>", page)
    assert len(lines) == 4
    typed = re.search(r'name="typed" value="([^"]+)"', page)
    assert typed and typed[1].split() == lines
    sheet = first.post("/desk/sealed/", {"act": "sheet", "box": county.box, "typed": typed[1]})
    assert (sheet["Content-Type"], sheet.content[:4]) == ("application/pdf", b"%PDF")
    wrong = first.post("/desk/sealed/", {"act": "sheet", "box": county.box, "typed": "x"})
    assert "恢复纸上的内容不对" in wrong.content.decode()
    again = first.post(
        "/desk/sealed/",
        {"act": "paper", "box": county.box, "passphrase": passphrase(world.county, "first")},
    )
    assert again.status_code == 422
    first.post("/desk/sealed/", {"act": "conflicts", "units": f"{world.unit(world.township)}"})
    tell(world)
    assert county.listed() == []
    assert sealed.declared(actor=county.actor("first")) == [world.unit(world.township)]
