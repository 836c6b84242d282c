"""Unique people, numbers, addresses and words go in through every door; then everything the product wrote is searched
for them: the dump, the server's own files, attachments, lists and logs, error answers, addresses of pages, and what
left by mail and to a program outside.

What is found is a leak: outside the vault nobody is known by name.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from typer.testing import CliRunner

from gantang.cli import program
from gantang.host.options import options
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.outbox import registry
from gantang.outbox import service as outbox
from gantang.portal import places
from gantang.vault import service as vault
from gantang.vault.errors import ErasedError
from gantang.vault.rules import id_check_digit
from tests.doors.test_desk import desk_of
from tests.doors.test_portal import found
from tests.dumped import dump, forms_of, stands
from tests.exchange.caller import Caller
from tests.kit.tables import as_owner
from tests.matters.sealing import holders
from tests.outbox.conftest import mail_server as mail_server
from tests.outbox.receiver import Heard, Receiver

if TYPE_CHECKING:
    from tests.world import World

ADMIN = replace(SYSTEM, admin=True)
SEALED = "sealed_box, sealed_tip, sealed_piece, sealed_head, sealed_notice, sealed_opening, sealed_holder"
NAMES = {
    "portal": "欧阳鑫淼",
    "desk": "司徒森焱",
    "api": "诸葛犇骉",
    "import": "上官羴鱻",
    "tip": "东方靐龘",
}


@dataclass(frozen=True)
class Canary:
    """Somebody who is nowhere but in this test: what is planted of them, each text unique."""

    door: str
    name: str
    phone: str
    id_number: str
    email: str
    address: str
    said: str

    @property
    def words(self) -> str:
        """What they tell, with others' numbers in it as people do."""
        return f"示例：{self.name}（{self.id_number}，{self.phone}）说村口路灯不亮。"

    def texts(self) -> tuple[str, ...]:
        return self.name, self.phone, self.id_number, self.email, self.address, self.said


def canary(door: str) -> Canary:
    n = list(NAMES).index(door) + 1
    first = f"11010519491231{700 + n}"
    return Canary(
        door,
        NAMES[door],
        f"1390077319{n}",
        first + id_check_digit(first),
        f"canary{n}.7731@example.org",
        f"金丝雀路8891弄{n}7号",
        f"翡翠鸲鹆第{n}只",
    )


@dataclass
class Answers:
    """What came back over HTTP: (status, address it leads to, body)."""

    seen: list[tuple[str, int, str, str]] = field(default_factory=list)

    def note(self, asked: str, answer: Any) -> Any:
        body = b"".join(answer) if answer.streaming else answer.content
        self.seen.append(
            (asked, answer.status_code, answer.get("Location", ""), body.decode("utf-8", "replace"))
        )
        return answer


def picture(one: Canary) -> bytes:
    """A photo that says who took it and where they live."""
    tags, buffer = Image.Exif(), BytesIO()
    tags[0x013B], tags[0x010E] = one.email, one.phone  # artist, description
    Image.new("RGB", (8, 8), (30, 90, 30)).save(buffer, "JPEG", exif=tags, comment=one.said.encode())
    return buffer.getvalue()


# --- the doors ----------------------------------------------------------------------------------------


def portal(world: "World", one: Canary, answers: Answers) -> None:
    """A resident reports with a photo, errs first, writes again and objects."""
    client = Client()
    token = re.search(r'name="token" value="([^"]+)"', client.get("/report/").content.decode())
    assert token
    ground = {f"at{digits}": world.grid[:digits] for digits in places.RUNGS}
    told = {
        "token": token[1], "found": found(token[1]), "words": one.words, "tell": "contact", "name": one.name, "phone": one.phone,
        "email": one.email, "place": one.address, **ground,
    }  # fmt: skip
    answers.note("portal", client.post("/report/", {**told, "phone": f"{one.phone}x"}))
    photo = SimpleUploadedFile(f"{one.name}.jpg", picture(one), "image/jpeg")
    page = answers.note("portal", client.post("/report/", {**told, "files": photo})).content.decode()
    code = re.search(r'id="code">([^<]+)', page)
    assert code, page
    answers.note("portal", client.post("/track/", {"code": one.phone}))
    answers.note("portal", client.post("/track/", {"code": code[1]}))
    answers.note("portal", client.post("/track/say/", {"words": one.said}))
    answers.note("portal", client.get("/track/"))
    answers.note("portal", client.get(f"/t/{quote(one.name)}"))
    answers.note("portal", client.get(f"/verify/{quote(one.name)}"))


