"""The type of a file by its content. Pure."""

import zipfile
from collections.abc import Callable
from typing import BinaryIO

from gantang.files.errors import UnfitFileError
from gantang.files.rules.office import OFFICE, entries

#: So much of a file's beginning is looked at.
HEAD = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What a file of the ISO family says it is (its brand), and what we call it. Pictures (HEIC, AVIF) share the
#: form and are not among them.
_BRANDS = {
    "mov": (b"qt  ",),
    "m4a": (b"M4A ", b"M4B "),
    "3gp": (b"3gp", b"3g2"),
    "mp4": (b"isom", b"iso", b"mp4", b"avc1", b"M4V", b"MSNV", b"mmp4", b"dash", b"f4v"),
}


def sniff(source: BinaryIO) -> str:
    """The type by content: ``jpeg png webp pdf docx xlsx pptx`` or a recording's ending.

    Errors: UnfitFileError; BrokenFileError for an archive that cannot be read.
    """
    source.seek(0)
    head = source.read(HEAD)
    for test in _SIGNATURES:
        kind = test(head)
        if kind:
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _office(source)
    raise UnfitFileError(details={"type": _named(head)})


def _image(head: bytes) -> str | None:
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else None


def _pdf(head: bytes) -> str | None:
    return "pdf" if head.startswith(b"%PDF-") else None


def _recording(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        return next((kind for kind, brands in _BRANDS.items() if head[8:12].startswith(brands)), None)
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    if head.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return "amr"
    is_frame = len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2  # MPEG, layer III
    return "mp3" if head.startswith(b"ID3") or is_frame else None


_SIGNATURES: tuple[Callable[[bytes], str | None], ...] = (_image, _pdf, _recording)


def _office(source: BinaryIO) -> str:
    names = {one.filename for one in entries(source)}
    for kind, (folder, _) in OFFICE.items():
        if "[Content_Types].xml" in names and any(name.startswith(folder) for name in names):
            return kind
    raise UnfitFileError(details={"type": "zip"})


def _named(head: bytes) -> str:
    """What the signature library calls a thing that is not taken: only for the answer's details."""
    import puremagic

    if not head or head.startswith(_OLE):
        return "ole" if head else "empty"
    try:
        return str(next((one.extension for one in puremagic.magic_string(head)), "unknown"))[:12]
    except (puremagic.PureError, ValueError, zipfile.BadZipFile):
        return "unknown"
