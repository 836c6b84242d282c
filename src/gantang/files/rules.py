"""Which files are taken, what they really are, and how they lose what they tell about their maker. Pure.

Heavy libraries are imported where they are used: the web process loads this module at its start.
"""

import io
import zipfile
from collections.abc import Callable

from gantang.files.errors import BrokenFileError, TooManyPixelsError, UnfitFileError
from gantang.files.types import Cleaned

MOST_PIXELS = 50_000_000
_MOST_UNPACKED = 200_000_000
_IMAGES = {"jpeg": ("image/jpeg", "jpg"), "png": ("image/png", "png"), "webp": ("image/webp", "webp")}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OFFICE_KINDS = {
    "word/": (_OFFICE + "wordprocessingml.document", "docx"),
    "xl/": (_OFFICE + "spreadsheetml.sheet", "xlsx"),
    "ppt/": (_OFFICE + "presentationml.presentation", "pptx"),
}
# What the signature library may say of a recording, and what we call it.
_RECORDINGS = {
    ".mp4": ("video/mp4", "mp4"),
    ".m4v": ("video/mp4", "mp4"),
    ".mov": ("video/quicktime", "mov"),
    ".m4a": ("audio/mp4", "m4a"),
    ".mp3": ("audio/mpeg", "mp3"),
    ".amr": ("audio/amr", "amr"),
    ".wav": ("audio/wav", "wav"),
    ".3gp": ("video/3gpp", "3gp"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def clean(data: bytes) -> Cleaned:
    """Find out what an upload is and strip it; the name it came under is not believed.

    Images are decoded and written anew without EXIF, GPS, comments or profiles' text, turned upright. Office
    files lose their document properties and thumbnail; macros are refused. PDF and recordings are kept as
    they are. Markup (HTML, SVG), programs and archives are refused. Errors: UnfitFileError,
    TooManyPixelsError, BrokenFileError.
    """
    kind = sniff(data)
    if kind in _IMAGES:
        return _image(data, kind)
    if kind in ("docx", "xlsx", "pptx"):
        return _office(data)
    mime, extension = ("application/pdf", "pdf") if kind == "pdf" else _RECORDINGS[f".{kind}"]
    return Cleaned(mime, extension, data, stripped=False)


def sniff(data: bytes) -> str:
    """The type by content: ``jpeg png webp pdf docx xlsx pptx`` or a recording's ending.

    Errors: UnfitFileError.
    """
    for test in _SIGNATURES:
        kind = test(data)
        if kind:
            return kind
    return _recording(data)


def _image_kind(data: bytes) -> str | None:
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def _pdf_kind(data: bytes) -> str | None:
    return "pdf" if data.startswith(b"%PDF-") else None


def _office_kind(data: bytes) -> str | None:
    if not data.startswith(b"PK\x03\x04"):
        return None
    with _archive(data) as archive:
        names = archive.namelist()
    for folder, (_, extension) in _OFFICE_KINDS.items():
        if "[Content_Types].xml" in names and any(name.startswith(folder) for name in names):
            return extension
    raise UnfitFileError(details={"type": "zip"})


_SIGNATURES: tuple[Callable[[bytes], str | None], ...] = (_image_kind, _pdf_kind, _office_kind)


def _recording(data: bytes) -> str:
    import puremagic

    if not data or data.startswith(_OLE):
        raise UnfitFileError(details={"type": "empty" if not data else "ole"})
    try:
        found = [str(match.extension) for match in puremagic.magic_string(data)]
    except (puremagic.PureError, ValueError):
        found = []
    for extension in found:
        if extension in _RECORDINGS:
            return extension.removeprefix(".")
    raise UnfitFileError(details={"type": (found[0] if found else "unknown")[:12]})


def _image(data: bytes, kind: str) -> Cleaned:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=[kind.upper()]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise TooManyPixelsError(details={"pixels": image.width * image.height})
            upright = ImageOps.exif_transpose(image)
            plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
            written = _written(plain, kind)
            return Cleaned(*_IMAGES[kind], written, stripped=True, width=plain.width, height=plain.height)
    except Image.DecompressionBombError as error:
        raise TooManyPixelsError(details={"type": kind}) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise BrokenFileError(details={"type": kind}) from error


def _written(image: object, kind: str) -> bytes:
    from PIL import Image

    assert isinstance(image, Image.Image)  # noqa: S101  for the type checker
    # A fresh image carries nothing of the old one's info.
    fresh = Image.frombytes(image.mode, image.size, image.tobytes())
    target = io.BytesIO()
    if kind == "jpeg":
        fresh.convert("RGB").save(target, "JPEG", quality=88, optimize=True, progressive=True)
    elif kind == "png":
        fresh.save(target, "PNG", optimize=False)
    else:
        fresh.save(target, "WEBP", quality=86)
    return target.getvalue()


#: The long side of a picture on paper, in pixels: 200 to an inch over the width of the text.
PRINTED = 1240


def for_print(data: bytes) -> bytes:
    """A picture that ``clean`` made, as a JPEG no larger than a page can show. Errors: BrokenFileError."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            image.thumbnail((PRINTED, PRINTED * 2))
            return _written(_on_white(image), "jpeg")
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise BrokenFileError(details={"type": "image"}) from error


def _on_white(image: object) -> object:
    """Without transparency, which paper does not have."""
    from PIL import Image

    assert isinstance(image, Image.Image)  # noqa: S101  for the type checker
    shown = image.convert("RGBA")
    white = Image.new("RGBA", shown.size, "white")
    return Image.alpha_composite(white, shown).convert("RGB")


# Parts of an office file that tell about its maker, and what stands in their place.
_PROPERTIES = {
    "docProps/core.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    ),
    "docProps/app.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    ),
    "docProps/custom.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    ),
}


def _office(data: bytes) -> Cleaned:
    """The same document with empty properties, an empty thumbnail and a fixed date."""
    kind = sniff(data)
    mime = next(mime for mime, extension in _OFFICE_KINDS.values() if extension == kind)
    target = io.BytesIO()
    with _archive(data) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in names):
            raise UnfitFileError(details={"type": "macros"})
        for name in names:
            content = b"" if name.startswith("docProps/thumbnail.") else _PROPERTIES.get(name)
            new.writestr(_entry(name), old.read(name) if content is None else content)
    return Cleaned(mime, kind, target.getvalue(), stripped=True)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _archive(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise BrokenFileError(details={"type": "zip"}) from error
    if unpacked > _MOST_UNPACKED:
        raise UnfitFileError(details={"type": "zip", "unpacked": unpacked})
    return archive
