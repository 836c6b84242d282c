"""The mission's page: every system has a row, and each page that a row names shows what the sample's acts made.

A row that comes later stands in ``LATER`` and says "not there yet" on the page; when it is there, its page goes into
the row of ``docs/mission.md`` and what is seen there into ``SEEN``.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from gantang.kit.actor import Actor
from gantang.kit.clock import now
from gantang.ledger import service as ledger
from gantang.matters import queries
from gantang.posts import queries as posts
from gantang.sample import fund, people, reach, requests, service, stability, staffing
from gantang.sample.plan import MARK
from tests.docs.pages import DOCS, PACKAGE

pytestmark = pytest.mark.slow
ROW = re.compile(r"^\| (M\d+) \|")
PLACE = re.compile(r"`(/[^`]+)` (?:as `([^`]+)`|(without an account))")
LISTED = re.compile(r'<tr data-number="([^"]+)"(.*?)</tr>', re.S)
NOT_YET = "not there yet"
STATES = ("done", "begun", "planned")
#: Where a cell says which rooms and packs a system lives in.
LIVES, DEMO = 4, 5


@dataclass(frozen=True)
class Row:
    """One system: what the page's cells say."""

    code: str
    cells: tuple[str, ...]

    @property
    def places(self) -> list[tuple[str, str]]:
        """Addresses in the demo, each with the account to sign in as; none for a page that is open to all."""
        return [(address, account) for address, account, _open in PLACE.findall(self.cells[DEMO])]


@dataclass(frozen=True)
class Matter:
    """A matter in a list: its procedure and a piece of its gist."""

    procedure: str
    words: str = MARK


@dataclass(frozen=True)
class Thing:
    """Something else on a page: what is read there (a pattern where it has a backslash), and the step that the
    stories wrote when they made it; none for units, posts and grids, which stand before the stories begin
    (``test_sample`` looks at their chains), and none for what is kept sealed."""

    read: str
    step: str = ""


@dataclass(frozen=True)
class Told:
    """The sample's stories, told: the names of all steps they wrote on the ledger."""

    steps: frozenset[str]


#: What is seen at each place of a row, in the page's order.
SEEN: dict[str, tuple[Matter | Thing, ...]] = {
    "M1": (
        Thing("都昌县人力资源和社会保障局（示例）"),
        Thing("住房和城乡建设局（示例）"),
    ),
    "M2": (Thing(staffing.TITLE, "change.drafted"), Thing('<span class="code">360428101001001</span>')),
    "M3": (Matter("request", requests.BRICKS[:8]),),
    "M4": (
        Thing("老街路灯改造方案征求意见（示例）", "notice.published"),
        Thing(f"矛盾纠纷滚动排查{MARK}", "campaign.made"),
    ),
    "M5": (Matter("assist", "请镇里先围挡"),),
    "M7": (Matter("standing_group", "平安建设领导小组"),),
    "M8": (Thing(stability.ISSUE["名称"], "catalogue.filled"), Matter("listed", "涉稳突出问题清单")),
    "M9": (Matter("group_task", "两个工地年前结清工资"),),
    "M10": (Matter("accountability", "治安巡防责任"),),
    "M11": (Matter("listed", "7+X清单"),),
    "M12": (Thing(f"矛盾纠纷滚动排查{MARK}", "campaign.opened"), Matter("finding", "排水沟走向")),
    "M13": (Matter("dispute", "院墙占了共用的巷子"),),
    "M14": (Matter("dispute", "宅基地界址说法不一"), Matter("court_track", "法院委派调解")),
    "M15": (Matter("court_track", "移送法院"),),
    "M17": (Matter("decision", "拓宽周溪镇老街"), Matter("risk_gate", "")),
    "M19": (Matter("dispute", "住院以后"), Matter("dispute", "课间相撞")),
    "M20": (Thing("法律明白人（示例）", "course.set"), Thing("2个村报了", "literacy.households_declared")),
    "M21": (Matter("legal_aid", "工地没有签合同"),),
    "M22": (Matter("performance", "货款判决"),),
    "M23": (Thing(reach.EVENTS[0][1], "lecture.held"),),
    "M24": (
        Matter("good_samaritan", "救起落水的孩子"),
        Thing(fund.TITLE.zh, "fund.approved"),
        Thing(f"{fund.TITLE.zh} {now().year - 1}年", "fund.published"),
    ),
    "M25": (
        Matter("deliberation", "池塘边想装一排护栏"),
        Matter("election", "届满换届"),
        Matter("peacemaking", "树枝伸到隔壁"),
    ),
    "M27": (Thing(r"/desk/sealed/[\da-f-]{36}/"), Matter("special_campaign", "重点行业突出问题")),
    "M28": (Matter("patrol_incident", "小木船进水"), Thing(f"巡逻船一号{MARK}", "patrol.shift_out")),
    "M29": (Matter("aftercare", "安置帮教"),),
    "M30": (Matter("counselling", "心理服务"),),
    "M31": (Matter("listed", "软弱涣散村党组织"),),
    "M32": (
        Thing("培训学时不够"),
        Thing(f'"hours": {{"done": {staffing.HOURS},', "training.declared"),
        Thing(f'<td class="num">{reach.HOURS}</td>', "training.declared"),
    ),
    "M33": (Matter("vacancy", "网格员岗位空缺"), Matter("listed_item", stability.STANDARD[0])),
    "M34": (Matter("volunteer_call", "志愿者轮流巡查"), Thing(f"社会治理综合体{MARK}", "place.made")),
    "M35": (Thing(f"巷口{MARK}", "facility.made"), Matter("facility_repair", "护栏断了一截")),
    "M36": (Thing(r'其中城镇</th><td class="num">\d+</td><td class="num">[1-9]', "received"),),
    "M37": (Thing("老化磨损", "caused"),),
}
#: Systems that come later.
LATER = {"M6", "M16", "M18", "M26"}


