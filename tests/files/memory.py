"""Run beside us: an upload of so many megabytes comes in, is cleaned, sealed, stored, opened and handed out.

Prints how many kilobytes the peak of the process's memory (VmHWM) grew by that.
"""

import io
import sys
from pathlib import Path
from typing import Any


class Form(io.RawIOBase):
    """A form with one film of that size, made as it is read."""

    def __init__(self, size: int) -> None:
        super().__init__()
        from tests.files.made import box

        head = box(b"ftyp", b"isom" + bytes(8)) + box(b"moov", b"")
        frame = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        data = (8 + size).to_bytes(4, "big") + b"mdat"
        self.parts = [frame + head + data, *[bytes(1_000_000)] * (size // 1_000_000), b"\r\n--b--\r\n"]
        self.length = sum(len(one) for one in self.parts)
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        while self.parts and len(self._left) < size:
            self._left += self.parts.pop(0)
        given, self._left = self._left[:size], self._left[size:]
        return given


def peak() -> int:
    """Kilobytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1])


def request_of(form: Form) -> Any:
    """The request that brings a form."""
    from django.core.handlers.wsgi import WSGIRequest

    return WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": "multipart/form-data; boundary=b",
            "CONTENT_LENGTH": str(form.length),
            "wsgi.input": form,
            "SERVER_NAME": "x",
            "SERVER_PORT": "80",
        }
    )


def through(size: int) -> None:
    """The whole way of one upload."""
    from gantang.faces.serving import served
    from gantang.files import queries, service
    from gantang.kit.pieces import Opened, seal, sealed_size

    request = request_of(Form(size))
    cleaned = service.clean(request.FILES["file"])
    assert cleaned.mime == "video/mp4" and cleaned.content.size > size
    key, place = bytes(32), b"here"
    sealed = seal(key, cleaned.content.pieces(), place)
    name = service.store_pieces(sealed, size=sealed_size(cleaned.content.size))
    answer: Any = served(request, Opened(key, queries.opened(name), place), media="video/mp4", name="a")
    assert sum(len(piece) for piece in answer.streaming_content) == cleaned.content.size


if __name__ == "__main__":
    import django

    django.setup()
    through(1_000_000)  # whatever is loaded late is loaded now
    before = peak()
    through(int(sys.argv[1]) * 1_000_000)
    sys.stdout.write(f"{peak() - before}\n")
