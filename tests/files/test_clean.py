"""Uploads are what they are, not what they are called, and say nothing about their maker."""

import io
import subprocess
import sys
import zipfile

import pytest
from PIL import Image

from gantang.files.errors import BrokenFileError, TooManyPixelsError, UnfitFileError
from gantang.files.rules import PRINTED, clean, for_print, sniff


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
    assert cleaned.mime == mime and cleaned.stripped and b"Secret" not in cleaned.data
    with Image.open(io.BytesIO(cleaned.data)) as image:
        assert image.size == (40, 20) and not dict(image.getexif())


def test_a_turned_photo_stands_upright() -> None:
    cleaned = clean(_photo(turned=True))
    assert (cleaned.width, cleaned.height) == (20, 40)


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
    assert cleaned.extension == "docx"


def test_macros_and_plain_archives_are_refused() -> None:
    with pytest.raises(UnfitFileError):
        clean(_document(**{"word/vbaProject.bin": b"x"}))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(UnfitFileError):
        clean(target.getvalue())


def test_an_archive_that_unpacks_without_end_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as entry:
            for _ in range(201):
                entry.write(b"\0" * 1_000_000)
    with pytest.raises(UnfitFileError):
        clean(target.getvalue())


def test_pdf_and_recordings_are_known_by_content() -> None:
    assert clean(b"%PDF-1.7\n%...").mime == "application/pdf"
    assert sniff(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\0" * 64) == "mp4"
    assert sniff(b"#!AMR\n" + b"\x3c" * 64) == "amr"


def test_the_web_process_loads_neither_pillow_nor_puremagic_with_the_rules() -> None:
    code = "import sys, gantang.files.rules; assert not {'PIL', 'puremagic'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


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
