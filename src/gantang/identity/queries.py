"""Reading accounts and clients."""

from collections.abc import Iterable

from django.db import connection

from gantang.identity.models import Account, ApiClient
from gantang.identity.service import token_hash
from gantang.identity.types import AccountView, ClientView
from gantang.kit import crypto

#: Asked at every request of a program; the way through a queryset would cost more than the answer.
_CLIENT = """
SELECT id, name, post FROM identity_apiclient WHERE token_hash = ANY (%s::bytea[]) AND disabled_at IS NULL
"""


def account(number: int) -> AccountView | None:
    """One account."""
    row = Account.objects.filter(pk=number).first()
    return _account(row) if row else None


def account_named(username: str) -> AccountView | None:
    """The account of a sign-in name, whatever the case of its letters."""
    row = Account.objects.filter(username__iexact=username.strip()).first()
    return _account(row) if row else None


def names(numbers: Iterable[int]) -> dict[int, str]:
    """The sign-in names of accounts."""
    return dict(Account.objects.filter(pk__in=set(numbers)).values_list("pk", "username"))


def client_by_token(token: str) -> ClientView | None:
    """The client that a token belongs to, unless it was taken back; found by keyed hash, under any suite."""
    hashes = [token_hash(token, suite=suite) for suite in crypto.suites()]
    with connection.cursor() as cursor:
        cursor.execute(_CLIENT, [hashes])
        row = cursor.fetchone()
    return ClientView(*row) if row else None


def clients_of(post: int) -> list[ClientView]:
    """The clients that act, or once acted, for a post."""
    rows = ApiClient.objects.filter(post=post).order_by("pk")
    return [ClientView(row.pk, row.name, row.post, row.disabled_at) for row in rows]


def _account(row: Account) -> AccountView:
    return AccountView(
        row.pk, row.username, row.is_active, row.language, row.theme, row.created_at, row.disabled_at
    )
