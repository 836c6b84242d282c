"""Keys change while everything goes on: what is new uses the new one, what is old is taken over, all of it opens."""

import base64
import json
import os
import shlex
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from gantang.host import kms
from gantang.host.doctor import examine
from gantang.host.options import Options
from gantang.kit import crypto
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.marks import check_keys
from gantang.kit.work import reading
from gantang.vault import models, queries, service
from tests.vault.conftest import CITY, WORDS, Case

STAFF = Actor(client="account:7", account=7, post=3)


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Keys of this test's own."""
    settings.GANTANG_KEYS_DIR = tmp_path / "keys"
    crypto.forget_keys()
    yield tmp_path / "keys"
    crypto.forget_keys()


def masters(*cases: Case) -> set[int]:
    """The master keys that wrap the data keys of matters."""
    with reading(SYSTEM, ids=[one.matter for one in cases]):
        rows = models.Key.objects.filter(matter_id__in=[one.matter for one in cases])
        return {crypto.master_of(bytes(row.wrapped)) for row in rows}


def words(case: Case, now: datetime) -> str:
    (text,) = service.open_texts(actor=STAFF, city=CITY, matter=case.matter, holds_duty=True, now=now)
    return text.text


# --- rotation -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_new_master_key_is_taken_over_batch_by_batch_and_everything_opens_meanwhile(
    folder: Path, make_case: Callable[..., Case], now: datetime
) -> None:
    cases = [make_case() for _ in range(5)]
    number = service.new_master(actor=SYSTEM, now=now)
    later = make_case()
    assert queries.left_on_old_keys() >= 5
    assert (masters(*cases), masters(later)) == ({1}, {number}), "what is new uses it at once"
    batches = 0
    while service.go_on(now=now, limit=2):
        batches += 1
        assert {words(one, now) for one in (*cases, later)} == {WORDS}
        if batches == 1:
            assert masters(*cases) == {1, number}, "half-way both are in use"
    assert batches > 2 and masters(*cases) == {number}
    (one,) = queries.rotations()
    assert one.done_at == now and one.done >= 5 and one.looked == one.total
    assert queries.left_on_old_keys() == 0
    assert not service.go_on(now=now)


