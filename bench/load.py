"""A small HTTP load generator: threads with a kept connection each, on loopback only, bounded in count and
time.

It is written on bare sockets, so that a request costs it some 40 µs: ``python -m bench load`` shows what it
reaches with nothing behind the socket.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import quantiles

Request = bytes
LONGEST_WAIT = 30.0


@dataclass
class Result:
    """What came of a run: seconds of each answer, statuses counted, bodies if kept, seconds of it all."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    bodies: list[bytes] = field(default_factory=list)
    elapsed: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0

    def percentile(self, which: int) -> float:
        """Milliseconds."""
        cuts = quantiles(self.seconds, n=100) if len(self.seconds) > 1 else [self.seconds[0]] * 99
        return cuts[which - 1] * 1000

    @property
    def failed(self) -> int:
        """Answers that were no success."""
        return sum(count for status, count in self.statuses.items() if status >= 300)


def request(
    method: str, path: str, *, port: int, headers: dict[str, str] | None = None, body: bytes = b""
) -> Request:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Connection:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self._place = ("127.0.0.1", port)
        self._open()

    def _open(self) -> None:
        self._link = socket.create_connection(self._place, timeout=LONGEST_WAIT)
        self._link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._left = b""

    def ask(self, given: Request) -> tuple[int, bytes]:
        """Send a request; status and body. A connection the server closed is opened again."""
        self._link.sendall(given)
        head, _, rest = self._until(b"\r\n\r\n")
        status = int(head[9:12])
        fields = head.lower()
        if b"content-length:" in fields:
            length = int(fields.split(b"content-length:")[1].split(b"\r\n")[0])
            body, self._left = self._exactly(rest, length)
        elif b"transfer-encoding: chunked" in fields:
            body, self._left = self._chunks(rest)
        else:
            body, self._left = b"", rest
        if b"connection: close" in fields:
            self._link.close()
            self._open()
        return status, body

    def _more(self) -> bytes:
        found = self._link.recv(1 << 16)
        if not found:
            raise ConnectionError("the server closed the connection")
        return found

    def _until(self, mark: bytes) -> tuple[bytes, bytes, bytes]:
        while mark not in self._left:
            self._left += self._more()
        return self._left.partition(mark)

    def _exactly(self, have: bytes, length: int) -> tuple[bytes, bytes]:
        parts, size = [have], len(have)
        while size < length:
            parts.append(self._more())
            size += len(parts[-1])
        whole = b"".join(parts)
        return whole[:length], whole[length:]

    def _chunks(self, have: bytes) -> tuple[bytes, bytes]:
        self._left, body = have, b""
        while True:
            size, _, rest = self._until(b"\r\n")
            chunk, self._left = self._exactly(rest, int(size, 16) + 2)
            if len(chunk) == 2:
                return body, self._left
            body += chunk[:-2]

    def close(self) -> None:
        """Close it."""
        self._link.close()


def run(
    makes: Callable[[int], Iterator[Request]], *, port: int, clients: int, seconds: float, keep: bool = False
) -> Result:
    """Each client sends its requests one after the other until they or the seconds are used up.

    ``makes(client)`` gives a client's requests; ``keep`` keeps the bodies of the answers.
    """
    result, lock = Result(), threading.Lock()
    gate = threading.Barrier(clients + 1)

    def client(number: int) -> None:
        line = Connection(port)
        own: list[float] = []
        seen: dict[int, int] = {}
        bodies: list[bytes] = []
        gate.wait()
        end = time.perf_counter() + seconds
        for given in makes(number):
            begun = time.perf_counter()
            if begun > end:
                break
            status, body = line.ask(given)
            own.append(time.perf_counter() - begun)
            seen[status] = seen.get(status, 0) + 1
            if keep:
                bodies.append(body)
        line.close()
        with lock:
            result.seconds += own
            result.bodies += bodies
            for status, count in seen.items():
                result.statuses[status] = result.statuses.get(status, 0) + count

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for each in threads:
        each.start()
    gate.wait()
    begun = time.perf_counter()
    for each in threads:
        each.join()
    result.elapsed = time.perf_counter() - begun
    return result