@cache
def rows() -> list[Row]:
    lines = (DOCS / "mission.md").read_text(encoding="utf-8").splitlines()
    found = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if ROW.match(line)
    ]
    return [Row(cells[0], tuple(cells)) for cells in found]


PAGES = [(row.code, number) for row in rows() for number in range(len(row.places))]


def test_every_system_of_the_mission_has_one_row_in_order() -> None:
    assert [row.code for row in rows()] == [f"M{number}" for number in range(1, 38)]
    assert all(len(row.cells) == 7 and row.cells[3] in STATES for row in rows())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.code)
def test_a_row_names_pages_that_are_looked_at_or_says_that_it_comes_later(row: Row) -> None:
    if row.code in LATER:
        assert row.cells[DEMO] == NOT_YET and row.code not in SEEN
    else:
        assert len(SEEN[row.code]) == len(row.places) > 0
        assert row.cells[3] != "planned" and NOT_YET not in row.cells[DEMO]
    assert {account for _at, account in row.places} <= {*people.PERSONAS, *people.NAMED, ""}, (
        "a sample account that signs in"
    )


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.code)
def test_the_rooms_and_packs_a_row_names_are_there(row: Row) -> None:
    named = re.findall(r"`(\w+)`", row.cells[LIVES])
    assert named or "pack" in row.cells[LIVES]
    assert [one for one in named if not any((PACKAGE / at / one).is_dir() for at in ("", "packs"))] == []


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    """The sample's stories on the small world, told by its own service. Nothing of it stays."""
    from django.db import transaction

    folder: Path = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as watched:
            steps = _watch(watched)
            assert service.make_stories(now=now())
        people.write_sign_ins(folder, actor=service.BUILDER, now=now())
        assert service.make_tip(folder, now=now())
        yield Told(frozenset(steps))
        transaction.set_rollback(True)


def _watch(watched: pytest.MonkeyPatch) -> set[str]:
    """The names of the steps that are written from now on."""
    steps: set[str] = set()
    make = ledger._step

    def noting(actor: Actor, head: Any, name: str, *rest: Any) -> Any:
        steps.add(name)
        return make(actor, head, name, *rest)

    watched.setattr(ledger, "_step", noting)
    return steps


@pytest.mark.parametrize(("code", "number"), PAGES, ids=lambda one: str(one))
def test_the_page_of_a_row_shows_what_the_sample_did(code: str, number: int, demo: Told) -> None:
    row = next(one for one in rows() if one.code == code)
    address, account = row.places[number]
    desk, seen = Client(), SEEN[code][number]
    if account:
        desk.force_login(
            get_user_model().objects.get(username=account),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
    answer = desk.get(address)
    assert answer.status_code == 200
    page = _read(answer)
    if isinstance(seen, Matter):
        _stands(page, seen, account, desk)
    else:
        assert re.search(seen.read, page) if "\\" in seen.read else seen.read in page
        assert not seen.step or seen.step in demo.steps, "no act of a story made it"


def _read(answer: Any) -> str:
    """What stands on a page; what a phone keeps, as it is written here."""
    if "json" in answer["Content-Type"]:
        return json.dumps(answer.json(), ensure_ascii=False)
    return html.unescape(answer.content.decode())


def _stands(page: str, seen: Matter, account: str, desk: Client) -> None:
    """A matter of the procedure is in the list, its own page opens, and its steps are on the ledger."""
    actor = _actor(account)
    numbers = [number for number, line in LISTED.findall(page) if seen.words in line]
    found = [
        one
        for one in (queries.get(actor, number, now=now()) for number in numbers)
        if one.procedure == seen.procedure
    ]
    assert found, f"no {seen.procedure} of these words among {len(numbers)} lines"
    steps = queries.timeline(actor, found[0].id)
    assert [one.seq for one in steps] == list(range(1, len(steps) + 1)) and len(steps) > 1, "made by acts"
    assert desk.get(f"/desk/matters/{found[0].number}/").status_code == 200


def _actor(account: str) -> Actor:
    holder = get_user_model().objects.get(username=account)
    return posts.actor_of(account=holder.pk, post=None, on=now().date())


def test_a_page_without_the_matter_is_found_out(demo: Told) -> None:
    desk = Client()
    desk.force_login(
        get_user_model().objects.get(username="都昌县-负责岗"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    page = _read(desk.get("/desk/?view=all&class=court"))
    with pytest.raises(AssertionError, match="no dispute"):
        _stands(page, Matter("dispute", "移送法院"), "都昌县-负责岗", desk)