@pytest.mark.django_db
def test_a_rotation_that_broke_off_goes_on_where_it_stood(
    folder: Path, make_case: Callable[..., Case], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [make_case() for _ in range(4)]
    service.new_master(actor=SYSTEM, now=now)
    while masters(*cases) == {1}:
        assert service.go_on(now=now, limit=2)
    before = queries.rotations()[0].looked
    monkeypatch.setattr(crypto, "wrap", lambda *_: (_ for _ in ()).throw(OSError("the power is gone")))
    with pytest.raises(OSError, match="power"):
        while service.go_on(now=now, limit=2):
            pass
    monkeypatch.undo()
    assert queries.rotations()[0].looked == before
    crypto.forget_keys()
    while service.go_on(now=now, limit=2):
        pass
    assert masters(*cases) == {2}


@pytest.mark.django_db
def test_people_are_found_all_the_while_the_blind_index_changes_its_key(
    folder: Path, make_case: Callable[..., Case], now: datetime
) -> None:
    cases = [make_case() for _ in range(5)]
    look = {"actor": STAFF, "field": "phone", "value": "13979377715", "reason": "duplicate", "now": now}
    number = service.new_index(actor=SYSTEM, now=now)
    wanted = {one.matter for one in cases}
    while service.go_on(now=now, limit=2):
        assert wanted <= {each.matter for each in service.find(**look)}
    rows = models.BlindIndex.objects.filter(matter_id__in=wanted)
    assert set(rows.values_list("generation", flat=True)) == {number}
    assert wanted <= {each.matter for each in service.find(**look)}


@pytest.mark.django_db
def test_only_administrators_change_keys(folder: Path, now: datetime) -> None:
    for change in (service.new_master, service.new_index):
        with pytest.raises(ForbiddenError):
            change(actor=STAFF, now=now)
    assert not (folder / "master-2.key").exists()


@pytest.mark.slow
def test_a_running_process_takes_up_a_new_master_key_by_itself(folder: Path) -> None:
    assert crypto.master_of(crypto.wrap(crypto.new_key())) == 1
    added = "import django; django.setup(); from gantang.kit import crypto; print(crypto.add_master_key())"
    env = {**os.environ, "GANTANG_KEYS_DIR": str(folder)}
    done = subprocess.run([sys.executable, "-c", added], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2"
    assert crypto.master_of(crypto.wrap(crypto.new_key())) == 2


# --- the files ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_start_refuses_key_files_that_others_can_read_even_those_not_used_yet(folder: Path) -> None:
    crypto.make_keys()
    crypto.add_master_key()
    crypto.check_files()
    (folder / "master-1.key").chmod(0o604)
    with pytest.raises(crypto.KeysError, match=r"master-1\.key: mode 604"):
        check_keys()


def test_the_doctor_tells_of_modes_that_are_too_wide(folder: Path, tmp_path: Path) -> None:
    crypto.make_keys()
    chosen = Options().model_copy(update={"data_dir": tmp_path, "keys_dir": folder, "kms": ""})
    said = {one.text: one.good for one in examine(chosen) if "key files" in one.text}
    assert said == {"密钥文件权限 … modes of the key files: ok": True}
    (folder / "root.key").chmod(0o644)
    found = [one for one in examine(chosen) if "key files" in one.text]
    assert [(one.good, "root.key 644" in one.text, "chmod 600" in one.remedy) for one in found] == [
        (False, True, True)
    ]


# --- a key service ------------------------------------------------------------------------------------

#: A key service in a few lines: what it closes is turned about and marked; it writes down what it was asked.
SERVICE = """
import base64, pathlib, sys
log = pathlib.Path(__file__).with_suffix(".log")
value, what = sys.stdin.readline().strip(), sys.argv[-1]
with log.open("a") as file: file.write(what + chr(10))
if pathlib.Path(__file__).with_suffix(".down").exists(): sys.exit(3)
if what == "wrap": print("v1." + base64.b64encode(base64.b64decode(value)[::-1]).decode())
elif value.startswith("v1."): print(base64.b64encode(base64.b64decode(value[3:])[::-1]).decode())
else: sys.exit(4)
"""


@pytest.fixture
def command(tmp_path: Path) -> Path:
    path = tmp_path / "service.py"
    path.write_text(SERVICE)
    return path


@pytest.fixture
def address() -> Iterator[str]:
    """The same over HTTP, as a small process of its own would do it."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["value"]
            wraps = self.path == "/keys/wrap"
            raw = base64.b64decode(body if wraps else body[3:])[::-1]
            text = ("v2." if wraps else "") + base64.b64encode(raw).decode()
            data = json.dumps({"value": text}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/keys"
    server.shutdown()


def test_with_a_key_service_no_key_stands_readable_in_a_file(
    folder: Path, command: Path, settings: Any
) -> None:
    settings.GANTANG_KMS = shlex.join([sys.executable, str(command)])
    crypto.make_keys()
    wrapped, derived = crypto.wrap(data := crypto.new_key()), crypto.derive("x")
    crypto.forget_keys()
    assert (crypto.unwrap(wrapped), crypto.derive("x")) == (data, derived)
    for path in folder.glob("*.key"):
        assert path.read_text().startswith("kms:v1.") and stat.S_IMODE(path.stat().st_mode) == 0o600
    asked = command.with_suffix(".log").read_text().split()
    assert asked.count("wrap") == 2
    crypto.unwrap(wrapped)
    assert command.with_suffix(".log").read_text().split() == asked, "a key in hand is not asked for again"


def test_an_address_serves_as_well(folder: Path, address: str, settings: Any) -> None:
    settings.GANTANG_KMS = address
    wrapped = crypto.wrap(data := crypto.new_key())
    crypto.forget_keys()
    assert crypto.unwrap(wrapped) == data
    assert (folder / "master-1.key").read_text().startswith("kms:v2.")


def test_keys_that_are_there_are_closed_later_and_stay_the_same(
    folder: Path, command: Path, settings: Any
) -> None:
    crypto.make_keys()
    wrapped, derived = crypto.wrap(data := crypto.new_key()), crypto.derive("x")
    settings.GANTANG_KMS = shlex.join([sys.executable, str(command)])
    assert crypto.enclose() == ["master-1.key", "root.key"]
    assert crypto.enclose() == []
    crypto.forget_keys()
    assert (crypto.unwrap(wrapped), crypto.derive("x")) == (data, derived)


def test_a_key_service_that_is_away_or_lies_is_told_and_nothing_is_made_anew(
    folder: Path, command: Path, settings: Any
) -> None:
    settings.GANTANG_KMS = shlex.join([sys.executable, str(command)])
    crypto.make_keys()
    before = {path.name: path.read_text() for path in folder.glob("*.key")}
    command.with_suffix(".down").touch()
    crypto.forget_keys()
    with pytest.raises(crypto.KeysError, match=r"root\.key: it ended with 3"):
        crypto.derive("x")
    with pytest.raises(crypto.KeysError, match="it ended with 3"):
        crypto.add_master_key()
    settings.GANTANG_KMS = ""
    with pytest.raises(crypto.KeysError, match="GANTANG_KMS is not set"):
        crypto.derive("x")
    assert {path.name: path.read_text() for path in folder.glob("*.key")} == before


def test_what_the_service_says_is_checked_before_a_key_is_trusted_to_it(tmp_path: Path) -> None:
    liar = tmp_path / "liar.py"
    liar.write_text("import base64; print(base64.b64encode(bytes(32)).decode())")
    with pytest.raises(kms.KmsError, match="does not open what it closed"):
        kms.wrap(shlex.join([sys.executable, str(liar)]), crypto.new_key())
    liar.write_text("print('two'); print('lines')")
    with pytest.raises(kms.KmsError, match="not one line"):
        kms.unwrap(shlex.join([sys.executable, str(liar)]), "kms:x")
    with pytest.raises(kms.KmsError):
        kms.unwrap("http://127.0.0.1:1", "kms:x")
