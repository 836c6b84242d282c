"""Sending many statements in one trip: libpq's pipeline, driven directly.

psycopg's own pipeline makes a cursor and several waits for each statement, which cost more than the
statement. Here all of them are queued, sent while results are read, and looked at once at the end.
"""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from typing import Any

from psycopg import errors, generators
from psycopg.pq import ExecStatus, TransactionStatus

Query = tuple[bytes, Sequence[bytes | None]]
_names = count()


def send(raw: Any, queries: Sequence[Query]) -> list[Any]:
    """The result of each query ``(statement with $1 …, texts)``, prepared once a connection.

    The connection is in a transaction of Django's, or about to begin one. Errors: the first one of the
    server's, after which nothing of the queries stands.
    """
    line = raw.pgconn
    known: dict[bytes, bytes] = raw.__dict__.setdefault("gantang_prepared", {})
    begin = [b"BEGIN"] if line.transaction_status == TransactionStatus.IDLE else []
    fresh = {
        statement: b"gantang_%d" % next(_names) for statement, _texts in queries if statement not in known
    }
    named = known | fresh
    commands: list[Callable[[], None]] = [partial(line.send_query_params, each, None) for each in begin]
    commands += [partial(line.send_prepare, name, statement) for statement, name in fresh.items()]
    commands += [partial(line.send_query_prepared, named[statement], texts) for statement, texts in queries]
    results = _exchanged(raw, commands)
    known.update(fresh)
    return results[len(begin) + len(fresh) :]


def run(raw: Any, statements: Sequence[bytes]) -> None:
    """Statements without parameters and without rows, as one query; the transaction begins with them if none
    is open. Errors: the server's."""
    begin = [b"BEGIN"] if raw.pgconn.transaction_status == TransactionStatus.IDLE else []
    raw.pgconn.send_query(b"; ".join([*begin, *statements]))
    for result in raw.wait(generators.execute(raw.pgconn)):
        if result.status == ExecStatus.FATAL_ERROR:
            raise errors.error_from_result(result, encoding=raw.info.encoding)


def _exchanged(raw: Any, commands: Sequence[Callable[[], None]]) -> list[Any]:
    """One result a command. Errors: the first one of the server's."""
    line = raw.pgconn
    line.enter_pipeline_mode()
    try:
        found = raw.wait(generators.pipeline_communicate(line, deque([*commands, line.pipeline_sync])))
        while len(found) <= len(commands):
            found.append(raw.wait(generators.fetch_many(line)))
    except BaseException:
        raw.close()  # with answers left on the line it is of no further use
        raise
    line.exit_pipeline_mode()
    for results in found:
        if results[0].status == ExecStatus.FATAL_ERROR:
            raise errors.error_from_result(results[0], encoding=raw.info.encoding)
    return [results[0] for results in found[:-1]]
