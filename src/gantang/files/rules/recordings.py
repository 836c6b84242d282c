"""Sound and film: whole by their own structure; remarks of place, time and maker are written over. Pure."""

from collections.abc import Iterator
from typing import BinaryIO

from gantang.files.errors import BrokenFileError
from gantang.files.rules.pieces import Patch, copy, size_of
from gantang.files.types import Kind

MIMES = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "3gp": "video/3gpp",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "amr": "audio/amr",
    "wav": "audio/wav",
}
#: Boxes that hold remarks (place, device, name); they become free room of their size.
_REMARKS = {b"udta", b"meta", b"uuid", b"loci"}
_WITHIN = {b"moov", b"trak", b"mdia"}
#: Boxes with the times of making and changing behind four bytes of version and flags.
_TIMED = {b"mvhd", b"tkhd", b"mdhd"}
_MOST_BOXES = 10_000
#: Kilobits a second of MPEG-1 and MPEG-2, layer III, and samples a second.
_RATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_SAMPLES = (44_100, 48_000, 32_000)
#: Bytes of a frame by its mode, the mode's byte among them (RFC 4867).
_AMR = (13, 14, 16, 18, 20, 21, 27, 32, 6)
_AMR_WIDE = (18, 24, 33, 37, 41, 47, 51, 59, 61, 6)


def recording(source: BinaryIO, target: BinaryIO, kind: str) -> Kind:
    """A recording without its remarks. Errors: BrokenFileError for one that does not hold together."""
    if kind == "mp3":
        start, end = _mp3(source)
        copy(source, target, (), start, end)
    elif kind == "amr":
        _amr(source)
        copy(source, target)
    else:
        patches = list(_wav(source) if kind == "wav" else _boxes(source))
        copy(source, target, patches)
    return Kind(MIMES[kind], kind, stripped=True)


def _broken(kind: str) -> BrokenFileError:
    return BrokenFileError(details={"type": kind})


# --- boxes (MP4, MOV, M4A, 3GP) -----------------------------------------------------------------------


def _boxes(source: BinaryIO) -> Iterator[Patch]:
    """What is written over. Errors: BrokenFileError where boxes do not fill the file, or none leads."""
    size, left, named = size_of(source), _MOST_BOXES, set()
    open_ = [(0, size)]
    while open_:
        place, end = open_.pop()
        while place < end:
            name, start, after = _box(source, place, end)
            left -= 1
            if left < 0:
                raise _broken("boxes")
            named.add(name)
            if name in _REMARKS:
                yield place + 4, b"free"
                yield start, bytes(after - start)
            elif name in _WITHIN:
                open_.append((start, after))
            elif name in _TIMED:
                yield from _timeless(source, start)
            place = after
    if not {b"moov", b"mdat"} <= named:
        raise _broken("boxes")


def _box(source: BinaryIO, place: int, end: int) -> tuple[bytes, int, int]:
    """A box's name, where its content begins, and where the next one does."""
    source.seek(place)
    head = source.read(16)
    length, start = int.from_bytes(head[:4], "big"), place + 8
    if length == 1:
        length, start = int.from_bytes(head[8:16], "big"), place + 16
    elif length == 0:
        length = end - place
    after = place + length
    if len(head) < 8 or after < start or after > end:
        raise _broken("boxes")
    return head[4:8], start, after


def _timeless(source: BinaryIO, start: int) -> Iterator[Patch]:
    source.seek(start)
    yield start + 4, bytes(16 if source.read(1) == b"\x01" else 8)


# --- sound --------------------------------------------------------------------------------------------


def _wav(source: BinaryIO) -> Iterator[Patch]:
    """Every chunk but form and sound becomes filler. Errors: BrokenFileError."""
    size, place, named = size_of(source), 12, set()
    while place + 8 <= size:
        source.seek(place)
        head = source.read(8)
        length = int.from_bytes(head[4:], "little")
        if place + 8 + length > size:
            raise _broken("wav")
        named.add(head[:4])
        if head[:4] not in (b"fmt ", b"data", b"fact"):
            yield place, b"JUNK"
            yield place + 8, bytes(length)
        place += 8 + length + length % 2
    if not {b"fmt ", b"data"} <= named:
        raise _broken("wav")


def _mp3(source: BinaryIO) -> tuple[int, int]:
    """Where the frames begin and end, without the tags around them. Errors: BrokenFileError."""
    start, end = 0, size_of(source)
    source.seek(0)
    head = source.read(10)
    if head.startswith(b"ID3"):
        start = 10 + sum((byte & 0x7F) << 7 * (3 - place) for place, byte in enumerate(head[6:10]))
        start += 10 if head[5] & 0x10 else 0
    source.seek(max(0, end - 128))
    if source.read(3) == b"TAG":
        end -= 128
    place = start
    for _ in range(3):  # three frames that follow each other are no accident
        source.seek(place)
        place += _frame(source.read(4))
        if place > end:
            raise _broken("mp3")
    return start, end


def _frame(head: bytes) -> int:
    """How long a frame is by its first four bytes."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2 or head[1] & 0x18 == 0x08:
        raise _broken("mp3")
    version = head[1] >> 3 & 3  # 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
    rate, sample = head[2] >> 4, head[2] >> 2 & 3
    if rate in (0, 15) or sample == 3:
        raise _broken("mp3")
    hertz = _SAMPLES[sample] >> {3: 0, 2: 1, 0: 2}[version]
    factor = 144_000 if version == 3 else 72_000
    return factor * _RATES[version != 3][rate] // hertz + (head[2] >> 1 & 1)


def _amr(source: BinaryIO) -> None:
    """Frame by frame to the end. Errors: BrokenFileError."""
    size = size_of(source)
    source.seek(0)
    wide = source.read(9) == b"#!AMR-WB\n"
    place, sizes = (9, _AMR_WIDE) if wide else (6, _AMR)
    if place == size:
        raise _broken("amr")
    while place < size:
        source.seek(place)
        mode = source.read(1)[0] >> 3 & 15
        if mode < len(sizes):
            place += sizes[mode]
        elif mode in (14, 15):  # a frame that was lost, or none
            place += 1
        else:
            raise _broken("amr")
    if place > size:
        raise _broken("amr")
