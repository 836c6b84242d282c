"""What the vault keeps, to whom it opens, what it writes down, and how it forgets."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as live
from django.db import connection

from gantang.kit import crypto, keys
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading, work
from gantang.ledger import queries as ledger
from gantang.ledger.rules import stream_of
from gantang.vault import models, queries, service
from gantang.vault.errors import (
    ErasedError,
    NoEntryError,
    NotHolderError,
    UnknownFieldError,
    UnknownKindError,
    UnknownReasonError,
)
from tests.kit.tables import as_owner
from tests.vault.conftest import CITY, PERSON, WORDS, Case

pytestmark = pytest.mark.django_db
STAFF = Actor(client="account:7", account=7, post=3)
SHUT: dict[str, Any] = {"holds_duty": True}
#: What may hold any few digits by chance: sealed bytes in hex, ids, fractions of a second.
CHANCE = re.compile(r"\\+x[0-9a-f]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|:\d\d\.\d+")


def _steps(account: int = 7) -> list[Any]:
    """What the vault wrote on an account's stream; other rooms write there too."""
    stream = stream_of("account", account)
    with reading(SYSTEM, ids=[stream]):
        return [step for step in ledger.steps(3600, stream) if step.name.startswith("vault.")]


def _open(case: Case, now: datetime, **given: Any) -> Any:
    asked = {"actor": STAFF, "city": CITY, "matter": case.matter, "holds_duty": True, "now": now}
    return service.open_texts(**{**asked, **given})


def _field(case: Case, now: datetime, field: str = "phone", **given: Any) -> str:
    asked = {"actor": STAFF, "city": CITY, "matter": case.matter, "entry": case.person, "field": field}
    return service.open_field(**{**asked, "reason": "call_back", "holds_duty": True, "now": now, **given})


# --- keeping ------------------------------------------------------------------------------------------


def test_nothing_readable_stands_in_the_database(case: Case) -> None:
    with reading(SYSTEM, ids=[case.matter]), connection.cursor() as cursor:
        for table in ("vault_entry", "vault_key", "vault_personkey", "vault_blindindex", "vault_visit"):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            text = cursor.fetchone()[0]
            for word in ("王秀英", "13979377715", "7715", "路灯", "11010519491231002X"):
                assert word not in CHANCE.sub("", text) and word.encode().hex() not in text


@pytest.mark.parametrize("suite", ["sm", "intl"])
def test_both_suites_keep_and_open(
    suite: str, settings: Any, make_case: Callable[..., Case], now: datetime
) -> None:
    settings.GANTANG_CRYPTO_SUITE = suite
    case = make_case()
    assert _open(case, now)[0].text == WORDS and _field(case, now) == PERSON["phone"]
    with reading(SYSTEM, ids=[case.matter]):
        sealed = bytes(models.Entry.objects.get(city=CITY, id=case.words).sealed)
    assert crypto.suite_of(sealed) == suite


def test_what_one_suite_sealed_still_opens_after_the_other_came_into_force(
    settings: Any, make_case: Callable[..., Case], now: datetime
) -> None:
    settings.GANTANG_CRYPTO_SUITE = "sm"
    case = make_case()
    settings.GANTANG_CRYPTO_SUITE = "intl"
    assert _open(case, now)[0].text == WORDS
    found = service.find(actor=STAFF, field="phone", value="13979377715", reason="duplicate", now=now)
    assert [each.matter for each in found] == [case.matter]


def test_a_row_moved_to_another_place_does_not_open(make_case: Callable[..., Case], now: datetime) -> None:
    one, other = make_case(), make_case()
    with work(SYSTEM, ids=[one.matter, other.matter]):
        first = models.Entry.objects.get(city=CITY, id=one.words)
        second = models.Entry.objects.get(city=CITY, id=other.words)
        a, b = bytes(first.sealed), bytes(second.sealed)
        models.Entry.objects.filter(city=CITY, id=one.words).update(sealed=b)
        models.Entry.objects.filter(city=CITY, id=other.words).update(sealed=a)
    with pytest.raises(crypto.SealError):
        _open(one, now)


def test_a_row_moved_within_its_matter_does_not_open_either(case: Case, now: datetime) -> None:
    with work(SYSTEM, ids=[case.matter]):
        person = models.Entry.objects.get(city=CITY, id=case.person)
        models.Entry.objects.filter(city=CITY, id=case.words).update(sealed=bytes(person.sealed))
    with pytest.raises(crypto.SealError):
        _open(case, now)


