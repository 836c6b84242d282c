"""The free Chinese faces that documents are set in, laid from npm beside the `files` room.

Four faces of 2 packages and a WOFF: a book face (宋), its black cut for titles, a sans (黑) and a script
(楷). They are never committed; the built wheel carries them. Only the standard library is used, and
nothing of ours is imported: the build of the wheel loads this file by its path.
"""

import shutil
import struct
import zlib
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
FOLDER = PACKAGE / "files" / "fonts"

#: From node_modules to files/fonts/. Licences travel with what we hand on.
COPIES = {
    "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf": "NotoSerifSC-Regular.ttf",
    "@expo-google-fonts/noto-serif-sc/900Black/NotoSerifSC_900Black.ttf": "NotoSerifSC-Black.ttf",
    "@expo-google-fonts/noto-serif-sc/LICENSE_FONT": "NotoSerifSC.LICENSE.txt",
    "@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf": "NotoSansSC-Medium.ttf",
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT": "NotoSansSC.LICENSE.txt",
    "@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff": "LXGWWenKai-Medium.ttf",
    "@fontsource/lxgw-wenkai/LICENSE": "LXGWWenKai.LICENSE.txt",
}
_HEADER = struct.Struct(">4s4sIHHIHHIIIII")
_ENTRY = struct.Struct(">4sIIII")
_OFFSETS = struct.Struct(">4sHHHH")
_RECORD = struct.Struct(">4sIII")


def build(root: Path) -> bool:
    """Lay the faces out below the package from the packages installed in ``root``; False when nothing
    changed."""
    modules = root / "node_modules"
    wanted = {modules / source: FOLDER / target for source, target in COPIES.items()}
    stale = [(source, target) for source, target in wanted.items() if _is_stale(source, target)]
    FOLDER.mkdir(parents=True, exist_ok=True)
    for source, target in stale:
        draft = target.with_suffix(".part")
        if source.suffix == ".woff":
            draft.write_bytes(unpacked(source.read_bytes()))
        else:
            shutil.copyfile(source, draft)
        draft.replace(target)
    return bool(stale)


def _is_stale(source: Path, target: Path) -> bool:
    """A package that is not there (a wheel's user has none) leaves what stands."""
    if not source.is_file():
        return False
    return not target.is_file() or target.stat().st_mtime < source.stat().st_mtime


def unpacked(woff: bytes) -> bytes:
    """The TrueType font inside a WOFF 1.0: the same tables, inflated (W3C WOFF 1.0, §3–5)."""
    signature, flavor, _, count, *_ = _HEADER.unpack_from(woff)
    if signature != b"wOFF":
        raise ValueError("not a WOFF 1.0 font")
    entries = [_ENTRY.unpack_from(woff, _HEADER.size + _ENTRY.size * place) for place in range(count)]
    power = count.bit_length() - 1
    head = _OFFSETS.pack(flavor, count, 16 << power, power, 16 * count - (16 << power))
    records, tables = b"", b""
    start = _OFFSETS.size + _RECORD.size * count
    for tag, offset, packed, length, checksum in entries:
        body = woff[offset : offset + packed]
        body = body if packed == length else zlib.decompress(body)
        records += _RECORD.pack(tag, checksum, start + len(tables), length)
        tables += body + bytes(-len(body) % 4)
    return head + records + tables
