"""Whatever may say something about a person is registered with purpose, basis and term, or the build is red."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from gantang import engine
from gantang.cli.check import SHIPPED
from gantang.cli.reference import personal as page
from gantang.matters.types import Contact
from gantang.vault.errors import UnknownKindError
from gantang.vault.rules import entries, registry

IMPERSONAL = Path(__file__).parents[1] / "impersonal.txt"
WHERE = "a column that neither tests/impersonal.txt nor the register (vault/rules/data/register.csv) names"


def columns() -> set[str]:
    """Every column of every table there is."""
    return {
        f"{model._meta.label}.{field.attname}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
    }


def impersonal() -> set[str]:
    """The columns that say nothing about a person."""
    lines = IMPERSONAL.read_text(encoding="utf-8").splitlines()
    tables = [line.partition(": ") for line in lines if line and not line.startswith("#")]
    return {f"{label}.{name}" for label, _, names in tables for name in names.split()}


def registered(place: str) -> set[str]:
    return {name for where, name in registry.register() if where == place}


def answers() -> Iterator[tuple[engine.Procedure, str]]:
    """The fields of shipped procedures that live in the vault; a variant has those of its procedure."""
    for pack in engine.read_packs(SHIPPED).values():
        for procedure in pack.procedures.values():
            fields = {**procedure.fields, **procedure.form.fields}
            yield from ((procedure, name) for name, field in fields.items() if field.vault)


# --- columns ------------------------------------------------------------------------------------------


def test_every_column_is_registered_or_says_nothing_about_a_person():
    assert sorted(columns() - impersonal() - registered(registry.COLUMN)) == [], WHERE


def test_no_column_is_both_and_none_is_named_that_is_not_there():
    both = impersonal() & registered(registry.COLUMN)
    stale = (impersonal() | registered(registry.COLUMN)) - columns()
    assert (sorted(both), sorted(stale)) == ([], [])


@pytest.mark.parametrize(
    "name", ["matters.Matter.gist", "identity.Account.username", "matters.Party.minor", "vault.Visit.client"]
)
def test_what_is_plainly_about_a_person_cannot_be_called_impersonal(name: str):
    assert name in registered(registry.COLUMN)


# --- the vault and what procedures ask ----------------------------------------------------------------


def test_every_kind_and_field_of_the_vault_is_registered():
    kinds = {
        *entries.TEXT_KINDS,
        *entries.SIGNED_KINDS,
        *(entries.FIELD_KINDS - {"person"}),
        "file",
        "document",
    }
    assert registered(registry.VAULT) == kinds | {f"person.{name}" for name in entries.FIELDS}


def test_intake_asks_no_more_of_a_person_than_is_registered():
    assert {f"person.{name}" for name in Contact.__slots__} <= registered(registry.VAULT)


@pytest.mark.slow
def test_every_answer_that_goes_to_the_vault_is_registered():
    lost = {f"{one.name}.{name}" for one, name in answers() if registry.answer_of(one.name, name) is None}
    assert sorted(lost) == [], "a field of a procedure that vault/rules/data/register.csv does not name"


def test_every_registered_answer_is_still_asked():
    asked = {f"{one.name}.{name}" for one, name in answers()} | {f"*.{name}" for _, name in answers()}
    assert sorted(registered(registry.ANSWER) - asked) == []


def test_whatever_a_procedure_keeps_of_people_has_a_term():
    without = {one.key for one, _ in answers() if one.keep is None}
    assert without == set()


# --- the words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("vault,person.shoe_size,curiosity,duty,matter", "none of the register's"),
        ("vault,words,casework,,matter", "none of the register's"),
        ("vault,words,casework,duty,for ever", "none of the register's"),
        ("vault,words,casework,duty,matter\nvault,words,contact,duty,matter", "twice"),
    ],
)
def test_a_row_without_purpose_basis_or_term_is_refused(line: str, says: str):
    with pytest.raises(ValueError, match=says):
        registry.collected(f"place,name,purpose,basis,term\n{line}")


def test_every_word_is_used_and_said_in_two_languages():
    rows = registry.register().values()
    for words, used in (
        (registry.PURPOSES, {one.purpose for one in rows}),
        (registry.BASES, {one.basis for one in rows}),
        (registry.TERMS, {one.term for one in rows}),
    ):
        assert set(words) == used
        assert all(zh and en and zh != en for zh, en in words.values())


def test_the_page_has_every_row():
    ((name, text),) = page.pages()
    assert name == "personal-data.md"
    assert all(f"`{one.name}`" in text for one in registry.register().values())


@pytest.mark.django_db
def test_nothing_is_kept_for_a_purpose_that_is_not_registered(make_case):
    with pytest.raises(UnknownKindError):
        make_case(purpose="curiosity")
