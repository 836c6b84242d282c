"""Files of every kind, made here: plain ones that say something of their maker, and their parts."""

import io
import struct
import zipfile
import zlib


def pdf(*streams: bytes, more: bytes = b"", pages: int = 1, count: int | None = None) -> bytes:
    """A document of empty pages; ``more`` stands in its catalogue, ``streams`` beside it."""
    kids = b" ".join(b"%d 0 R" % (10 + one) for one in range(pages))
    parts = [
        b"%PDF-1.7\n",
        b"1 0 obj <</Type/Catalog /Pages 2 0 R " + more + b">> endobj\n",
        b"2 0 obj <</Type/Pages /Count %d /Kids [%s]>> endobj\n" % (pages if count is None else count, kids),
        b"3 0 obj <</Author (Secret \\(one\\)) /Producer <536563726574> /CreationDate (D:2026)>> endobj\n",
        b"4 0 obj <</Type/Metadata>>\nstream\n<x:xmpmeta>Secret</x:xmpmeta>\nendstream endobj\n",
    ]
    parts += [
        b"%d 0 obj <</Type/Page /Parent 2 0 R /MediaBox[0 0 60 80]>> endobj\n" % (10 + one)
        for one in range(pages)
    ]
    parts += [
        b"90%d 0 obj <</Length %d>>\nstream\n%s\nendstream endobj\n" % (n, len(s), s)
        for n, s in enumerate(streams)
    ]
    return b"".join(parts) + b"trailer <</Root 1 0 R /Info 3 0 R>>\nstartxref\n0\n%%EOF\n"


def objects(packed: bytes, told: bytes = b"/Filter/FlateDecode") -> bytes:
    """A PDF with a stream of objects that is packed as it is told."""
    head = b"7 0 obj <</Type/ObjStm /N 1 /First 4 " + told + b">>\nstream\r\n"
    whole = pdf()
    at = whole.index(b"trailer")
    return whole[:at] + head + packed + b"\nendstream endobj\n" + whole[at:]


def box(name: bytes, content: bytes) -> bytes:
    """A box of the ISO family."""
    return struct.pack(">I", 8 + len(content)) + name + content


def film(brand: bytes) -> bytes:
    """A film or a sound with times, place and maker in its remarks."""
    times = b"\x00\x00\x00\x00" + b"SecretTm" + bytes(80)
    track = box(
        b"trak", box(b"tkhd", times) + box(b"udta", b"SecretTrack") + box(b"mdia", box(b"mdhd", times))
    )
    movie = box(b"moov", box(b"mvhd", times) + track + box(b"udta", box(b"\xa9xyz", b"Secret+28.7+115.8/")))
    return box(b"ftyp", brand + bytes(8)) + movie + box(b"uuid", b"SecretSerial") + box(b"mdat", bytes(500))


def sound(kind: str) -> bytes:
    """A sound with remarks around it."""
    if kind == "amr":
        return b"#!AMR\n" + (b"\x3c" + bytes(31)) * 5
    if kind == "wav":
        form = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
        said = b"LIST" + struct.pack("<I", 18) + b"INFOIARTSecretName"
        held = b"WAVE" + form + said + b"data" + struct.pack("<I", 160) + bytes(160)
        return b"RIFF" + struct.pack("<I", len(held)) + held
    frame = b"\xff\xfb\x90\x00" + bytes(413)  # 128 kbit/s, 44.1 kHz: 417 bytes
    said = b"TIT2SecretName"
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 0, len(said)]) + said
    return tag + frame * 6 + b"TAG" + b"SecretName".ljust(125, b"\0")


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, *more: bytes, frames: int = 0) -> bytes:
    """A PNG that says it is so large; its pixels are those of a black strip."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    many = chunk(b"acTL", struct.pack(">II", frames, 0)) if frames else b""
    data = chunk(b"IDAT", zlib.compress(bytes(64)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + many + b"".join(more) + data + chunk(b"IEND", b"")


def office(folder: str = "word", **parts: bytes) -> bytes:
    """An office document with these parts beside its own; a name's ``__`` is a slash, ``_dot_`` a dot."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}/document.xml", "<w:document>text</w:document>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return target.getvalue()
