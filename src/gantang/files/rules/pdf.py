"""PDF: looked through for what acts by itself, and stripped in place. Pure.

Looked for are names, wherever they stand: beside streams, and in streams of objects, which are unpacked for
it within a limit. A document that is signed is kept as it is, for a changed byte would break its seal.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from gantang.files.errors import (
    ActiveFileError,
    BrokenFileError,
    LockedFileError,
    PackedError,
    TooManyPagesError,
    UnfitFileError,
)
from gantang.files.rules.images import without_exif
from gantang.files.rules.pieces import PIECE, Patch, copy, size_of, windows
from gantang.files.types import Kind, Limits

_MIME = "application/pdf"
#: Longer than any dictionary in front of a stream, and than what is written over.
_OVERLAP = 1 << 16
_TAIL = 66_000
#: Names long enough that packed bytes do not spell them by chance. An action with a script must say
#: /JavaScript.
_ACTIVE = re.compile(
    rb"/(?:JavaScript|EmbeddedFiles?|Launch|RichMedia|Rendition|ImportData|SubmitForm|GoToE)(?![A-Za-z])"
    rb"|/XFA\s*(?:\[|\d+\s+\d+\s+R)"
)
_LOCKED = re.compile(rb"/Encrypt\s*(?:<<|\d+\s+\d+\s+R)")
_SIGNED = re.compile(rb"/ByteRange\s*\[")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_COUNT = re.compile(rb"/Count\s+(\d{1,12})")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+\s+\d+)\s+R")
_STREAM = re.compile(rb">>\s*stream\r?\n")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_MARKUP = re.compile(rb"(?i)<\s*(?:!doctype|html|script|svg|body|iframe)")
_ZIP_END = b"PK\x05\x06"
#: What the information of a document and its packet of XMP tell.
_TOLD = re.compile(
    rb"/(?:Author|Creator|Producer|Company|CreationDate|ModDate)\s*(\((?:[^()\\]|\\.){0,4000}\)|<[0-9A-Fa-f\s]{2,8000}>)",
    re.DOTALL,
)
_XMP = re.compile(rb"<x:xmpmeta.{0,60000}?</x:xmpmeta>", re.DOTALL)
_PHOTO = re.compile(rb"\xff\xe1(..)(?=Exif\x00|http://ns\.adobe)", re.DOTALL)


@dataclass(slots=True)
class _Seen:
    """What was met so far."""

    pages: int = 0
    most: int = 0
    unpacked: int = 0
    signed: bool = False
    patches: dict[int, bytes] = field(default_factory=dict)


def pdf(source: BinaryIO, target: BinaryIO, limits: Limits) -> Kind:
    """A PDF without scripts or further files. Errors: ActiveFileError, LockedFileError, PackedError,
    TooManyPagesError, UnfitFileError for one that is something else as well, BrokenFileError."""
    _check_ends(source)
    seen = _Seen()
    for place, text, old in windows(source, _OVERLAP):
        _look(text, old, seen, limits)
        seen.patches.update(_patches(place, text))
        for offset in _packed(text, old):
            for piece, before in _unpacked(source, place + offset, seen, limits):
                _look(piece, before, seen, limits)
    if max(seen.pages, seen.most) > limits.pages:
        raise TooManyPagesError(details={"limit": limits.pages})
    copy(source, target, () if seen.signed else _apart(seen.patches))
    return Kind(_MIME, "pdf", stripped=not seen.signed)


def _check_ends(source: BinaryIO) -> None:
    """A document whole to its end, and nothing else at the same time."""
    size = size_of(source)
    source.seek(0)
    if _MARKUP.search(source.read(1024)):
        raise UnfitFileError(details={"type": "pdf and markup"})
    source.seek(max(0, size - _TAIL))
    tail = source.read(_TAIL)
    if _ZIP_END in tail:
        raise UnfitFileError(details={"type": "pdf and zip"})
    if b"%%EOF" not in tail[-2048:]:
        raise BrokenFileError(details={"type": "pdf end"})


def _look(text: bytes, old: int, seen: _Seen, limits: Limits) -> None:
    """Names and counts in a piece; what ends within its first ``old`` bytes was counted before."""
    text = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text) if b"#" in text else text
    if _LOCKED.search(text):
        raise LockedFileError
    if _ACTIVE.search(text):
        raise ActiveFileError(details={"type": "pdf"})
    seen.signed |= bool(_SIGNED.search(text))
    seen.pages += sum(1 for one in _PAGE.finditer(text) if one.end() > old)
    for one in _COUNT.finditer(text):
        begin, end = text.rfind(b"obj", 0, one.start()), text.find(b"endobj", one.end())
        if b"/Kids" in text[max(begin, 0) : end if end >= 0 else None]:  # of pages, not of bookmarks
            seen.most = max(seen.most, int(one[1]))
    for kids in _KIDS.finditer(text):
        named = _REFERENCE.findall(kids[1])
        if len(set(named)) < len(named):  # one page told again and again
            raise TooManyPagesError(details={"limit": limits.pages})


def _packed(text: bytes, old: int) -> Iterator[int]:
    """Where streams of objects begin in a piece. Errors: UnfitFileError for one packed in another way."""
    for one in _STREAM.finditer(text):
        if one.end() <= old:
            continue
        begin = max(text.rfind(b"obj", 0, one.start()), 0)
        told = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text[begin : one.start() + 2])
        if not re.search(rb"/Type\s*/ObjStm", told):
            continue
        if b"/DecodeParms" in told or not re.search(rb"/Filter\s*\[?\s*/FlateDecode\s*\]?\s*(?:/|>>)", told):
            raise UnfitFileError(details={"type": "pdf packed"})
        yield one.end()


def _unpacked(source: BinaryIO, place: int, seen: _Seen, limits: Limits) -> Iterator[tuple[bytes, int]]:
    """A stream of objects as pieces that overlap. Errors: PackedError, BrokenFileError."""
    work, before = zlib.decompressobj(), b""
    source.seek(place)
    given = source.read(_OVERLAP)
    place += len(given)
    while not work.eof:
        try:
            piece = work.decompress(given, PIECE)
        except zlib.error as error:
            raise BrokenFileError(details={"type": "pdf stream"}) from error
        seen.unpacked += len(piece)
        if seen.unpacked > limits.unpacked:
            raise PackedError(details={"limit_mb": limits.unpacked // 1_000_000})
        yield before + piece, len(before)
        before = (before + piece)[-4096:]
        given = work.unconsumed_tail
        if not given and not work.eof:
            source.seek(place)
            given = source.read(_OVERLAP)
            place += len(given)
            if not given:
                raise BrokenFileError(details={"type": "pdf stream"})


def _patches(place: int, text: bytes) -> Iterator[Patch]:
    """What tells about the maker, written over at its length."""
    for one in _TOLD.finditer(text):
        low, high = one.span(1)
        yield place + low + 1, b" " * (high - low - 2)
    for one in _XMP.finditer(text):
        yield place + one.start(), b" " * len(one[0])
    for one in _PHOTO.finditer(text):
        length = int.from_bytes(one[1], "big")
        segment = text[one.start() : one.start() + 2 + length]
        if len(segment) == 2 + length:
            yield place + one.start(), without_exif(segment)


def _apart(patches: dict[int, bytes]) -> list[Patch]:
    return sorted(patches.items())
