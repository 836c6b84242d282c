"""Clients that write to the real site and keep asking until they are answered; they remember every answer."""

import io
import json
import re
import secrets
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count

from PIL import Image

from gantang.portal import human
from tests.faults.casework import GROUND

_NUMBER = re.compile(r"\b([0-9A-Z]{3})-([0-9A-Z]{3})-([0-9A-Z]{3})\b")
_FIELD = r'name="{}" value="([^"]*)"'
#: A fault of the site, told as one: it may be asked again. Everything else has to be an answer.
_LATER = (0, 503)
#: 503 without the words and the time for it: nobody who gets it knows what to do.
_UNCLEAR = -503
_WORDS = ("正在恢复", "正在启动", "系统暂时不可用", "同一个请求正在处理", "存储空间不足")
_FULL = "存储空间不足"
_OLD = "这一页放得太久了"
_PAUSE = 0.1

_ANONYMOUS = {
    "words": "村口路灯不亮有一个星期了。",
    "class": "facility.lighting",
    "ground": GROUND,
    "channel": "api",
    "reporter": None,
    "anonymous": True,
}
_REPORTER = {"name": "示例", "email": "shili@example.org"}

Send = Callable[[], tuple[int, str]]


@dataclass
class Told:
    """What the clients were told: each write that was begun, and what it was answered with."""

    begun: int = 0
    intakes: dict[str, str] = field(default_factory=dict)  # key: number
    mailed: set[str] = field(default_factory=set)  # numbers of reports that left a mail address
    moves: dict[str, str] = field(default_factory=dict)  # key: number
    by_portal: set[str] = field(default_factory=set)  # numbers
    attached: dict[str, str] = field(default_factory=dict)  # key: number
    wrong: list[tuple[int, str]] = field(default_factory=list)
    answered_at: list[float] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)  # writes on their way just now
    again: set[str] = field(default_factory=set)  # writes that were sent more than once
    refused: int = 0  # answers "not now"
    without_room: int = 0  # those of them that said that no attachment is taken

    @property
    def acknowledged(self) -> int:
        return len(self.intakes) + len(self.moves) + len(self.by_portal) + len(self.attached)


