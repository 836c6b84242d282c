"""Certificates: anybody can check one, nobody sees a name; they lapse, and are removed by two people."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from django.test import Client

from gantang.catalogue import service as catalogue
from gantang.kit import keys
from gantang.kit.actor import SYSTEM
from gantang.kit.errors import KeyReusedError
from gantang.kit.work import reading
from gantang.learning import errors, queries, service
from gantang.learning.models import Certificate
from gantang.learning.rules import lasting
from gantang.ledger import queries as ledger
from gantang.vault import queries as vault
from gantang.vault.rules import registry
from tests.learning.school import COURSE, NOW, open_course, other_admin, sit

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
NAME = "示例持证人"


def issued(world: "World", course: int, *, name: str = NAME, key: str = "", village: str = "") -> UUID:
    return service.issue(
        actor=world.cast.admin,
        course=course,
        village=village or world.rural_village,
        name=name,
        key=key or uuid4().hex,
        now=NOW,
    )


def code(world: "World", certificate: UUID) -> str:
    return queries.certificate(world.cast.admin, certificate).code


def state(world: "World", certificate: UUID, on: date) -> str:
    return queries.check(code(world, certificate), on=on).state


# --- lasting ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issued_on", "months", "until"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 16), 120, date(2036, 11, 16)),
        (date(2026, 11, 16), None, None),
    ],
)
def test_a_term_of_months_ends_on_the_same_day_or_the_last_of_the_month(
    issued_on: date, months: int | None, until: date | None
):
    assert lasting.lapses(issued_on, months) == until


def test_it_is_in_force_to_the_day_before_it_lapses(world: "World", course: int):
    one, until = issued(world, course), date(2027, 5, 16)
    assert state(world, one, until - timedelta(days=1)) == "valid"
    assert state(world, one, until) == "lapsed"


# --- checking -----------------------------------------------------------------------------------------


def test_anybody_can_check_a_code_and_is_told_no_name(client: Client, world: "World"):
    one = issued(world, open_course(world, replace(COURSE, months=None)))
    page = client.post("/learn/verify/", {"code": code(world, one).lower()})
    assert page.status_code == 200
    assert "这张证书有效" in page.content.decode() and NAME not in page.content.decode()


@pytest.mark.parametrize("given", ["abc", "J3-9FQ2-7XKM-0V5T", "0" * 14])
def test_what_is_no_code_is_unknown(client: Client, world: "World", course: int, given: str):
    issued(world, course)
    page = client.post("/learn/verify/", {"code": given})
    assert page.status_code == 404 and "没有查到这张证书" in page.content.decode()


def test_one_character_of_a_code_off_is_unknown(world: "World", course: int):
    right = code(world, issued(world, course))
    for place in range(14):
        plain = right.replace("-", "")
        other = "7" if plain[place] != "7" else "8"
        with pytest.raises(errors.NoCertificateError):
            queries.check(plain[:place] + other + plain[place + 1 :])


def test_no_column_holds_the_code_or_the_name(world: "World", course: int):
    one = issued(world, course)
    row = Certificate.objects.get(pk=one)
    kept = repr([getattr(row, field.attname) for field in row._meta.concrete_fields])
    assert code(world, one) not in kept and code(world, one).replace("-", "") not in kept
    assert NAME not in kept


# --- whose --------------------------------------------------------------------------------------------


def test_the_name_is_sealed_under_its_own_registered_purpose(world: "World", course: int):
    one = issued(world, course)
    (entry,) = vault.entries(SYSTEM, city=keys.city_of(one), matter=one)
    assert entry.purpose == "certificate"
    assert registry.register()[registry.ROOM, "learning.certificate.name"].purpose == "certificate"
    (card,) = vault.cards(SYSTEM, city=keys.city_of(one), matter=one, holds_duty=True)
    assert card.shown["name"] != NAME


def test_a_certificate_is_seen_by_its_holder_and_whoever_administers_its_ground(world: "World", course: int):
    sit(world.cast.receiver, course)
    (one,) = queries.mine(world.cast.receiver)
    assert queries.certificate(world.cast.admin, one.id).code == one.code
    for who in (world.cast.leader, world.cast.county_leader, replace(world.cast.foreigner, admin=True)):
        with pytest.raises(errors.NoCertificateError):
            queries.certificate(who, one.id)
    assert [each.code for each in queries.issued(world.cast.admin)] == [""]
    with pytest.raises(errors.NotRunnerError):
        queries.issued(world.cast.county_leader)


def test_residents_are_certified_by_an_administering_post_on_its_own_ground(world: "World", course: int):
    with pytest.raises(errors.NotRunnerError):
        service.issue(
            actor=world.cast.receiver,
            course=course,
            village=world.rural_village,
            name=NAME,
            key="k",
            now=NOW,
        )
    for wrong in ("361028100001", "360428", "360428999999"):
        with pytest.raises(errors.EntryError):
            issued(world, course, village=wrong)


def test_a_course_that_certifies_no_residents_does_not(world: "World"):
    course = open_course(world, replace(COURSE, code="other", literate=False))
    with pytest.raises(errors.EntryError):
        issued(world, course)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\nb"])
def test_a_holder_has_a_name(world: "World", course: int, name: str):
    with pytest.raises(errors.EntryError):
        issued(world, course, name=name)


def test_the_same_form_sent_twice_is_one_certificate(world: "World", course: int):
    assert issued(world, course, key="again") == issued(world, course, key="again")
    with pytest.raises(KeyReusedError):
        issued(world, course, name="另一个示例", key="again")
    assert Certificate.objects.count() == 1


# --- removal ------------------------------------------------------------------------------------------


def ask(world: "World", one: UUID, reason: str = "misconduct") -> None:
    service.ask_removal(actor=world.cast.admin, certificate=one, reason=reason, now=NOW)


def test_it_is_removed_by_another_person_than_the_one_who_asked(world: "World", course: int):
    one = issued(world, course)
    ask(world, one)
    assert state(world, one, NOW.date()) == "valid"
    with pytest.raises(errors.SamePersonError):
        service.decide_removal(actor=world.cast.admin, certificate=one, upheld=True, now=NOW)
    service.decide_removal(actor=other_admin(world), certificate=one, upheld=True, now=NOW)
    assert state(world, one, NOW.date()) == "removed"
    assert state(world, one, date(2099, 1, 1)) == "removed"


def test_a_removal_that_is_not_upheld_leaves_it_in_force(world: "World", course: int):
    one = issued(world, course)
    ask(world, one)
    service.decide_removal(actor=other_admin(world), certificate=one, upheld=False, now=NOW)
    assert state(world, one, NOW.date()) == "valid"
    ask(world, one, "moved")
    assert [each.id for each in queries.issued(world.cast.admin, waiting=True)] == [one]


def test_a_removal_is_asked_for_once_and_only_while_it_is_in_force(world: "World", course: int):
    one = issued(world, course)
    ask(world, one)
    with pytest.raises(errors.RemovalError):
        ask(world, one)
    service.decide_removal(actor=other_admin(world), certificate=one, upheld=True, now=NOW)
    with pytest.raises(errors.RemovalError):
        ask(world, one)
    with pytest.raises(errors.RemovalError):
        service.decide_removal(actor=other_admin(world), certificate=one, upheld=True, now=NOW)


def test_a_removal_has_a_reason_of_the_list_and_is_for_the_own_ground(world: "World", course: int):
    one = issued(world, course)
    with pytest.raises(errors.EntryError):
        ask(world, one, "disliked")
    with pytest.raises(errors.NotRunnerError):
        service.ask_removal(
            actor=replace(world.cast.foreigner, admin=True), certificate=one, reason="moved", now=NOW
        )


def test_after_a_removal_the_exam_can_be_sat_again(world: "World", course: int):
    sit(world.cast.receiver, course)
    (one,) = queries.mine(world.cast.receiver)
    ask(world, one.id)
    service.decide_removal(actor=other_admin(world), certificate=one.id, upheld=True, now=NOW)
    assert sit(world.cast.receiver, course)


def test_its_steps_tell_reasons_as_codes_and_no_name(world: "World", course: int):
    one = issued(world, course)
    ask(world, one)
    service.decide_removal(actor=other_admin(world), certificate=one, upheld=True, now=NOW)
    with reading(SYSTEM, ids=[one]):
        steps = ledger.steps(keys.city_of(one), one)
    assert [each.name for each in steps if each.name.startswith("certificate.")] == [
        "certificate.issued",
        "certificate.removal_asked",
        "certificate.removed",
    ]
    assert NAME not in repr(steps)


# --- forgetting ---------------------------------------------------------------------------------------


def test_a_name_stays_until_a_term_is_set_and_is_erased_after_lapse_and_term(world: "World", course: int):
    one, lapse = issued(world, course), NOW.replace(year=2027, month=5)
    assert service.forget_due(now=lapse + timedelta(days=400)) == 0
    catalogue.set_slot(
        actor=world.cast.admin,
        code="retention.certificates",
        value=30,
        source="示例文件",
        valid_from=NOW.date(),
        now=NOW,
    )
    assert service.forget_due(now=lapse + timedelta(days=30)) == 0
    assert service.forget_due(now=lapse + timedelta(days=31)) == 1
    assert vault.cards(SYSTEM, city=keys.city_of(one), matter=one, holds_duty=True) == []
    assert state(world, one, NOW.date()) == "valid"
    assert service.forget_due(now=lapse + timedelta(days=32)) == 0
