"""How an upload comes in: past the memory, into a spool, never readable on the disk."""

import io
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from gantang.files.errors import NoRoomError
from gantang.files.spool import Spool


class Spooling(FileUploadHandler):
    """Every file of a form into a spool. Of one beyond the limit no more is kept than shows that it is."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin."""
        super().new_file(*args, **kwargs)
        self._spool: io.RawIOBase = self._begun()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece."""
        if isinstance(self._spool, Spool) and self._spool.size <= settings.GANTANG_MAX_ATTACHMENT_BYTES:
            try:
                self._spool.write(raw_data)
            except NoRoomError as error:
                self._spool = _Refused(error)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        """The file, from its beginning."""
        if isinstance(self._spool, Spool):
            self._spool.seek(0)
        return UploadedFile(
            file=cast("IO[Any]", self._spool),
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    @staticmethod
    def _begun() -> io.RawIOBase:
        try:
            return Spool()
        except NoRoomError as error:
            return _Refused(error)


class _Refused(io.RawIOBase):
    """Stands for a file there was no room for: the form arrives, and whoever reads the file is told."""

    def __init__(self, error: NoRoomError) -> None:
        super().__init__()
        self._error = error

    def readable(self) -> bool:
        """It is asked like a file."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Never."""
        raise self._error

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Never."""
        raise self._error