def test_a_changed_byte_does_not_open(case: Case, now: datetime) -> None:
    with work(SYSTEM, ids=[case.matter]):
        row = models.Entry.objects.get(city=CITY, id=case.words)
        spoiled = bytearray(bytes(row.sealed))
        spoiled[-1] ^= 1
        models.Entry.objects.filter(city=CITY, id=case.words).update(sealed=bytes(spoiled))
    with pytest.raises(crypto.SealError):
        _open(case, now)


def test_the_step_hash_is_that_of_the_ciphertext(case: Case) -> None:
    found = queries.hashes(SYSTEM, city=CITY, matter=case.matter)
    assert found == {case.person: case.person_hash, case.words: case.words_hash}


def test_only_known_kinds_and_fields_are_kept(now: datetime) -> None:
    matter = keys.mint(CITY, now)
    common = {"city": CITY, "matter": matter, "purpose": "casework", "now": now}
    with pytest.raises(UnknownFieldError), work(SYSTEM, ids=[matter]) as w:
        service.keep(w, kind="person", plain={"religion": "x"}, **common)
    with pytest.raises(UnknownKindError), work(SYSTEM, ids=[matter]) as w:
        service.keep(w, kind="score", plain="x", **common)


def test_an_amended_entry_opens_as_the_new_text_and_has_a_new_hash(case: Case, now: datetime) -> None:
    with work(SYSTEM, ids=[case.matter]) as w:
        kept = service.amend(w, city=CITY, matter=case.matter, entry=case.words, plain="改过的话", now=now)
    assert kept.hash != case.words_hash and _open(case, now)[0].text == "改过的话"


def test_amending_a_person_moves_their_index(case: Case, now: datetime) -> None:
    with work(SYSTEM, ids=[case.matter]) as w:
        service.amend(
            w, city=CITY, matter=case.matter, entry=case.person, plain={"phone": "13700001111"}, now=now
        )
    look = {"actor": STAFF, "field": "phone", "reason": "duplicate", "now": now}
    assert service.find(value="13979377715", **look) == []
    assert [each.entry for each in service.find(value="13700001111", **look)] == [case.person]


# --- the wall -----------------------------------------------------------------------------------------


def test_without_naming_the_matter_no_row_is_seen(case: Case) -> None:
    with reading(STAFF):
        assert not models.Entry.objects.exists() and not models.Key.objects.exists()


def test_another_matters_entry_is_not_there(make_case: Callable[..., Case], now: datetime) -> None:
    one, other = make_case(), make_case()
    with pytest.raises(NoEntryError):
        _field(one, now, entry=other.person)
    assert _open(one, now, ids=[other.words]) == []


# --- opening ------------------------------------------------------------------------------------------


def test_texts_open_to_holders_of_a_duty_only(case: Case, now: datetime) -> None:
    with pytest.raises(NotHolderError):
        _open(case, now, holds_duty=False)
    assert _steps() == []


def test_texts_are_logged_once_a_visit(case: Case, now: datetime) -> None:
    for _ in range(3):
        assert [each.text for each in _open(case, now)] == [WORDS]
    assert [step.name for step in _steps()] == ["vault.visited"]
    _open(case, now + timedelta(days=1))
    _open(case, now, actor=replace(STAFF, client="account:8", account=8))
    assert len(_steps()) == 2 and len(_steps(8)) == 1


def test_a_persons_fields_open_one_at_a_time_with_a_reason_each_logged(case: Case, now: datetime) -> None:
    assert _field(case, now, "phone") == PERSON["phone"]
    assert _field(case, now, "name", reason="identity") == "王秀英"
    told = [(step.name, step.data["field"], step.data["reason"]) for step in _steps()]
    assert told == [("vault.opened", "phone", "call_back"), ("vault.opened", "name", "identity")]
    assert "王" not in json.dumps([step.data for step in _steps()], ensure_ascii=False)


def test_no_reason_no_opening(case: Case, now: datetime) -> None:
    with pytest.raises(UnknownReasonError):
        _field(case, now, reason="just curious")
    with pytest.raises(NotHolderError):
        _field(case, now, holds_duty=False)
    with pytest.raises(UnknownFieldError):
        _field(case, now, "address")
    with pytest.raises(UnknownKindError):
        _field(case, now, entry=case.words)
    assert _steps() == []


def test_a_visit_does_not_open_people(case: Case, now: datetime) -> None:
    assert {each.kind for each in _open(case, now)} == {"words"}


