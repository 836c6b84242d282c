"""A bomb of each kind is refused with what it is, and what is two things at once is neither."""

import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from gantang.files import errors
from gantang.files.service import clean
from gantang.kit.errors import InvalidError
from tests.files.made import box, chunk, film, objects, office, pdf, png, sound

ZEROS = bytes(1_000_000)


def _unpacks(megabytes: int) -> bytes:
    """An office document that is small and unpacks to so much."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as entry:
            for _ in range(megabytes):
                entry.write(ZEROS)
    return target.getvalue()


def _lying() -> bytes:
    """The same, saying in its directory and in front of the part that it is of ten bytes."""
    data = _unpacks(3)
    told = struct.pack("<I", 3_000_000)
    return data.replace(told, struct.pack("<I", 10))


def _many() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for place in range(10_001):
            archive.writestr(f"word/{place}.xml", b"")
    return target.getvalue()


def _locked() -> bytes:
    data = bytearray(office())
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


def _jpeg(width: int, height: int) -> bytes:
    """A small picture that says it is so large."""
    target = io.BytesIO()
    Image.new("RGB", (16, 16)).save(target, "JPEG")
    data = bytearray(target.getvalue())
    place = data.index(b"\xff\xc0")
    data[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def _frames(kind: str, size: int, many: int) -> bytes:
    target = io.BytesIO()
    first, *rest = [
        Image.new("RGB", (size, size), (n * 91 % 256, n * 37 % 256, n % 256)) for n in range(many)
    ]
    first.save(target, kind, **({"save_all": True, "append_images": rest} if rest else {}))
    return target.getvalue()


def _packed(said: bytes, megabytes: int = 0) -> bytes:
    work = zlib.compressobj(9)
    body = b"".join(work.compress(ZEROS) for _ in range(megabytes)) + work.compress(said)
    return objects(body + work.flush())


_AFAR = (
    b'<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="http://example.org/a.dotm" TargetMode="External"/>'
)
_GROWING = b'<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><a>&b;</a>'
_CASES: dict[str, tuple[type[InvalidError], Callable[[], bytes]]] = {
    "docx that unpacks without end": (errors.PackedError, lambda: _unpacks(201)),
    "docx of too many parts": (errors.PackedError, _many),
    "docx that lies about its size": (errors.BrokenFileError, _lying),
    "docx under a password": (errors.LockedFileError, _locked),
    "docx with macros": (errors.ActiveFileError, lambda: office(word__vbaProject_dot_bin=b"x")),
    "docx with a program": (errors.ActiveFileError, lambda: office(word__media__a_dot_EXE=b"MZ")),
    "docx with a wrapped file": (
        errors.ActiveFileError,
        lambda: office(word__embeddings__oleObject1_dot_bin=b"x"),
    ),
    "docx with a template from afar": (
        errors.ActiveFileError,
        lambda: office(word___rels__settings_dot_xml_dot_rels=_AFAR),
    ),
    "docx whose words grow": (errors.ActiveFileError, lambda: office(word__a_dot_xml=_GROWING)),
    "docx whose words grow, in other letters": (
        errors.ActiveFileError,
        lambda: office(word__a_dot_xml=_GROWING.decode().encode("utf-16")),
    ),
    "docx that declares late": (
        errors.ActiveFileError,
        lambda: office(word__a_dot_xml=b"<?xml version='1.0'?>" + b" " * 65_510 + _GROWING),
    ),
    "docx that fetches a file": (
        errors.ActiveFileError,
        lambda: office(word__a_dot_xml=b"<!doctype a SYSTEM 'file:///etc/passwd'><a/>"),
    ),
    "docx that leads out of its folder": (
        errors.BrokenFileError,
        lambda: office(**{"..__..__a_dot_xml": b""}),
    ),
    "docx that leads out by another slash": (errors.BrokenFileError, lambda: office(**{"..\\a": b""})),
    "docx that leads to the root": (errors.BrokenFileError, lambda: office(**{"__a": b""})),
    "docx with a name for machines": (errors.BrokenFileError, lambda: office(**{"word__a\rb": b""})),
    "zip": (errors.UnfitFileError, lambda: office("other")),
    "docx cut off": (errors.BrokenFileError, lambda: office()[:-30]),
    "docx with a damaged part": (
        errors.BrokenFileError,
        lambda: office().replace(b"\x01\x00\x00", b"\x7f\x01\x02"),
    ),
    "png of too many pixels": (errors.TooManyPixelsError, lambda: png(10_000, 5_001)),
    "png beyond every bound": (errors.TooManyPixelsError, lambda: png(2**31 - 1, 2**31 - 1)),
    "png of too many frames": (errors.TooManyPixelsError, lambda: png(1_000, 1_000, frames=51)),
    "png with a packed remark": (
        errors.BrokenFileError,
        lambda: png(8, 8, chunk(b"zTXt", b"a\0\0" + zlib.compress(ZEROS * 70))),
    ),
    "png cut off": (errors.BrokenFileError, lambda: _frames("PNG", 300, 1)[:-60]),
    "jpeg of too many pixels": (errors.TooManyPixelsError, lambda: _jpeg(60_000, 60_000)),
    "jpeg cut off": (errors.BrokenFileError, lambda: _frames("JPEG", 300, 1)[:-900]),
    "webp of too many frames": (errors.TooManyPixelsError, lambda: _frames("WEBP", 1_000, 51)),
    "gif of whatever": (errors.UnfitFileError, lambda: _frames("GIF", 10, 200)),
    "pdf of too many pages": (errors.TooManyPagesError, lambda: pdf(pages=2_001)),
    "pdf that claims pages": (errors.TooManyPagesError, lambda: pdf(count=1_000_000_000)),
    "pdf that tells a page again": (
        errors.TooManyPagesError,
        lambda: pdf().replace(b"[10 0 R]", b"[10 0 R 10 0 R]"),
    ),
    "pdf with a script": (errors.ActiveFileError, lambda: pdf(more=b"/OpenAction <</S/JavaScript /JS (x)>>")),
    "pdf with an escaped script": (
        errors.ActiveFileError,
        lambda: pdf(more=b"/A <</S/J#61va#53cript /JS (x)>>"),
    ),
    "pdf with a packed script": (errors.ActiveFileError, lambda: _packed(b"8 0 <</S/JavaScript /JS (x)>>")),
    "pdf with a file": (errors.ActiveFileError, lambda: pdf(more=b"/Names <</EmbeddedFiles 9 0 R>>")),
    "pdf that starts a program": (errors.ActiveFileError, lambda: pdf(more=b"/A <</S/Launch /F (cmd.exe)>>")),
    "pdf of packed objects without end": (errors.PackedError, lambda: _packed(b"", 201)),
    "pdf packed twice": (
        errors.UnfitFileError,
        lambda: objects(b"", b"/Filter[/ASCIIHexDecode/FlateDecode]"),
    ),
    "pdf with damaged objects": (errors.BrokenFileError, lambda: objects(b"nothing packed")),
    "pdf under a password": (
        errors.LockedFileError,
        lambda: pdf().replace(b"/Root", b"/Encrypt 8 0 R /Root"),
    ),
    "pdf cut off": (errors.BrokenFileError, lambda: pdf()[:-20]),
    "pdf that is a page": (
        errors.UnfitFileError,
        lambda: pdf().replace(b"\n", b"\n<script>alert(1)</script>", 1),
    ),
    "pdf that is an archive": (errors.UnfitFileError, lambda: pdf() + office()),
    "page that is a pdf": (errors.UnfitFileError, lambda: b"<html>" + pdf()),
    "svg with a script": (errors.UnfitFileError, lambda: b"<svg xmlns='x'><script>alert(1)</script></svg>"),
    "program named as a picture": (errors.UnfitFileError, lambda: b"MZ" + bytes(200)),
    "film cut off": (errors.BrokenFileError, lambda: film(b"isom")[:-1]),
    "film without its plan": (errors.BrokenFileError, lambda: box(b"ftyp", b"isom") + box(b"mdat", b"x")),
    "film of boxes without end": (
        errors.BrokenFileError,
        lambda: box(b"ftyp", b"isom") + box(b"free", b"") * 10_001,
    ),
    "picture of a kind that is not taken": (errors.UnfitFileError, lambda: film(b"heic")),
    "mp3 of nothing": (errors.BrokenFileError, lambda: b"ID3\x04\x00\x00\x00\x00\x00\x00<script>"),
    "wav cut off": (errors.BrokenFileError, lambda: sound("wav")[:-1]),
    "amr cut off": (errors.BrokenFileError, lambda: sound("amr")[:-1]),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", _CASES)
def test_it_is_refused_and_told_in_both_languages(name: str) -> None:
    from django.utils.translation import override

    wanted, made = _CASES[name]
    with pytest.raises(wanted) as told:
        clean(made())
    assert type(told.value) is wanted
    for language in ("zh-hans", "en"):
        with override(language):
            words = told.value.words + told.value.remedy_words
            assert "{" not in words and words.isascii() is (language == "en")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["docx that unpacks without end", "pdf of packed objects without end"])
def test_a_bomb_takes_no_memory_to_speak_of(name: str) -> None:
    data = _CASES[name][1]()
    clean(office())
    tracemalloc.start()
    try:
        with pytest.raises(errors.PackedError):
            clean(data)
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("tail", [b"<html><script>alert(1)</script>", office()])
def test_what_hides_in_or_behind_a_picture_is_gone(tail: bytes) -> None:
    target = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(target, "JPEG", comment=tail[:60])
    kept = clean(target.getvalue() + tail).data
    assert tail[:20] not in kept and b"PK\x01\x02" not in kept


def test_a_picture_with_few_frames_keeps_the_first() -> None:
    with Image.open(io.BytesIO(clean(_frames("WEBP", 20, 5)).data)) as kept:
        assert getattr(kept, "n_frames", 1) == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_damaged_anywhere_is_kept_as_a_picture_or_refused(kind: str) -> None:
    whole = _frames(kind, 40, 1)
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        for data in (whole[:place], whole[:place] + b"\xff\x00\xff" + whole[place + 3 :]):
            try:
                assert clean(data).mime == f"image/{kind.lower()}"
            except errors.InvalidError:
                continue


@pytest.mark.parametrize(
    "make", [office, pdf, lambda: film(b"isom"), *(lambda k=k: sound(k) for k in ("mp3", "amr", "wav"))]
)
def test_a_file_damaged_anywhere_is_kept_or_refused_and_nothing_else(make: Callable[[], bytes]) -> None:
    whole = make()
    for place in range(0, len(whole), max(1, len(whole) // 200)):
        for data in (whole[:place], whole[:place] + b"\xff\x00\xff" + whole[place + 3 :]):
            try:
                assert clean(data).data
            except errors.InvalidError:
                continue
