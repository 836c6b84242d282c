"""People with a form before them: it was opened, it is filled in and sent while nobody can take it, and sent again
from the very page that said so."""

import html
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field

from tests.faults.bench import until
from tests.faults.casework import GROUND
from tests.faults.clients import number_in, proof_of

_FIELD = re.compile(r'<input[^>]*type="hidden"[^>]*>')
_ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
_AWAY = "正在恢复"
_KEPT = "填写的内容都在"
_LATER = 5


@dataclass
class Person:
    """Somebody at one form of a site; ``wrong`` is what was not as it should be."""

    site: str
    path: str
    answers: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)
    fields: list[tuple[str, str]] = field(default_factory=list)
    number: str = ""
    was_told: bool = False

    def open(self) -> "Person":
        """The form, in good order; what it hides is kept, what is asked is filled in."""
        status, page = self._ask(None)
        assert status == 200, (self.path, status)
        hidden = dict(_hidden(page)) | self.answers
        if "found" in hidden:
            hidden["found"] = proof_of(hidden["token"])
        self.fields = list(hidden.items())
        return self

    def look(self) -> None:
        """Another page is asked for meanwhile."""
        status, page = self._ask(None)
        assert status in (0, 200, 503), (self.path, status)
        assert status != 503 or (_AWAY in page and self.answers["words"] not in page), page[:500]

    def send(self) -> bool:
        """Send what the page before them holds; whether it was taken. Otherwise the page that says "not now" holds
        all of it again, and that is what is sent the next time."""
        status, page = self._ask(self.fields)
        if status == 200:
            self.number = number_in(page)
            return True
        assert status in (0, 503), (self.path, status, page[:2000])
        if _KEPT in page:
            assert sorted(_hidden(page)) == sorted(self.fields), self.path
            self.fields, self.was_told = _hidden(page), True
        return False

    def insist(self) -> None:
        """Until it is taken; then once more, as whoever presses twice, for the same number."""
        until(self.send, 60, f"{self.path} is taken")
        first = self.number
        until(self.send, _LATER, "it is answered again")
        assert self.number == first

    def _ask(self, sent: list[tuple[str, str]] | None) -> tuple[int, str]:
        data = None if sent is None else urllib.parse.urlencode(sent).encode()
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        request = urllib.request.Request(self.site + self.path, data, {"Cookie": cookie})
        try:
            with urllib.request.urlopen(request, timeout=40) as answer:
                for given in answer.headers.get_all("Set-Cookie") or []:
                    name, _, value = given.split(";")[0].partition("=")
                    self.cookies[name] = value
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            assert error.code != 503 or error.headers.get("Retry-After", "").isdigit()
            return error.code, error.read().decode(errors="replace")
        except OSError:
            return 0, ""


def resident(site: str, number: int) -> Person:
    """Somebody reports at the portal."""
    place = {f"at{digits}": GROUND[:digits] for digits in (4, 6, 9, 12, 15)}
    words = f"示例：第{number}个垃圾桶满了。"
    return Person(site, "/report/", {**place, "words": words, "tell": "code"}).open()


def officer(site: str, session: str, number: int) -> Person:
    """Somebody at the desk takes a call."""
    asked = {
        "words": f"示例：来电第{number}个，路灯不亮。",
        "ground": GROUND[:12],
        "channel": "phone",
        "class_code": "facility.lighting",
        "danger": "none",
    }
    Person(site, "/desk/", asked, {"sessionid": session}).look()
    return Person(site, "/desk/intake/", asked, {"sessionid": session}).open()


def _hidden(page: str) -> list[tuple[str, str]]:
    found = [dict(_ATTRIBUTE.findall(one)) for one in _FIELD.findall(page)]
    return [(one["name"], html.unescape(one.get("value", ""))) for one in found if "name" in one]