def desk(world: "World", one: Canary, answers: Answers) -> None:
    """A clerk takes a call, accepts, adds a party, writes, looks the caller up and searches."""
    client = desk_of(world, "receiver")
    told = {
        "key": "canary", "words": one.words, "ground": world.grid[:12], "place": one.address,
        "name": one.name, "phone": one.phone, "email": one.email, "channel": "phone",
        "class_code": "facility.lighting",
    }  # fmt: skip
    answers.note("desk", client.post("/desk/intake/", {**told, "email": f"{one.name}@"}))
    taken = answers.note("desk", client.post("/desk/intake/", told))
    page = answers.note("desk", client.get(taken["Location"])) if taken.status_code == 302 else taken
    number = re.search(r"/desk/matters/([^/\"]+)/", taken.get("Location", "") + page.content.decode())
    assert number, page.content.decode()
    root = f"/desk/matters/{number[1]}"
    for path, body in (
        ("/moves/pass_on/", {"key": "c1", "note": one.said}),
        ("/people/", {"name": one.name, "phone": one.phone, "side": "2"}),
        ("/messages/", {"words": one.said}),
        ("/people/0/phone/", {"reason": "call_back"}),
        ("/people/0/phone/", {"reason": one.name}),
        ("/people/0/" + quote(one.name) + "/", {"reason": "call_back"}),
        ("/moves/" + quote(one.name) + "/", {"key": "c2"}),
        ("/links/", {"other": one.phone}),
    ):
        answers.note("desk", client.post(root + path, body))
    photo = SimpleUploadedFile(f"{one.name}.jpg", picture(one), "image/jpeg")
    answers.note("desk", client.post(root + "/files/", {"public": "", "file": photo, "files": photo}))
    for path in (root + "/", root + "/case-file/", "/desk/?view=all", "/desk/export.csv?view=all"):
        answers.note("desk", client.get(path))
    answers.note("desk search", client.get("/desk/", {"view": "all", "q": one.name}))
    answers.note("desk", client.get(f"/desk/matters/{quote(one.name)}/"))


def api(world: "World", one: Canary, answers: Answers) -> None:
    """A program brings a report with everything, errs in every way, writes notes and opens a field."""
    call = Caller.acting(world, "receiver")
    person = {
        "name": one.name, "phone": one.phone, "email": one.email, "address": one.address,
        "id_number": one.id_number,
    }  # fmt: skip
    told = {
        "words": one.words, "class": "facility.lighting", "ground": world.grid, "place": one.address,
        "reporter": person, "parties": [person],
    }  # fmt: skip
    taken = answers.note("api", call.post("/matters", told))
    assert taken.status_code == 201, taken.content
    root = f"/matters/{taken.json()['number']}"
    for wrong in (
        {**told, "ground": one.phone},
        {**told, "class": one.name},
        {**told, one.name: one.said},
        {**told, "reporter": {**person, "phone": one.phone * 9}},
        {**told, "answers": {one.name: one.said}},
    ):
        answers.note("api error", call.post("/matters", wrong))
    answers.note("api error", call.get(f"/matters/{quote(one.name)}"))
    answers.note("api error", call.get("/matters", {"class": one.name, "cursor": one.phone}))
    answers.note("api error", call.post(f"{root}/moves/{quote(one.name)}", {"answers": {}}, If_Match="*"))
    answers.note("api", call.post(f"{root}/moves/pass_on", {"answers": {"note": one.said}}, If_Match="*"))
    answers.note("api", call.post(f"{root}/messages", {"words": one.said}))
    answers.note("api", call.get(root))


def importing(world: "World", one: Canary, answers: Answers, folder: Path) -> None:
    """A table of another system with a good row and a bad one, by the command."""
    table, mapping = folder / "letters.csv", folder / "map.yaml"
    good = f"1,{one.words},{world.grid},{one.name},{one.phone},{one.address}"
    bad = f"2,{one.words},{one.phone},{one.name},{one.phone},{one.address}"
    table.write_text(f"no,said,where,who,call,spot\n{good}\n{bad}\n", encoding="utf-8")
    mapping.write_text(
        "source: canary\nkey: no\nwords: said\nchannel: {constant: letter}\nground: {column: where}\n"
        "place: spot\nreporter: {name: who, phone: call}\n",
        encoding="utf-8",
    )
    done = CliRunner().invoke(program(), ["import", "matters", str(table), "--mapping", str(mapping)])
    answers.seen.append(("import", done.exit_code, "", done.output))
    assert done.exit_code == 1 and "1" in done.output, done.output


