"""Keeping what was measured: a file for programs, a page for people."""

import json
import os
from datetime import UTC, datetime
from typing import Any

from bench.site import DATA, ROOT

_SERVERLESS = {"time", "locate", "ground", "verify"}
_WHOLE = {"site", "load", "queue", "matter", "create", "move", "blind", *_SERVERLESS}
#: Measured by themselves, beside the page.
_BESIDE = {"faces", "roster", "search", "triage"}
RESULT = DATA / "result.json"
PAGE = ROOT / "docs" / "reference" / "bench.md"
_HEAD = """# First figures

What a create, a move, the queue and a matter's page cost, each beside its ceiling in the same run, at
{matters:,} matters. Written by `make bench` ({on}); how it is measured stands in `bench/README.md`.

The machine: {cores} shared cores; PostgreSQL {server_version}, `fsync` {fsync}, `synchronous_commit`
{synchronous_commit}. The cores are shared, so read the ratios, never the figures alone: both
sides of a ratio ran in turn. The load generator alone does {load:,.0f} requests a second.
"""
_MATTER = """## A matter

The desk's page over HTTP, signed in: {desk_statements} statements, {desk_reads} of them reads, in
{desk_ms:.0f} ms; its detail over the API: {api_statements} statements in {http_ms:.0f} ms. One hand-written
statement that fetches all of it takes {sql_ms:.1f} ms: **{ratio:.0%}** of the page, which also unseals the
texts, computes the moves and draws itself.
"""
_DATES = """## Deadlines

Dates a second of processor time on one core, on the shipped calendar of 2004–2026, spans as procedures
have them: {count_per_s:,.0f} counted; {sentence_per_s:,.0f} with the resident's sentences,
{steps_per_s:,.0f} with every step, {audit_per_s:,.0f} with every day of the working. A loop over days,
without explanation: {naive_per_s:,.0f}, so the count is **{ratio:.1f} times** as quick.
"""


_GROUND = """## Ground

{points:,} points in no order found in {grids:,} grids of at least {corners} corners, on one core:
{points_per_second:,.0f} a second, {answers_per_second:,.0f} with each answer's code; a tree of polygons
asked for each point, as it is usually written, {plain_per_second:,.0f}: **{times:.1f} times** as quick.
Points on a border have an owner too: {found:,} found, {found_by_plain:,} by the tree.

The outlines of {checked:,} grids checked for gaps, overlaps and orphans, without the database:
{check_seconds:.1f} s, and {built_seconds:.1f} s to build them; all {gaps} gaps and {overlapping} overlaps
that were planted were found.
"""

_VERIFY = """## The ledger

Verifying {streams:,} streams with {steps:,} steps in ranges: {one_steps_per_s:,.0f} steps a second
in one process, {all_steps_per_s:,.0f} steps ({all_streams_per_s:,.0f} streams) in {cores}: {all_s:.0f} s
for all of it. Reading the same rows plainly with one keyed hash of each: {ceiling_steps_per_s:,.0f} in one
process, so verification reaches **{ratio:.0%}** of that. The first checkpoint over all of them takes
{checkpoint_s:.0f} s, the next one, where nothing changed, {checkpoint_again_s:.0f} s.
"""


def keep(name: str, found: dict[str, Any], *, of: int) -> None:
    """Put one part's figures into the result, beside those of the other parts and of other sizes.

    ``of``: among how many matters it was measured.
    """
    whole = result()
    whole[name] = found
    whole.setdefault("by_size", {}).setdefault(str(of), {})[name] = found
    if name not in _SERVERLESS | _BESIDE:
        from bench.server import durable

        whole["machine"] = {"cores": os.cpu_count(), **durable()}
    whole["on"] = datetime.now(UTC).date().isoformat()
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def result() -> dict[str, Any]:
    """All that was measured so far in the bench's folder."""
    return json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}


def write_page() -> None:
    """The page of the documentation, once every part has been measured."""
    whole = result()
    if not whole.keys() >= _WHOLE:
        return
    head = _HEAD.format(on=whole["on"], load=whole["load"]["rate"], **whole["site"], **whole["machine"])
    lists, pages = _lists(whole["queue"]), _matter(whole["matter"])
    parts = (
        head,
        _writes(whole),
        lists,
        pages,
        _blind(whole["blind"]),
        _dates(whole["time"]),
        _ground(whole),
        _VERIFY.format(**whole["verify"]),
    )
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def _writes(whole: dict[str, Any]) -> str:
    rows = [
        "## Writing",
        "",
        "Eight clients over HTTP, against pgbench replaying, prepared, the very statements of one of them.",
        "",
        "| | statements | ours | p50 | p95 | ceiling | ratio | processor time, ours / ceiling | its ratio |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name in ("create", "move"):
        one = whole[name]
        rows.append(
            f"| {name} | {one['statements']} | {one['rate']:.0f}/s "
            f"| {one['p50_ms']:.0f} ms | {one['p95_ms']:.0f} ms "
            f"| {one['ceiling']:.0f}/s | **{one['ratio']:.0%}** "
            f"| {one['cpu_ms']:.2f} / {one['ceiling_cpu_ms']:.2f} ms | **{one['cpu_ratio']:.0%}** |"
        )
    return "\n".join([*rows, ""])


def _lists(found: dict[str, Any]) -> str:
    rows = [
        "## The queue",
        "",
        "Pages of 50, the first and the 400th (the last, where a ground has fewer), median of one client:",
        "the hand-written SQL behind the same wall, the service, and the API over HTTP.",
        "",
        "| list, post, page | SQL | service | HTTP | SQL / service |",
        "|---|---|---|---|---|",
    ]
    rows += [
        f"| {name} | {one['sql_ms']:.1f} ms | {one['service_ms']:.1f} ms | {one['http_ms']:.1f} ms "
        f"| {one['ratio']:.0%} |"
        for name, one in found.items()
    ]
    return "\n".join([*rows, ""])


def _blind(one: dict[str, Any]) -> str:
    rows = [
        "## Blind spots",
        "",
        f"The table ground × class × duty over {one['villages']:,} villages and {one['classes']} classes,",
        "in processor seconds of one core; beside it the same asked village by village (of a share of them,",
        "counted up).",
        "",
        "| remits held | remits | rows found | table | village by village | times |",
        "|---|---|---|---|---|---|",
    ]
    for name in ("usual", "village by village"):
        each = one[name]
        rows.append(
            f"| {name} | {each['remits']:,} | {each['rows']:,} | {each['seconds']:.2f} s "
            f"| {each['peer_seconds']:,.0f} s | **{each['times']:,.0f}** |"
        )
    return "\n".join([*rows, ""])


def _matter(one: dict[str, Any]) -> str:
    return _MATTER.format(**one)


def _dates(one: dict[str, Any]) -> str:
    return _DATES.format(ratio=one["count_per_s"] / one["naive_per_s"], **one)


def _ground(whole: dict[str, Any]) -> str:
    checked = {"checked": whole["ground"]["grids"], "built_seconds": whole["ground"]["built_seconds"]}
    return _GROUND.format(**{**whole["ground"], **whole["locate"], **checked})
