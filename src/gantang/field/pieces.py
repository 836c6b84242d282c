"""Photos and recordings in pieces. A piece that has arrived is answered with a signed receipt that names
it; the item brings the receipts. So the server keeps no list, and a piece that is sent twice counts once."""

import re
from collections.abc import Sequence
from typing import Any, BinaryIO, cast

from django.core import signing
from django.utils.translation import gettext_lazy as _

from gantang.field.errors import ItemUnfitError, PiecesMissingError, PieceTooLargeError
from gantang.files import service as files
from gantang.files.errors import MissingFileError
from gantang.kit.actor import Actor

_UPLOAD = re.compile(r"[0-9a-f]{32}")
SALT = "gantang.field.piece"
#: A file has at most so many pieces.
MOST = 64


def take(actor: Actor, upload: str, n: int, data: bytes) -> str:
    """Store a piece; its receipt. Errors: PieceTooLargeError, NoRoomError, StoreAwayError."""
    if not _UPLOAD.fullmatch(upload):
        raise ItemUnfitError
    if not data or len(data) > files.WAITING_MOST or n >= MOST:
        raise PieceTooLargeError
    name = files.keep_waiting(_place(actor, upload), n, data)
    return signing.dumps([actor.account, upload, n, name], salt=SALT)


def whole(actor: Actor, upload: str, receipts: Sequence[str]) -> BinaryIO:
    """A file put together from its receipts. Errors: ItemUnfitError for receipts that are not these,
    PiecesMissingError."""
    names = [_name(actor, upload, n, receipt) for n, receipt in enumerate(receipts)]
    try:
        return cast("BinaryIO", files.joined(_place(actor, upload), names))
    except MissingFileError as error:
        raise PiecesMissingError from error


def _name(actor: Actor, upload: str, n: int, receipt: str) -> str:
    try:
        told: Any = signing.loads(receipt, salt=SALT)
    except signing.BadSignature as error:
        raise PiecesMissingError from error
    if told[:3] != [actor.account, upload, n]:
        raise ItemUnfitError(details={"fields": [{"field": "files", "sentence": str(_NOT_THESE)}]})
    return str(told[3])


_NOT_THESE = _("照片或录音的回执不对。")


def _place(actor: Actor, upload: str) -> str:
    return f"{actor.account}/{upload}"
