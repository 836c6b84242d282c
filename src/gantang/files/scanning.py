"""An upload is shown to a virus scanner before anything else looks into it: clamd, by its own protocol
(``INSTREAM``: pieces with their length in four bytes, an empty one ends; one line comes back)."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import structlog

from gantang.files.errors import InfectedFileError, ScannerAwayError

log = structlog.get_logger()

#: How long a scanner may be silent, in seconds.
PATIENCE = 30.0
_PIECE = 64 * 1024
_LONGEST = 4096


def scan(source: BinaryIO, place: str, *, is_needed: bool) -> None:
    """Nothing where ``place`` is "" (no scanner), or where the scanner finds nothing.

    ``place`` is ``unix:/path`` or ``host:port``. A scanner that is away, or answers with an error, lets
    nothing in where it ``is_needed``. Errors: InfectedFileError, ScannerAwayError.
    """
    if not place:
        return
    try:
        said = _asked(source, place)
    except OSError as error:
        said = f"{type(error).__name__} ERROR"
    finally:
        source.seek(0)
    if said.endswith("FOUND"):
        log.warning("files.infected")  # neither the file's name nor what was found: both may tell of a person
        raise InfectedFileError
    if not said.endswith("OK"):
        log.error("files.scanner_away", needed=is_needed)
        if is_needed:
            raise ScannerAwayError


def _asked(source: BinaryIO, place: str) -> str:
    """The scanner's line. It may answer, and close, before all was sent: a file beyond its own limit."""
    source.seek(0)
    with _connected(place) as link:
        try:
            link.sendall(b"zINSTREAM\0")
            while piece := source.read(_PIECE):
                link.sendall(struct.pack("!I", len(piece)) + piece)
            link.sendall(struct.pack("!I", 0))
        except BrokenPipeError:
            pass
        return _line(link)


def _line(link: socket.socket) -> str:
    told = b""
    while b"\0" not in told and len(told) < _LONGEST and (piece := link.recv(_LONGEST)):
        told += piece
    return told.partition(b"\0")[0].decode("ascii", "replace").strip()


@contextmanager
def _connected(place: str) -> Iterator[socket.socket]:
    if place.startswith("unix:"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
            link.settimeout(PATIENCE)
            link.connect(place.removeprefix("unix:"))
            yield link
        return
    host, _, port = place.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE) as link:
        yield link
