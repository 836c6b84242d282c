"""Files bent in the ways that files get bent: cut, doubled, bytes exchanged, foreign pieces put in."""

import io
import zipfile
from collections.abc import Sequence

from hypothesis import strategies as st

#: What has broken readers before: marks, ends, numbers that are none, things that unfold or run.
PIECES = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b"\t", b'"', b'""', b"'", b",", b";", b":", b": ", b"- ",
    b"{", b"}", b"[", b"]", b"[" * 2000, b"{\"a\":" * 500, b"&a [*a, *a]", b"*nothing", b"<<: *a", b"!!python/object:os.system",
    b"!!binary x", b"? ", b"| ", b"%YAML 9", b"---\n", b"...\n", b"NaN", b"Infinity", b"-0", b"1e999", b"9" * 400, b"null",
    b"true", b"~", b"\xe4\xb8", b"\xed\xa0\x80", "𠮷".encode(), "网格".encode("gb18030"), b"=cmd|' /C calc'!A0", b"2026-02-30",
    b"\x1f\x8b\x08", b"PK\x03\x04", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", b"Polygon", b"coordinates",
)  # fmt: skip


def bent(originals: Sequence[bytes], *, most: int = 6) -> st.SearchStrategy[bytes]:
    """One of the originals, bent a few times."""
    return st.builds(_bend, st.sampled_from(list(originals)), st.lists(_bends(), min_size=1, max_size=most))


def _bends() -> st.SearchStrategy[tuple[str, float, float, bytes]]:
    ways = st.sampled_from(["cut", "drop", "double", "put", "flip", "lines", "tail"])
    place = st.floats(0, 1)
    piece = st.one_of(st.sampled_from(PIECES), st.binary(min_size=1, max_size=4))
    return st.tuples(ways, place, place, piece)


def _bend(data: bytes, bends: list[tuple[str, float, float, bytes]]) -> bytes:
    for way, first, second, piece in bends:
        low, high = sorted((int(first * len(data)), int(second * len(data))))
        data = _once(data, way, low, high, piece)[:200_000]
    return data


def _once(data: bytes, way: str, low: int, high: int, piece: bytes) -> bytes:
    if way == "cut":
        return data[:high]
    if way == "tail":
        return data[low:]
    if way == "drop":
        return data[:low] + data[min(high, low + 40) :]
    if way == "double":
        return data[:high] + data[low : low + 400] + data[high:]
    if way == "flip":
        return data[:low] + bytes(byte ^ 0x55 for byte in data[low : low + 3]) + data[low + 3 :]
    if way == "lines":
        lines = data.splitlines(keepends=True)
        return b"".join(reversed(lines))
    return data[:low] + piece + data[low:]


def bent_inside(archive: bytes, *, most: int = 4) -> st.SearchStrategy[bytes]:
    """A packed file whose parts are bent and packed again: past the archive's own check."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    return st.sampled_from(sorted(parts)).flatmap(
        lambda name: bent([parts[name]], most=most).map(lambda data: _packed({**parts, name: data}))
    )


def _packed(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return kept.getvalue()
