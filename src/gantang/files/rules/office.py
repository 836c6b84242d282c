"""Office documents (OOXML): packed anew without what tells about their maker. Pure."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from gantang.files.errors import ActiveFileError, BrokenFileError, LockedFileError, PackedError
from gantang.files.rules.images import without_exif
from gantang.files.types import Kind, Limits

_MIME = "application/vnd.openxmlformats-officedocument."
#: The folder that makes a document one of its kind, and its media type.
OFFICE = {
    "docx": ("word/", _MIME + "wordprocessingml.document"),
    "xlsx": ("xl/", _MIME + "spreadsheetml.sheet"),
    "pptx": ("ppt/", _MIME + "presentationml.presentation"),
}
#: Parts of a document; a real one has some hundreds.
MOST_ENTRIES = 10_000
_PIECE = 65_536
#: Programs, macros, controls, and objects in the old form, in which anything may be wrapped.
_ACTIVE = re.compile(
    r"vbaproject\.bin$|(^|/)activex/|/embeddings/[^/]*\.(bin|docm|xlsm|pptm)$"
    r"|\.(exe|dll|com|scr|msi|js|jse|vbs|vbe|wsf|hta|bat|cmd|ps1|jar|lnk|html?|svg)$",
    re.IGNORECASE,
)
#: A template, frame or object that is fetched from elsewhere when the document is opened.
_FETCHED = re.compile(rb'(?i)<[^>]*(attachedTemplate|/oleObject|/frame)"[^>]*>')
_AFAR = re.compile(rb'(?i)TargetMode\s*=\s*["\']External')
#: Declarations that these formats never have: what reads them may grow a word to gigabytes, or fetch a file.
_DECLARED = re.compile(rb"(?i)<\0?!\0?(D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")
_DECLARED_AT_MOST = 20
#: A part's name that leads out of the folder it is unpacked to, or that no program shows as it is.
_ASTRAY = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00-\x1f\x7f]")
#: Parts that tell about the maker, and what stands in their place.
_PACKAGE = b"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DOCUMENT = b"http://schemas.openxmlformats.org/officeDocument/2006/"
_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_EMPTY = {
    "docProps/core.xml": _XML + b'<cp:coreProperties xmlns:cp="' + _PACKAGE + b'"/>',
    "docProps/app.xml": _XML + b'<Properties xmlns="' + _DOCUMENT + b'extended-properties"/>',
    "docProps/custom.xml": _XML + b'<Properties xmlns="' + _DOCUMENT + b'custom-properties"/>',
}


def office(source: BinaryIO, target: BinaryIO, kind: str, limits: Limits) -> Kind:
    """The same document with empty properties, no thumbnail and a fixed date, packed anew part by part.

    Errors: PackedError, ActiveFileError, LockedFileError, BrokenFileError.
    """
    with _told(), zipfile.ZipFile(source) as old:
        _look(old.infolist(), limits)
        left = limits.unpacked
        with zipfile.ZipFile(cast("BinaryIO", _Forward(target)), "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                with new.open(_fresh(entry.filename), "w") as into:
                    for piece in _plain(_pieces(old, entry)):
                        left -= len(piece)
                        if left < 0:
                            raise PackedError(details={"limit_mb": limits.unpacked // 1_000_000})
                        into.write(piece)
    return Kind(OFFICE[kind][1], kind, stripped=True)


def entries(source: BinaryIO) -> list[zipfile.ZipInfo]:
    """What an archive says it holds. Errors: BrokenFileError."""
    with _told(), zipfile.ZipFile(source) as archive:
        return archive.infolist()


@contextmanager
def _told() -> Iterator[None]:
    """Damage of every kind as one error."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error) as error:
        raise BrokenFileError(details={"type": "zip"}) from error
    except NotImplementedError as error:  # packed in a way that office programs do not use
        raise BrokenFileError(details={"type": "zip method"}) from error


def _look(found: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse by what the archive says of itself, before anything is unpacked."""
    if len(found) > MOST_ENTRIES or sum(one.file_size for one in found) > limits.unpacked:
        raise PackedError(details={"limit_mb": limits.unpacked // 1_000_000})
    if any(one.flag_bits & 1 for one in found):
        raise LockedFileError
    if any(_ACTIVE.search(one.filename) for one in found):
        raise ActiveFileError(details={"type": "office"})
    if any(_ASTRAY.search(one.orig_filename) for one in found):
        raise BrokenFileError(details={"type": "zip names"})
    if len({one.filename for one in found}) < len(found):
        raise BrokenFileError(details={"type": "zip twice"})


def _plain(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces of a part, as long as none declares anything. Errors: ActiveFileError."""
    before = b""
    for piece in pieces:
        if _DECLARED.search(before + piece[:_DECLARED_AT_MOST]) or _DECLARED.search(piece):
            raise ActiveFileError(details={"type": "office declarations"})
        before = piece[-_DECLARED_AT_MOST:]
        yield piece


def _pieces(old: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    name = entry.filename
    if name in _EMPTY:
        yield _EMPTY[name]
    elif name.lower().endswith((".jpg", ".jpeg")):
        yield b"" if name.startswith("docProps/") else without_exif(old.read(entry))
    elif name.lower().endswith(".rels"):
        yield _checked(old.read(entry))
    elif not name.startswith("docProps/thumbnail."):
        with old.open(entry) as part:
            while piece := part.read(_PIECE):
                yield piece


def _checked(relations: bytes) -> bytes:
    if any(_AFAR.search(one[0]) for one in _FETCHED.finditer(relations)):
        raise ActiveFileError(details={"type": "office relations"})
    return relations


def _fresh(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


class _Forward:
    """A target that is only written to, front to back: a spool cannot write over what it has."""

    def __init__(self, target: BinaryIO) -> None:
        self.write = target.write

    def flush(self) -> None:
        """Nothing is held back here."""