def test_cards_show_people_masked(case: Case) -> None:
    (card,) = queries.cards(STAFF, city=CITY, matter=case.matter, holds_duty=True)
    assert card.shown["name"] == "王**" and card.shown["phone"] == "139****7715"
    assert "002X" in card.shown["id_number"] and "1949" not in card.shown["id_number"]
    assert "王" not in repr(card)


def test_an_access_code_opens_ones_own_words_and_leaves_no_step(case: Case) -> None:
    reporter = Actor(client="form:abc", named=(case.matter,))
    (own,) = service.open_own(actor=reporter, city=CITY, matter=case.matter, ids=[case.words])
    assert own.text == WORDS and "路灯" not in repr(own)
    for stranger in (Actor(client="form:abc"), replace(STAFF, named=(case.matter,))):
        with pytest.raises(ForbiddenError):
            service.open_own(actor=stranger, city=CITY, matter=case.matter, ids=[case.words])


def test_the_outbox_reads_an_address_without_a_step(case: Case) -> None:
    person = service.open_for_system(city=CITY, matter=case.matter, entry=case.person)
    assert person == PERSON


# --- finding ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "+86 139-7937-7715"),
        ("phone", "１３９７９３７７７１５"),
        ("id_number", "110105 19491231 002x"),
        ("name", "王 秀 英"),
        ("name", "王·秀英"),
    ],
)
def test_a_person_is_found_however_the_value_is_written(
    case: Case, now: datetime, field: str, value: str
) -> None:
    found = service.find(actor=STAFF, field=field, value=value, reason="duplicate", now=now)
    assert [(each.city, each.matter, each.entry) for each in found] == [(CITY, case.matter, case.person)]
    assert [(step.name, step.data) for step in _steps()] == [
        ("vault.asked", {"field": field, "reason": "duplicate"})
    ]


def test_an_old_id_number_finds_the_new_one(make_case: Callable[..., Case], now: datetime) -> None:
    case = make_case({"id_number": "110105491231002"})
    found = service.find(
        actor=STAFF, field="id_number", value="11010519491231002X", reason="identity", now=now
    )
    assert [each.matter for each in found] == [case.matter]


def test_a_new_index_key_finds_old_and_new_rows(
    case: Case, make_case: Callable[..., Case], now: datetime
) -> None:
    assert service.rotate_index(actor=SYSTEM, now=now) == 2
    later = make_case()
    look = {"actor": STAFF, "field": "phone", "value": "13979377715", "reason": "duplicate", "now": now}
    assert {each.matter for each in service.find(**look)} == {case.matter, later.matter}
    assert service.reindex(city=CITY, matters=[case.matter, later.matter]) == 2
    assert set(models.BlindIndex.objects.values_list("generation", flat=True)) == {2}
    assert {each.matter for each in service.find(**look)} == {case.matter, later.matter}


def test_only_administrators_rotate_the_index(now: datetime) -> None:
    with pytest.raises(ForbiddenError):
        service.rotate_index(actor=STAFF, now=now)


# --- forgetting ---------------------------------------------------------------------------------------


def _erase(case: Case, now: datetime, ids: Any = None) -> Any:
    with work(SYSTEM, ids=[case.matter]) as w:
        return service.erase(w, city=CITY, matter=case.matter, ids=ids, now=now)


def test_an_erased_entry_leaves_a_tombstone_and_nothing_to_find(case: Case, now: datetime) -> None:
    assert _erase(case, now, [case.person]) == [case.person]
    with pytest.raises(ErasedError):
        _field(case, now)
    assert service.find(actor=STAFF, field="phone", value="13979377715", reason="duplicate", now=now) == []
    views = {view.id: view for view in queries.entries(STAFF, city=CITY, matter=case.matter)}
    assert views[case.person].erased_at == now and views[case.words].erased_at is None
    assert queries.hashes(SYSTEM, city=CITY, matter=case.matter)[case.person] is None
    assert [each.text for each in _open(case, now)] == [WORDS]
    assert _erase(case, now, [case.person]) == []


def test_erasing_all_destroys_the_matters_key(case: Case, now: datetime) -> None:
    with reading(SYSTEM, ids=[case.matter]):
        backup = bytes(models.Entry.objects.get(city=CITY, id=case.words).sealed)
    _erase(case, now)
    with work(SYSTEM, ids=[case.matter]):
        models.Entry.objects.filter(city=CITY, id=case.words).update(sealed=backup, erased_at=None)
    with pytest.raises(ErasedError):
        _open(case, now)


