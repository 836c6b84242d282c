"""A bucket of an S3-compatible store, asked over HTTP and signed by ourselves (Signature Version 4).

Five requests are all that is needed (put, get, head, delete, list), so no client library is carried along.
Addresses are in path style: ``https://host/bucket/prefix/name``.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlsplit

from django.conf import settings
from urllib3 import BaseHTTPResponse, PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError

from gantang.files.errors import MissingFileError, StoreAwayError
from gantang.files.store import checked
from gantang.kit import clock
from gantang.kit.pieces import PIECE, Content

_EMPTY = hashlib.sha256(b"").hexdigest()
_KEY = re.compile(r"<Key>([^<]+)</Key>")
_MORE = re.compile(r"<NextContinuationToken>([^<]+)</NextContinuationToken>")
_CONNECT, _READ = 5.0, 60.0


class Bucket:
    """The store of ``files.store.Store`` in a bucket. Errors: StoreAwayError where it does not answer."""

    def __init__(self, address: str, *, region: str, key: str, secret: str) -> None:
        self._place = urlsplit(address)
        _, self._name, *deeper = self._place.path.split("/")
        self._prefix = "".join(f"{one}/" for one in deeper)
        self._region, self._key, self._secret = region, key, secret
        self._pool = PoolManager(
            timeout=Timeout(connect=_CONNECT, read=_READ), retries=Retry(2, redirect=0, backoff_factor=0.2)
        )

    def put(self, name: str, draft: Path) -> None:
        """Send the draft. What is there is sent again, and so becomes young."""
        with draft.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            size = {"Content-Length": str(draft.stat().st_size)}
            with self._asked("PUT", name, digest=digest, more=size, body=file):
                pass

    def open(self, name: str) -> Content:
        """Read over HTTP, in ranges."""
        with self._asked("HEAD", name) as answer:
            return _Far(self, name, int(answer.headers["Content-Length"]))

    def exists(self, name: str) -> bool:
        """Ask for its head."""
        try:
            with self._asked("HEAD", name):
                return True
        except MissingFileError:
            return False

    def remove(self, name: str, *, before: float | None = None) -> bool:
        """Delete it; with ``before`` only if it was put earlier."""
        try:
            with self._asked("HEAD", name) as answer:
                at = parsedate_to_datetime(answer.headers["Last-Modified"])
            if before is not None and at.timestamp() >= before:
                return False
            with self._asked("DELETE", name):
                return True
        except MissingFileError:
            return False

    def names(self) -> Iterator[str]:
        """Every name below the prefix, a thousand at a time."""
        more: str | None = ""
        while more is not None:
            query = {"list-type": "2", "prefix": self._prefix}
            query |= {"continuation-token": more} if more else {}
            with self._asked("GET", "", query=query) as answer:
                text = answer.read().decode()
            yield from (one.removeprefix(self._prefix) for one in _KEY.findall(text))
            found = _MORE.search(text)
            more = found[1].replace("&amp;", "&") if found else None

    def read(self, name: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes of a name from ``start`` to ``end``."""
        with self._asked("GET", name, more={"Range": f"bytes={start}-{end - 1}"}) as answer:
            try:
                yield from answer.stream(PIECE)
            except HTTPError as error:
                raise StoreAwayError from error

    @contextmanager
    def _asked(
        self,
        method: str,
        name: str,
        *,
        digest: str = _EMPTY,
        query: Mapping[str, str] | None = None,
        more: Mapping[str, str] | None = None,
        body: IO[bytes] | None = None,
    ) -> Iterator[BaseHTTPResponse]:
        path = f"/{self._name}" + (f"/{self._prefix}{checked(name)}" if name else "")
        asked = "&".join(f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in sorted((query or {}).items()))
        heads = {**(more or {}), **self._signed(method, path, asked, digest)}
        url = f"{self._place.scheme}://{self._place.netloc}{path}" + (f"?{asked}" if asked else "")
        try:
            answer = self._pool.request(
                method,
                url,
                headers=heads,
                body=body,
                preload_content=False,
                redirect=False,
            )
        except HTTPError as error:
            raise StoreAwayError from error
        try:
            if answer.status == 404 and name:
                raise MissingFileError
            if answer.status >= 300:
                raise StoreAwayError(details={"status": answer.status})
            yield answer
        finally:
            answer.close()  # one that was read to its end has given its connection back already

    def _signed(self, method: str, path: str, query: str, digest: str) -> dict[str, str]:
        """The three headers of a signed request."""
        at = f"{clock.now().astimezone(UTC):%Y%m%dT%H%M%SZ}"
        signed = {"host": self._place.netloc, "x-amz-content-sha256": digest, "x-amz-date": at}
        names = ";".join(signed)
        lines = "".join(f"{name}:{value}\n" for name, value in signed.items())
        request = "\n".join([method, path, query, lines, names, digest])
        place = f"{at[:8]}/{self._region}/s3/aws4_request"
        hashed = hashlib.sha256(request.encode()).hexdigest()
        key = f"AWS4{self._secret}".encode()
        for part in place.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        text = "\n".join(["AWS4-HMAC-SHA256", at, place, hashed])
        seal = hmac.digest(key, text.encode(), "sha256").hex()
        told = f"AWS4-HMAC-SHA256 Credential={self._key}/{place}, SignedHeaders={names}, Signature={seal}"
        return {"x-amz-content-sha256": digest, "x-amz-date": at, "Authorization": told}


class _Far:
    """A stored content that is read over HTTP."""

    def __init__(self, bucket: Bucket, name: str, size: int) -> None:
        self._bucket, self._name, self.size = bucket, name, size

    def pieces(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Those from ``start`` to ``end``."""
        end = self.size if end is None else min(end, self.size)
        return self._bucket.read(self._name, start, end) if start < end else iter(())


def bucket() -> Bucket:
    """The bucket that the options name, with connections that are kept."""
    return _bucket(
        str(settings.GANTANG_S3_URL),
        settings.GANTANG_S3_REGION,
        settings.GANTANG_S3_ACCESS_KEY,
        settings.GANTANG_S3_SECRET_KEY,
    )


@lru_cache(maxsize=8)
def _bucket(address: str, region: str, key: str, secret: str) -> Bucket:
    return Bucket(address, region=region, key=key, secret=secret)
