"""Uploads are what they are, not what they are called, and say nothing about their maker."""

import io
import subprocess
import sys
import zipfile

import pytest
from PIL import Image

from gantang.files.errors import BrokenFileError, TooManyPixelsError, UnfitFileError
from gantang.files.rules.images import PRINTED
from gantang.files.service import clean, for_print
from tests.files.made import film, pdf, sound


def _photo(kind: str = "JPEG", *, size: tuple[int, int] = (40, 20), turned: bool = False) -> bytes:
    image = Image.new("RGB", size, (200, 30, 30))
    exif = Image.Exif()
    exif[0x010F], exif[0x0132], exif[0x9286] = "SecretPhone", "2026:11:24 08:00:00", "SecretComment"
    exif[0x0112] = 6 if turned else 1
    exif.get_ifd(0x8825)[2] = (28.0, 42.0, 0.0)
    target = io.BytesIO()
    image.save(target, kind, exif=exif, **({"comment": b"SecretNote"} if kind == "JPEG" else {}))
    return target.getvalue()


@pytest.mark.parametrize(
    ("kind", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_images_lose_camera_place_and_comments(kind: str, mime: str) -> None:
    raw = _photo(kind)
    assert b"Secret" in raw
    cleaned = clean(raw)
    assert cleaned.mime == mime and cleaned.kind.stripped and b"Secret" not in cleaned.data
    with Image.open(io.BytesIO(cleaned.data)) as image:
        assert image.size == (40, 20) and not dict(image.getexif())


def test_a_turned_photo_stands_upright() -> None:
    cleaned = clean(_photo(turned=True))
    assert (cleaned.kind.width, cleaned.kind.height) == (20, 40)


def test_transparency_survives() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(target, "PNG")
    with Image.open(io.BytesIO(clean(target.getvalue()).data)) as image:
        assert image.mode == "RGBA"


def test_an_image_bomb_is_refused_before_it_is_decoded() -> None:
    target = io.BytesIO()
    Image.new("1", (10_000, 5_001)).save(target, "PNG")
    with pytest.raises(TooManyPixelsError):
        clean(target.getvalue())


def test_a_broken_image_is_told_as_broken() -> None:
    with pytest.raises(BrokenFileError):
        clean(_photo()[:200])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><svg/>",
        b"<html><script>1</script></html>",
        b"MZ\x90\x00" + b"\x00" * 200,
        b"\x7fELF" + b"\x00" * 200,
        b"#!/bin/sh\necho 1\n",
        b"GIF89a" + b"\x00" * 40,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        "普通文字".encode(),
    ],
)
def test_markup_programs_and_unknown_content_are_refused(data: bytes) -> None:
    with pytest.raises(UnfitFileError):
        clean(data)


def _document(**more: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document>text</w:document>")
        archive.writestr("docProps/core.xml", "<dc:creator>SecretAuthor</dc:creator>")
        archive.writestr("docProps/thumbnail.jpeg", "SecretFirstPage")
        for name, content in more.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_office_files_lose_their_properties_and_keep_their_text() -> None:
    cleaned = clean(_document())
    with zipfile.ZipFile(io.BytesIO(cleaned.data)) as archive:
        assert not any(b"Secret" in archive.read(name) for name in archive.namelist())
        assert all(entry.date_time[0] == 1980 for entry in archive.infolist())
        assert archive.read("word/document.xml") == b"<w:document>text</w:document>"
    assert cleaned.kind.extension == "docx"


def test_macros_and_plain_archives_are_refused() -> None:
    with pytest.raises(UnfitFileError):
        clean(_document(**{"word/vbaProject.bin": b"x"}))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(UnfitFileError):
        clean(target.getvalue())


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (pdf(), "application/pdf"),
        (film(b"isom"), "video/mp4"),
        (film(b"qt  "), "video/quicktime"),
        (film(b"3gp4"), "video/3gpp"),
        (film(b"M4A "), "audio/mp4"),
        *(
            (sound(kind), mime)
            for kind, mime in [("mp3", "audio/mpeg"), ("amr", "audio/amr"), ("wav", "audio/wav")]
        ),
    ],
)
def test_pdf_and_recordings_are_known_by_content_and_say_nothing_of_their_maker(
    data: bytes, mime: str
) -> None:
    assert b"Secret" in data or mime == "audio/amr"
    cleaned = clean(data)
    assert cleaned.mime == mime and b"Secret" not in cleaned.data
    assert clean(cleaned.data).data == cleaned.data


def test_a_signed_pdf_keeps_every_byte_that_its_seal_covers() -> None:
    data = pdf(more=b"/ByteRange [0 10 20 30]")
    assert clean(data).data == data and not clean(data).kind.stripped


def test_photos_inside_documents_lose_camera_and_place() -> None:
    photo = _photo()
    assert b"Exif" in photo
    for cleaned in (clean(_document(**{"word/media/image1.jpeg": photo})), clean(pdf(photo))):
        held = cleaned.data
        if cleaned.kind.extension == "docx":
            with zipfile.ZipFile(io.BytesIO(held)) as archive:
                held = archive.read("word/media/image1.jpeg")
        assert b"Exif" not in held and b"SecretPhone" not in held


def test_the_web_process_loads_neither_pillow_nor_puremagic_with_the_rules() -> None:
    code = "import sys, gantang.files.rules; assert not {'PIL', 'puremagic'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_for_print_is_a_small_jpeg_on_white(kind: str) -> None:
    target = io.BytesIO()
    Image.new("RGB" if kind == "JPEG" else "RGBA", (4000, 3000), "white").save(target, kind)
    with Image.open(io.BytesIO(for_print(clean(target.getvalue()).data))) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (PRINTED, 930))
        assert image.getpixel((10, 10)) == (255, 255, 255)


def test_what_is_clear_is_white_on_paper() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(target, "PNG")
    with Image.open(io.BytesIO(for_print(clean(target.getvalue()).data))) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)
    with pytest.raises(BrokenFileError):
        for_print(b"no picture")