def test_erasing_leaves_the_chain_whole(case: Case, now: datetime) -> None:
    from gantang.ledger import service as chain

    with work(SYSTEM, ids=[case.matter]) as w:
        given = {
            "actor": SYSTEM,
            "city": CITY,
            "stream": case.matter,
            "kind": "matter",
            "happened_at": now,
            "now": now,
        }
        chain.append(w, items=[("received", {"words": case.words_hash})], **given)
    _erase(case, now)
    assert ledger.verify(CITY).sound


@pytest.fixture
def lasting(case: Case) -> Iterator[Case]:
    """A case whose rows are committed; they go when the test is over."""
    yield case
    with as_owner() as link:
        for table in ("vault_blindindex", "vault_entry", "vault_key", "vault_forgotten"):
            link.execute(f"DELETE FROM {table} WHERE city = %s", [CITY])


@pytest.mark.django_db(transaction=True)
def test_a_restore_erases_again_what_had_been_erased(lasting: Case, now: datetime) -> None:
    case = lasting
    with reading(SYSTEM, ids=[case.matter]):
        backup = bytes(models.Entry.objects.get(city=CITY, id=case.person).sealed)
    _erase(case, now, [case.person])
    with work(SYSTEM, ids=[case.matter]):
        models.Entry.objects.filter(city=CITY, id=case.person).update(sealed=backup, erased_at=None)
    assert service.reapply_erasures(now=now) == 1
    with pytest.raises(ErasedError):
        _field(case, now)
    assert (live.GANTANG_KEYS_DIR / "erasures.jsonl").stat().st_mode & 0o077 == 0
    (live.GANTANG_KEYS_DIR / "erasures.jsonl").unlink()


def test_terms_that_have_passed_are_told(case: Case, now: datetime) -> None:
    with work(SYSTEM, ids=[case.matter]):
        models.Entry.objects.filter(city=CITY, id=case.words).update(keep_until=now.date())
    assert queries.due(SYSTEM, city=CITY, matter=case.matter, on=now.date()) == []
    assert queries.due(SYSTEM, city=CITY, matter=case.matter, on=now.date() + timedelta(days=1)) == [
        case.words
    ]


# --- keys, transfer, attachments ----------------------------------------------------------------------


def test_a_new_master_key_takes_over_and_the_text_still_opens(
    make_case: Callable[..., Case], now: datetime, settings: Any, tmp_path: Any
) -> None:
    settings.GANTANG_KEYS_DIR = tmp_path
    case = make_case()
    number = crypto.add_master_key()
    assert service.rewrap(city=CITY, matters=[case.matter]) == 1
    (tmp_path / "master-1.key").unlink()
    with reading(SYSTEM, ids=[case.matter]):
        wrapped = bytes(models.Key.objects.get(city=CITY, matter_id=case.matter).wrapped)
    assert int.from_bytes(wrapped[1:3], "big") == number
    assert _open(case, now)[0].text == WORDS


def test_a_transfer_seals_everything_anew_for_its_place(case: Case, now: datetime) -> None:
    there = keys.mint(3610, now)
    with work(SYSTEM, ids=[case.matter, there]) as w:
        moved = service.rebind(w, city=CITY, matter=case.matter, to_city=3610, to_matter=there, now=now)
    (text,) = service.open_texts(actor=STAFF, city=3610, matter=there, holds_duty=True, now=now)
    assert text.text == WORDS and set(moved) == {case.person, case.words}


def test_an_attachment_opens_under_its_own_matter_only(make_case: Callable[..., Case], now: datetime) -> None:
    one, other = make_case(), make_case()
    file = uuid4()
    with work(SYSTEM, ids=[one.matter]) as w:
        sealed = service.seal_bytes(w, city=CITY, matter=one.matter, file=file, data=b"photo", now=now)
    assert service.open_bytes(city=CITY, matter=one.matter, file=file, sealed=sealed) == b"photo"
    with pytest.raises(crypto.SealError):
        service.open_bytes(city=CITY, matter=other.matter, file=file, sealed=sealed)


def test_no_error_and_no_repr_carries_a_person(case: Case, now: datetime) -> None:
    told = [repr(_open(case, now)), repr(queries.entries(STAFF, city=CITY, matter=case.matter))]
    for wrong in ({"entry": uuid4()}, {"field": "王秀英"}, {"reason": "王秀英"}):
        with pytest.raises(Exception) as caught:
            _field(case, now, **wrong)
        told.append(f"{caught.value!r} {caught.value} {getattr(caught.value, 'details', '')}")
    assert "王" not in " ".join(told) and "路灯" not in " ".join(told)