def tip(world: "World", one: Canary, answers: Answers) -> None:
    """A protected tip with the name sealed and a photo; errs, is read by its receipt and added to."""
    holders(world, world.county)
    client = Client()
    token = re.search(r'name="token" value="([^"]+)"', client.get("/tip/").content.decode())
    assert token
    ground = {f"at{digits}": world.township[:digits] for digits in (4, 6, 9)}
    told = {
        "token": token[1], "words": one.words, "kind": "shelter", "accused_name": one.address, "tell": "sealed",
        "name": one.name, "contact": one.phone, **ground,
    }  # fmt: skip
    answers.note("tip", client.post("/tip/", {**told, "accused_unit": one.phone}))
    photo = SimpleUploadedFile(f"{one.name}.jpg", picture(one), "image/jpeg")
    page = answers.note("tip", client.post("/tip/", {**told, "files": photo})).content.decode()
    receipt = re.search(r'id="receipt">([^<]+)', page)
    assert receipt, page[:2000]
    answers.note("tip", client.post("/tip/receipt/", {"receipt": one.phone}))
    added = {"receipt": receipt[1], "move": "add", "words": f"{one.said} {one.email} {one.id_number}"}
    read = answers.note("tip", client.post("/tip/receipt/", added)).content.decode()
    for text in (one.words, one.said):
        assert text in read, "it really went in"


@dataclass
class Outside:
    """What left the house: letters at a mail server, news at a program's."""

    letters: list[Any]
    heard: list[Heard]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Each as its reader sees it; of a letter all but the address it goes to, which is its reader's own."""
        for one in self.letters:
            letter = message_from_bytes(one.content, policy=policy.default)
            heads = [f"{name}: {value}" for name, value in letter.items() if name != "To"]
            yield "mail", "\n".join([*heads, str(letter.get_content())])
        for news in self.heard:
            yield "webhook", f"{news.path} {news.headers} {news.body.decode()} {json.loads(news.body)}"


@pytest.fixture
def outside(open_world: "World", mail_server: Any, settings: Any) -> Iterator[Outside]:
    """A mail server and a program that ordered all the news there are."""
    settings.GANTANG_WEBHOOK_HOSTS = ("127.0.0.0/8",)
    receiver = Receiver()
    receiver.start()
    kinds = list(registry.events())
    number, _secret = outbox.order_webhook(
        actor=ADMIN, address=receiver.address, kinds=kinds, now=clock.now()
    )
    yield Outside(mail_server.box.letters, receiver.heard)
    receiver.stop()
    with as_owner() as link:
        link.execute("DELETE FROM outbox_webhook WHERE id = %s", [number])
        link.execute(f"TRUNCATE {SEALED}")


# --- what was written ---------------------------------------------------------------------------------


@pytest.fixture
def crawl(
    open_world: "World", tmp_path: Path, caplog: pytest.LogCaptureFixture, outside: Outside
) -> Iterator[tuple[Answers, list[Canary], str]]:
    """All doors used; what came back, who was planted, what was logged."""
    cache.clear()
    caplog.set_level("INFO")
    answers, all_ = Answers(), [canary(door) for door in NAMES]
    portal(open_world, all_[0], answers)
    desk(open_world, all_[1], answers)
    api(open_world, all_[2], answers)
    importing(open_world, all_[3], answers, tmp_path)
    tip(open_world, all_[4], answers)
    while outbox.deliver_once(now=clock.now() + timedelta(minutes=10)):
        pass
    logged = "\n".join(
        f"{one.getMessage()} {one.args} {one.exc_text} {one.__dict__.get('request', '')}"
        for one in caplog.records
    )
    yield answers, all_, logged
    cache.clear()


@pytest.mark.slow
def test_no_canary_leaves_the_vault(crawl: tuple[Answers, list[Canary], str], outside: Outside) -> None:
    answers, all_, logged = crawl
    _they_are_in_the_vault(all_)
    dumped = dump()
    assert "路灯" in dumped and "ledger_step" in dumped, "the dump is whole"
    assert _found(all_, lambda text: stands(text, dumped)) == [], "in the dump"
    assert _found(all_, lambda text: text in unquote(logged)) == [], "in the logs"
    assert list(_in_addresses(answers, all_)) == [], "in an address that the product made"
    assert "\n".join(_in_errors(answers, all_)) == "", "in an answer of an error"
    assert list(_in_files(all_)) == [], "in a file"
    assert len(outside.letters) >= 3 and len(outside.heard) >= 3, "mail and news did leave"
    assert list(_in_what_left(outside, all_)) == [], "in a letter, or in news for a program"
    assert list(_on_disk(all_)) == [], "in the server's own files, as a backup has them"


