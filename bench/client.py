"""What the load generator itself can do: requests against another process that answers at once."""

import multiprocessing
import socket
import threading
from typing import Any

from bench import load
from bench.server import CLIENTS

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


def measure(*, seconds: float) -> dict[str, Any]:
    """Requests a second by the same clients, with nothing behind the socket."""
    ready: Any = multiprocessing.Queue()
    server = multiprocessing.Process(target=_serve, args=(ready,), daemon=True)
    server.start()
    port = ready.get(timeout=20)
    given = load.request("POST", "/", port=port, body=b"x" * 400)
    found = load.run(
        lambda client: (given for _ in range(10**9)), port=port, clients=CLIENTS, seconds=seconds
    )
    server.kill()
    print(f"  the load generator alone: {found.rate:,.0f}/s", flush=True)
    return {"rate": found.rate}


def _serve(ready: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        ready.put(door.getsockname()[1])
        while True:
            line, _ = door.accept()
            threading.Thread(target=_answer, args=(line,), daemon=True).start()


def _answer(line: socket.socket) -> None:
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while line.recv(1 << 16):
        line.sendall(_ANSWER)
