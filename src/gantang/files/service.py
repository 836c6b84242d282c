"""The only way to put bytes away and to take them out again."""

import io
import os
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings

from gantang.files import rules, waiting
from gantang.files import store as places
from gantang.files.binding import bind
from gantang.files.errors import NoRoomError, TooLargeError, TooManyFilesError
from gantang.files.full import told_full
from gantang.files.leaves import leaf
from gantang.files.rendering import own_template, pictures, render
from gantang.files.rules import for_print
from gantang.files.scanning import scan
from gantang.files.spool import Spool
from gantang.files.types import Cleaned, Limits
from gantang.host import disk
from gantang.kit import crypto
from gantang.kit.pieces import sealed_size

__all__ = [
    "WAITING_MOST",
    "bind",
    "check_count",
    "check_size",
    "clean",
    "for_print",
    "joined",
    "keep_waiting",
    "leaf",
    "own_template",
    "pictures",
    "remove",
    "render",
    "store",
    "store_pieces",
    "sweep",
    "taken",
]

WAITING_MOST = waiting.MOST
joined = waiting.whole

#: Beside the stored files, on their disk.
DRAFTS = "spool"


#: Names that are looked at together.
_LOOKED_AT = 500


def check_size(size: int) -> None:
    """Refuse an upload by its size, before its bytes are read. Errors: TooLargeError."""
    limit: int = settings.GANTANG_MAX_ATTACHMENT_BYTES
    if size > limit:
        raise TooLargeError(details={"limit_mb": limit // 1_000_000})


def check_count(there: int) -> None:
    """Refuse one attachment more on a matter that has so many. Errors: TooManyFilesError."""
    if there >= settings.GANTANG_MAX_ATTACHMENTS:
        raise TooManyFilesError(details={"limit": settings.GANTANG_MAX_ATTACHMENTS})


def clean(upload: bytes | BinaryIO) -> Cleaned:
    """An upload made fit to keep: its real type by content, and its bytes without what they tell about their
    maker (``rules.clean``), once the virus scanner, where there is one, found nothing in it. Errors:
    TooLargeError, UnfitFileError and those below it, ScannerAwayError."""
    source = io.BytesIO(upload) if isinstance(upload, bytes) else upload
    check_size(source.seek(0, io.SEEK_END))
    scan(source, settings.GANTANG_SCANNER, is_needed=settings.GANTANG_SCANNER_NEEDED)
    kept = Spool()
    kind = rules.clean(source, cast("BinaryIO", kept), limits())
    return Cleaned(kind, kept)


def taken(upload: bytes | BinaryIO) -> str:
    """When and where a picture says it was taken, of an upload that was found fit; "" for what tells neither
    (``rules.taken``)."""
    return rules.taken(io.BytesIO(upload) if isinstance(upload, bytes) else upload)


def limits() -> Limits:
    """The limits in force."""
    return Limits(
        pixels=settings.GANTANG_MAX_IMAGE_PIXELS,
        unpacked=settings.GANTANG_MAX_UNPACKED_BYTES,
        pages=settings.GANTANG_MAX_PDF_PAGES,
    )


def store(data: bytes) -> str:
    """``store_pieces`` of bytes in the memory. Errors: TooLargeError, NoRoomError, StoreAwayError."""
    return store_pieces([data], size=len(data))


def store_pieces(pieces: Iterable[bytes], *, size: int) -> str:
    """Put ``size`` opaque bytes away, durably, and return their name; the same bytes twice are kept once.

    Returns only after they are on the disk, or the bucket has said so. Errors: TooLargeError, NoRoomError,
    StoreAwayError.
    """
    check_size(size - sealed_size(0) - size // 4096)
    with told_full(), _draft(size) as draft:
        name = _written(draft, pieces, size)
        places.store().put(name, draft)
    return name


def keep_waiting(place: str, n: int, data: bytes) -> str:
    """Store a piece of an upload sealed for its place, referred to by nothing; its name. Errors: as of
    ``store_pieces``."""
    sealed, size = waiting.sealed(place, n, data)
    return store_pieces(sealed, size=size)


@contextmanager
def _draft(size: int) -> Iterator[Path]:
    """A place beside the stored files, gone at the end."""
    folder = places.root() / DRAFTS
    places.make_folders(folder)
    if disk.free_bytes(folder) < disk.LOW_BYTES + size:
        raise NoRoomError
    draft = folder / f"{os.getpid()}.{secrets.token_hex(8)}.part"
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _written(draft: Path, pieces: Iterable[bytes], size: int) -> str:
    """Write the pieces to the disk; their name."""
    mac = crypto.Mac("files", size=size)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for piece in pieces:
            mac.update(piece)
            file.write(piece)
        if file.tell() != size:
            raise ValueError("not as many bytes as were told")
        file.flush()
        os.fsync(file.fileno())
    return mac.value().hex()


def remove(names: Iterable[str]) -> int:
    """Take bytes away that are no longer referred to; those already gone do not count. Errors:
    StoreAwayError."""
    return sum(any(one.remove(name) for one in places.stores()) for name in names)


def sweep(
    *,
    used: Callable[[list[str]], Collection[str]],
    older_than: timedelta = timedelta(days=2),
    now: datetime,
) -> int:
    """Remove what no row refers to: ``used`` says which of some names one does. Returns how many went.

    Young files stay, because a file is stored before the act that refers to it commits; so do files of
    another key. Drafts that a crash left go as well. Errors: StoreAwayError.
    """
    before = (now - older_than).timestamp()
    for draft in (places.root() / DRAFTS).glob("*.part"):
        if draft.stat().st_mtime < before:
            draft.unlink(missing_ok=True)
    gone = 0
    for one in places.stores():
        names = one.names()
        while some := list(islice(names, _LOOKED_AT)):
            orphans = set(some).difference(used(some))
            gone += sum(one.remove(name, before=before) for name in orphans)
    return gone
