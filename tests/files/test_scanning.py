"""Every attachment is shown to the virus scanner, where there is one: what it finds is refused and told, and a scanner
that is away lets nothing in unless the administrator chose so. The scanner here speaks clamd's protocol on a socket."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gantang.files import scanning, service
from gantang.files.errors import InfectedFileError, ScannerAwayError, UnfitFileError
from tests.exchange.seed import picture

#: What every scanner knows for its own trial, put together here so that no scanner takes this file for one.
TRIAL = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """``seen`` is what was streamed; ``says`` is answered instead of a verdict where it is set."""

    daemon_threads = True
    seen: bytes = b""
    says: bytes = b""
    most: int = 10_000_000


class Answer(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server: Any = self.server
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
            if len(data) > server.most:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        server.seen = data
        found = b"stream: Eicar-Test-Signature FOUND\0" if TRIAL in data else b"stream: OK\0"
        self.wfile.write(server.says or found)


@pytest.fixture
def clamd(tmp_path: Path, settings: Any) -> Iterator[Clamd]:
    place = tmp_path / "clamd"
    with Clamd(str(place), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.GANTANG_SCANNER, settings.GANTANG_SCANNER_NEEDED = f"unix:{place}", True
        yield server
        server.shutdown()


def test_what_is_clean_is_taken_and_the_scanner_saw_all_of_it(clamd: Clamd) -> None:
    sent = picture()
    assert service.clean(sent).mime == "image/png"
    assert clamd.seen == sent


def test_what_the_scanner_finds_is_refused_before_anything_looks_into_it(clamd: Clamd) -> None:
    with pytest.raises(InfectedFileError) as told:
        service.clean(picture() + TRIAL)
    assert told.value.status == 422 and isinstance(told.value, UnfitFileError)
    assert "病毒" in told.value.words and "Eicar" not in str(told.value)


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"\0", b"UNKNOWN COMMAND\0"])
def test_an_error_of_the_scanner_is_no_leave(clamd: Clamd, says: bytes) -> None:
    clamd.says = says or b"\0"
    with pytest.raises(ScannerAwayError):
        service.clean(picture())


def test_a_scanner_that_hangs_up_in_the_midst_is_an_error_too(clamd: Clamd) -> None:
    clamd.most = 10
    with pytest.raises(ScannerAwayError):
        service.clean(picture() + b"\0" * 5_000_000)


def test_a_scanner_that_is_away_refuses_or_takes_as_the_setting_says(tmp_path: Path, settings: Any) -> None:
    settings.GANTANG_SCANNER, settings.GANTANG_SCANNER_NEEDED = f"unix:{tmp_path / 'nobody'}", True
    with pytest.raises(ScannerAwayError) as told:
        service.clean(picture())
    assert told.value.status == 503 and "稍后" in told.value.remedy_words
    settings.GANTANG_SCANNER_NEEDED = False
    assert service.clean(picture()).mime == "image/png"


def test_a_scanner_that_says_nothing_is_waited_for_no_longer_than_set(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    monkeypatch.setattr(scanning, "PATIENCE", 0.3)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.GANTANG_SCANNER = f"127.0.0.1:{silent.getsockname()[1]}"
        settings.GANTANG_SCANNER_NEEDED = True
        with pytest.raises(ScannerAwayError):
            service.clean(picture())