class Clients:
    """Programs at the API and residents at the portal, each in a thread, until the block ends."""

    def __init__(
        self, port: int, token: str, told: Told, *, programs: int = 20, residents: int = 4, pictures: int = 0
    ) -> None:
        self._site, self._token, self.told = f"http://127.0.0.1:{port}", token, told
        self._stop, self._lock = threading.Event(), threading.Lock()
        self._threads = [threading.Thread(target=self._work, args=(self._report,)) for _ in range(programs)]
        self._threads += [threading.Thread(target=self._work, args=(self._visit,)) for _ in range(residents)]
        self._threads += [threading.Thread(target=self._work, args=(self._attach,)) for _ in range(pictures)]

    def __enter__(self) -> "Clients":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """No write is left without its answer."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _work(self, once: Callable[[], None]) -> None:
        while not self._stop.is_set():
            once()

    def _report(self) -> None:
        """A program takes a report in and passes it on."""
        mail = secrets.randbelow(2) == 0
        body = {**_ANONYMOUS, "reporter": _REPORTER, "anonymous": False} if mail else _ANONYMOUS
        number = self._answered("intake", lambda key: self._post("/matters", body, key), 201)
        if number is None:
            return
        key, given = number
        with self._lock:
            self.told.intakes[key] = _plain(json.loads(given)["number"])
            if mail:
                self.told.mailed.add(self.told.intakes[key])
        move = {"move": "pass_on", "answers": {"note": "请核实。"}}
        path = f"/matters/{self.told.intakes[key]}/moves"
        if moved := self._answered("move", lambda key: self._post(path, move, key), 200):
            with self._lock:
                self.told.moves[moved[0]] = self.told.intakes[key]

    def _visit(self) -> None:
        """A resident opens the form and sends it; the form's own token makes it count once."""
        opened = self._asked("form", lambda: self._fetch("/report/"), 200)
        if opened is None:
            return
        values = {name: _hidden(opened, name) for name in ("csrfmiddlewaretoken", "token")}
        place = {f"at{digits}": GROUND[:digits] for digits in (4, 6, 9, 12, 15)}
        body = {**values, **place, "words": "垃圾没有人收。", "tell": "code"}
        body["found"] = proof_of(values["token"])
        cookie = f"csrftoken={self._cookie.value}"
        sent = self._answered("portal", lambda _: self._hand_in(body, cookie), 200)
        if sent is not None:
            with self._lock:
                self.told.by_portal.add(number_in(sent[1]))

    def _hand_in(self, body: dict[str, str], cookie: str) -> tuple[int, str]:
        """Send the form; a page of the former version is asked for once more, with the token it was given anew."""
        status, text = self._fetch("/report/", body, cookie)
        if status == 422 and _OLD in text:
            body["token"] = _hidden(text, "token")
            body["found"] = proof_of(body["token"])
            return self._fetch("/report/", body, cookie)
        return status, text

    def _attach(self) -> None:
        """A program sends a picture after a report; each picture is another one."""
        with self._lock:
            number = next(reversed(self.told.intakes.values()), None)
        if number is None:
            time.sleep(_PAUSE)
            return
        edge = secrets.token_hex(16)
        body = _form(edge, _picture())
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        path = f"/api/v1/matters/{number}/attachments"
        sent = self._answered(
            "picture", lambda key: self._sent(path, body, {**self._headers(key), **headers})[:2], 201
        )
        if sent is not None:
            with self._lock:
                self.told.attached[sent[0]] = number

    def _answered(
        self, kind: str, send: Callable[[str], tuple[int, str]], good: int
    ) -> tuple[str, str] | None:
        """Send a write again and again under one key until it is answered; (key, answer) when it was good."""
        key = f"{kind}-{secrets.token_hex(8)}"
        with self._lock:
            self.told.begun += 1
            self.told.waiting.add(key)
        found = self._asked(key, lambda: send(key), good)
        with self._lock:
            self.told.waiting.discard(key)
            self.told.answered_at.append(time.monotonic())
        return None if found is None else (key, found)

    def _asked(self, key: str, send: Send, good: int) -> str | None:
        status, text = send()
        while status in _LATER:
            with self._lock:
                self.told.again.add(key)
                self.told.refused += status == 503
                self.told.without_room += _FULL in text
            time.sleep(_PAUSE)
            status, text = send()
        if status != good:
            with self._lock:
                self.told.wrong.append((status, text[:2000]))
            return None
        return text

    def send(self, key: str) -> HTTPConnection:
        """Send a report; whoever closes the connection now never reads its answer."""
        with self._lock:
            self.told.begun += 1
            self.told.again.add(key)
        link = HTTPConnection(self._site.removeprefix("http://"), timeout=40)
        link.request("POST", "/api/v1/matters", json.dumps(_ANONYMOUS), self._headers(key))
        return link

    def come_back(self, key: str) -> str:
        """Send the same report again until it is answered; the answer."""
        answer = self._asked(key, lambda: self._post("/matters", _ANONYMOUS, key), 201)
        assert answer is not None, self.told.wrong
        with self._lock:
            self.told.intakes[key] = _plain(json.loads(answer)["number"])
        return answer

    def _headers(self, key: str) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "If-Match": "*",
        }

    def _post(self, path: str, body: object, key: str) -> tuple[int, str]:
        return self._sent(f"/api/v1{path}", json.dumps(body).encode(), self._headers(key))[:2]

    def _fetch(self, path: str, form: dict[str, str] | None = None, cookie: str = "") -> tuple[int, str]:
        data = urllib.parse.urlencode(form).encode() if form else None
        status, text, given = self._sent(path, data, {"Cookie": cookie} if cookie else {})
        if found := re.search(r"csrftoken=([^;]+)", given):
            self._cookie.value = found[1]
        return status, text

    _cookie = threading.local()

    def _sent(self, path: str, data: bytes | None, headers: dict[str, str]) -> tuple[int, str, str]:
        request = urllib.request.Request(self._site + path, data=data, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=40) as answer:
                return answer.status, answer.read().decode(), answer.headers.get("Set-Cookie", "")
        except urllib.error.HTTPError as error:
            text = _unescaped(error.read().decode(errors="replace"))
            return (error.code if _is_clear(error, text) else _UNCLEAR), text, ""
        except (OSError, HTTPException):  # nobody there, or the answer was cut short
            return 0, "", ""


def _unescaped(text: str) -> str:
    """What a program reads out of it, where it is JSON."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text


def _is_clear(error: urllib.error.HTTPError, text: str) -> bool:
    """Whoever is told "not now" is told why, and when to come again."""
    words = any(word in text for word in _WORDS)
    return error.code != 503 or (words and error.headers.get("Retry-After", "").isdigit())


def number_in(page: str) -> str:
    """The first matter's number that a page shows."""
    return "".join(_NUMBER.findall(page)[0])


def proof_of(token: str) -> str:
    """The number that a browser finds while one is writing."""
    return next(n for n in map(str, count()) if human.is_found(token, n))


def _plain(number: str) -> str:
    return number.replace("-", "")


def _picture() -> bytes:
    """A small picture that nobody has seen."""
    made = io.BytesIO()
    Image.frombytes("RGB", (32, 32), secrets.token_bytes(32 * 32 * 3)).save(made, "PNG")
    return made.getvalue()


def _form(edge: str, data: bytes) -> bytes:
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    return head.encode() + data + f"\r\n--{edge}--\r\n".encode()


def _hidden(page: str, name: str) -> str:
    found = re.search(_FIELD.format(name), page)
    assert found is not None, name
    return found[1]
