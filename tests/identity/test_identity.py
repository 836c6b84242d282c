"""Accounts, clients, sign-in: what each leaves in the ledger, and what is never kept."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import connection
from django.test import RequestFactory

from gantang.identity import queries, rules, service
from gantang.identity.adapter import StaffAccounts
from gantang.identity.errors import (
    AccountMissingError,
    NameTakenError,
    PasswordWeakError,
    UsernameUnfitError,
    ViewsFullError,
)
from gantang.identity.models import Account, ApiClient
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.rules import stream_of

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
PASSWORD = "tree-of-the-duke"
pytestmark = pytest.mark.django_db


def steps(kind: str, key: int) -> list[tuple[str, dict[str, Any]]]:
    stream = stream_of(kind, key)
    with reading(SYSTEM, ids=[stream]):
        return [(step.name, step.data) for step in ledger.steps(int(settings.GANTANG_PROVINCE) * 100, stream)]


@pytest.fixture
def alice() -> int:
    return service.make_account(actor=SYSTEM, username="alice", password=PASSWORD, now=NOW)


def test_account_signs_in_with_its_password_only(alice: int) -> None:
    request = RequestFactory().post("/")
    assert authenticate(request, username="alice", password=PASSWORD) is not None
    assert authenticate(request, username="alice", password="wrong") is None
    assert PASSWORD not in Account.objects.get(pk=alice).password


def test_names_are_taken_whatever_their_case(alice: int) -> None:
    with pytest.raises(NameTakenError):
        service.make_account(actor=SYSTEM, username="Alice", password=PASSWORD, now=NOW)
    found = queries.account_named("ALICE")
    assert found is not None and found.id == alice
    assert queries.names([alice, 10**9]) == {alice: "alice"}


@pytest.mark.parametrize("name", ["", "a", "a b", "<x>", "x" * 65])
def test_unfit_name_is_refused(name: str) -> None:
    with pytest.raises(UsernameUnfitError):
        service.make_account(actor=SYSTEM, username=name, password=PASSWORD, now=NOW)


@pytest.mark.parametrize("password", ["short", "password123"])
def test_short_or_common_passwords_are_refused(alice: int, password: str) -> None:
    with pytest.raises(PasswordWeakError):
        service.set_password(actor=SYSTEM, account=alice, password=password, now=NOW)


def test_disabled_account_neither_signs_in_nor_stays_in(alice: int) -> None:
    service.disable(actor=SYSTEM, account=alice, now=NOW)
    service.disable(actor=SYSTEM, account=alice, now=NOW)
    account = queries.account(alice)
    assert account is not None and (account.is_active, account.disabled_at) == (False, NOW)
    assert authenticate(RequestFactory().post("/"), username="alice", password=PASSWORD) is None
    service.enable(actor=SYSTEM, account=alice, now=NOW)
    assert [name for name, _ in steps("account", alice)] == [
        "account.made",
        "account.disabled",
        "account.enabled",
    ]


def test_unknown_account_is_told() -> None:
    with pytest.raises(AccountMissingError):
        service.disable(actor=SYSTEM, account=10**9, now=NOW)


def test_preferences_are_ones_own_and_known(alice: int) -> None:
    actor = Actor(client=f"account:{alice}", account=alice)
    service.prefer(actor=actor, language="en", theme="dark")
    service.prefer(actor=actor, language="xx", theme="dark")
    account = queries.account(alice)
    assert account is not None and (account.language, account.theme) == ("en", "dark")
    service.prefer(actor=actor, language="en", theme="dark", density="compact")
    service.prefer(actor=actor, language="en", theme="dark", density="minute")
    assert Account.objects.get(pk=alice).density == "compact"


def test_views_of_ones_own_are_kept_once_each_up_to_a_bound_and_dropped(alice: int) -> None:
    actor = Actor(client=f"account:{alice}", account=alice)
    for number in (*range(rules.MOST_VIEWS), 0):
        service.keep_view(actor=actor, address=f"view=open&ground={number}")
    kept = Account.objects.get(pk=alice).views
    assert len(kept) == rules.MOST_VIEWS and kept[-1] == "view=open&ground=0"
    with pytest.raises(ViewsFullError):
        service.keep_view(actor=actor, address="view=late&ground=1")
    service.keep_view(actor=actor, address="view=open&ground=" + "1" * rules.LONGEST_VIEW)
    service.drop_view(actor=actor, address=kept[0])
    assert Account.objects.get(pk=alice).views == kept[1:]


# --- visits -------------------------------------------------------------------------------------------


@pytest.fixture
def request_in(alice: int) -> Iterator[Any]:
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.sessions.backends.db import SessionStore

    request = RequestFactory().get("/")
    request.session, request.user = SessionStore(), AnonymousUser()
    yield request


def test_each_sign_in_post_switch_and_sign_out_is_a_step(alice: int, request_in: Any) -> None:
    account = Account.objects.get(pk=alice)
    account.backend = settings.AUTHENTICATION_BACKENDS[0]
    StaffAccounts().login(request_in, account)
    service.note_post(actor=Actor(client=f"account:{alice}", account=alice, post=2), post=5, now=NOW)
    StaffAccounts().logout(request_in)
    assert steps("account", alice)[1:] == [
        ("account.signed_in", {}),
        ("account.post_switched", {"post": 5, "from": 2}),
        ("account.signed_out", {}),
    ]


def test_nobody_makes_an_account_for_oneself(request_in: Any) -> None:
    assert not StaffAccounts().is_open_for_signup(request_in)


# --- clients ------------------------------------------------------------------------------------------


def test_token_is_shown_once_and_kept_as_a_keyed_hash(alice: int) -> None:
    token = service.make_client(actor=SYSTEM, name="hotline", post=3, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM identity_apiclient c")
        assert token not in cursor.fetchone()[0]
    client = queries.client_by_token(token)
    assert client is not None and (client.post, client.client) == (3, f"api:{client.id}")
    assert queries.client_by_token(token + "x") is None
    assert client in queries.clients_of(3)
    assert steps("api", client.id) == [("client.made", {"post": 3, "scopes": ["people", "read", "write"]})]


def test_token_taken_back_opens_nothing() -> None:
    token = service.make_client(actor=SYSTEM, name="hotline", post=3, now=NOW)
    service.disable_client(actor=SYSTEM, client=ApiClient.objects.get(name="hotline").pk, now=NOW)
    assert queries.client_by_token(token) is None


def test_token_outlives_a_change_of_suite(settings: Any) -> None:
    token = service.make_client(actor=SYSTEM, name="hotline", post=3, now=NOW)
    settings.GANTANG_CRYPTO_SUITE = "intl" if settings.GANTANG_CRYPTO_SUITE == "sm" else "sm"
    assert queries.client_by_token(token) is not None
