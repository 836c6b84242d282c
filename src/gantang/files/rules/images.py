"""Pictures: decoded and written anew, so that only what can be seen is kept. Pure."""

import io
import struct
from typing import Any, BinaryIO

from gantang.files.errors import BrokenFileError, TooManyPixelsError
from gantang.files.types import Kind, Limits

IMAGES = {"jpeg": ("image/jpeg", "jpg"), "png": ("image/png", "png"), "webp": ("image/webp", "webp")}
#: The long side of a picture on paper, in pixels: 200 to an inch over the width of the text.
PRINTED = 1240
#: What a decoder may raise over a damaged picture.
_DAMAGED = (OSError, EOFError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, struct.error)


def image(source: BinaryIO, target: BinaryIO, kind: str, limits: Limits) -> Kind:
    """A picture without anything beside it. Errors: TooManyPixelsError, BrokenFileError."""
    from PIL import Image

    try:
        with Image.open(source, formats=[kind.upper()]) as opened:
            _fits(opened, limits)
            plain = _plain(opened)
        width, height = plain.size
        target.write(_written(plain, kind))
    except Image.DecompressionBombError as error:
        raise TooManyPixelsError(details={"limit_mp": limits.pixels // 1_000_000}) from error
    except _DAMAGED as error:
        raise BrokenFileError(details={"type": kind}) from error
    return Kind(*IMAGES[kind], stripped=True, width=width, height=height)


def _fits(opened: Any, limits: Limits) -> None:
    """Refuse by what the header says, before anything is decoded: all frames together count."""
    frames = getattr(opened, "n_frames", 1)
    if opened.width * opened.height * frames > limits.pixels:
        raise TooManyPixelsError(details={"limit_mp": limits.pixels // 1_000_000})


def _plain(opened: Any) -> Any:
    """The first frame, upright, as a picture of its own that has nothing of the old one's remarks."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(opened)
    plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    plain.info.clear()
    return plain


def _written(plain: Any, kind: str) -> bytes:
    target = io.BytesIO()
    if kind == "jpeg":
        plain.convert("RGB").save(target, "JPEG", quality=88, optimize=True, progressive=True)
    elif kind == "png":
        plain.save(target, "PNG", optimize=False)
    else:
        plain.save(target, "WEBP", quality=86)
    return target.getvalue()


def for_print(data: bytes) -> bytes:
    """A picture that ``clean`` made, as a JPEG no larger than a page can show. Errors: BrokenFileError."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.thumbnail((PRINTED, PRINTED * 2))
            return _written(_on_white(opened), "jpeg")
    except _DAMAGED as error:
        raise BrokenFileError(details={"type": "image"}) from error


def _on_white(opened: Any) -> Any:
    """Without transparency, which paper does not have."""
    from PIL import Image

    shown = opened.convert("RGBA")
    white = Image.new("RGBA", shown.size, "white")
    flat = Image.alpha_composite(white, shown).convert("RGB")
    flat.info.clear()
    return flat


def without_exif(data: bytes) -> bytes:
    """JPEG data whose segments of EXIF and XMP hold zeros, at their old length: for pictures inside other
    files."""
    changed, place = bytearray(data), 0
    while (place := changed.find(b"\xff\xe1", place)) >= 0:
        length = int.from_bytes(changed[place + 2 : place + 4], "big")
        if changed.startswith((b"Exif\x00", b"http://ns.adobe.com/"), place + 4):
            end = min(place + 2 + length, len(changed))
            changed[place + 4 : end] = bytes(end - place - 4)
        place += 4
    return bytes(changed)