def _they_are_in_the_vault(all_: list[Canary]) -> None:
    """Every text really went in: else nothing would be proved."""
    with as_owner() as link:
        rows = link.execute("SELECT city, matter_id, id FROM vault_entry").fetchall()
    kept = []
    for city, matter, entry in rows:
        with reading(SYSTEM, ids=[matter]), suppress(ErasedError):  # what other tests left and erased
            kept.append(str(vault.open_for_system(city=city, matter=matter, entry=entry)))
    whole = "\n".join(kept)
    for one in all_:
        if one.door == "tip":  # under keys of its holders; its receipt has shown that it is there
            continue
        wanted = {"portal": "email", "desk": "email", "api": "id_number"}.get(one.door, "phone")
        for text in (one.name, one.phone, one.address, one.words, getattr(one, wanted)):
            assert text in whole, f"{one.door}: {text}"
        if one.door != "import":
            assert one.said in whole, one.door


def _found(all_: list[Canary], there: Any) -> list[str]:
    return [f"{one.door}: {text}" for one in all_ for text in one.texts() if there(text)]


def _in_what_left(outside: Outside, all_: list[Canary]) -> Iterator[str]:
    for way, said in outside.texts():
        yield from (f"{way}: {one}" for one in _found(all_, lambda text, whole=said: text in unquote(whole)))


def _in_addresses(answers: Answers, all_: list[Canary]) -> Iterator[str]:
    """Where an answer leads, and every address in its page; a search one typed oneself is one's own."""
    for asked, _status, location, body in answers.seen:
        if asked == "desk search":
            continue
        for address in [location, *re.findall(r"(?:href|src|action|hx-\w+)=\"([^\"]*)\"", body)]:
            yield from _found(all_, lambda text, place=address: text in unquote(place))


def _in_errors(answers: Answers, all_: list[Canary]) -> Iterator[str]:
    """An error of the API, or of the command, says which field and why, never what stood there."""
    for asked, status, _location, body in answers.seen:
        if asked in ("api error", "import") or status == 500:
            told = _found(all_, lambda text, said=body: text in unquote(said))
            yield from (f"{one}: {status} {body[:600]}" for one in told)


def _in_files(all_: list[Canary]) -> Iterator[str]:
    """Attachments, lists beside the keys, marks of work in hand: whatever lies in the data folder."""
    files = [path for path in options().data_dir.rglob("*") if path.is_file()]
    assert any("files" in path.parts for path in files), "the photos are there"
    for path in files:
        content = path.read_bytes()
        yield from _found(
            all_, lambda text, said=content, name=path.name: _inside(text, said) or text in name
        )


def _on_disk(all_: list[Canary]) -> Iterator[str]:
    """The tables' own files, with what was there before: a physical backup is made of these."""
    with as_owner() as link:
        link.execute("CHECKPOINT") if _may(link) else None
        oid = link.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
        folder = (
            link.execute("SELECT current_setting('data_directory', true)").fetchone() if _may(link) else None
        )
    base = Path(folder[0]) / "base" / str(oid[0]) if folder and folder[0] and oid else None
    if base is None or not base.is_dir():
        return  # another machine's server: the dump above is what can be seen of it
    for path in base.iterdir():
        content = path.read_bytes()
        yield from _found(all_, lambda text, said=content: _inside(text, said))


def _may(link: Any) -> bool:
    row = link.execute("SELECT pg_has_role(current_user, 'pg_read_all_settings', 'USAGE')").fetchone()
    return bool(row and row[0])


def _inside(text: str, content: bytes) -> bool:
    return any(form in content for form in forms_of(text))


# --- the search itself --------------------------------------------------------------------------------


@pytest.mark.parametrize("door", NAMES)
def test_a_canary_that_leaked_would_be_found(open_world: "World", door: str) -> None:
    """Planted where it must not be, in each of the ways a text can be written down."""
    one = canary(door)
    with as_owner() as link:
        for place, value in (
            ("plain", one.name),
            ("json", f'"{one.name.encode("ascii", "backslashreplace").decode()}"'),
        ):
            link.execute("INSERT INTO kit_counter (name, value) VALUES (%s, 1)", [f"{place}{value}"[:60]])
    try:
        assert stands(one.name, dump())
        assert all(_inside(one.name, form) for form in forms_of(one.name))
    finally:
        with as_owner() as link:
            link.execute("DELETE FROM kit_counter WHERE name LIKE 'plain%%' OR name LIKE 'json%%'")
