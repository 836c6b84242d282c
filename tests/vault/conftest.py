"""A matter's worth of people and words, kept as an intake keeps them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

CITY = 3604
PERSON = {"name": "王秀英", "phone": "139 7937 7715", "id_number": "11010519491231002X"}
WORDS = "我家门口的路灯坏了三天，老人走路不安全。"


@dataclass(frozen=True)
class Case:
    """A matter with one reporter and their words in the vault."""

    matter: UUID
    person: UUID
    words: UUID
    person_hash: str
    words_hash: str


@pytest.fixture
def now() -> datetime:
    from gantang.kit import clock

    return clock.now()


@pytest.fixture
def make_case(now: datetime) -> Callable[..., Case]:
    from gantang.kit import keys
    from gantang.kit.actor import SYSTEM
    from gantang.kit.work import work
    from gantang.vault import service

    def make(person: Any = None, city: int = CITY, purpose: str = "casework") -> Case:
        matter = keys.mint(city, now)
        common = {
            "city": city, "matter": matter, "purpose": purpose, "party": 0, "is_new": True, "now": now,
        }  # fmt: skip
        with work(SYSTEM, ids=[matter]) as w:
            who = service.keep(w, kind="person", plain=person or PERSON, **common)
            what = service.keep(w, kind="words", plain=WORDS, **common)
        return Case(matter, who.id, what.id, who.hash, what.hash)

    return make


@pytest.fixture
def case(make_case: Callable[..., Case]) -> Case:
    return make_case()
