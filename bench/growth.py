"""The page of what work costs at each size measured: `docs/reference/performance.md`."""

from collections.abc import Callable, Iterable
from typing import Any

from bench.report import result
from bench.site import ROOT

PAGE = ROOT / "docs" / "reference" / "performance.md"
_SIZED = {"queue", "matter", "create", "move", "counts", "import", "day"}
_HEAD = """# Performance

What work costs as the matters grow, by a scoped post on the embedded server; {cores} shared cores, PostgreSQL
{server_version}, `fsync` {fsync}, `synchronous_commit` {synchronous_commit}. Written by the bench ({on}).
The cores are shared with other work, so ratios say more than figures: both sides of a ratio ran in turn.

To measure again: `python -m bench queue matter create move counts import day --matters 10000`, then with
100000 and 1000000 (the data folder `var/bench` only grows, so go upwards), `python -m bench search
--matters 1000000` and `python -m bench verify --streams 1000000`. How each part works stands in
`bench/README.md`.
"""
_DAY = """
A province's day is taken as 50,000 acts. Memory is that of the whole site, shared pages counted once, at a
tenth, half and the end of the acts.
"""
Row = tuple[str, str, Callable[[dict[str, Any]], str]]


def write_page() -> None:
    """The page, once every part was measured at one size at least."""
    whole = result()
    sizes = {int(size): parts for size, parts in whole.get("by_size", {}).items() if parts.keys() >= _SIZED}
    if not sizes:
        return
    head = _HEAD.format(on=whole["on"], **whole["machine"])
    found = [head, *_table(dict(sorted(sizes.items()))), _DAY, *_search(whole)]
    PAGE.write_text("\n".join(found).rstrip() + "\n", encoding="utf-8")


def _table(sizes: dict[int, dict[str, Any]]) -> Iterable[str]:
    yield "| work | aim | " + " | ".join(f"{size:,} matters" for size in sizes) + " |"
    yield "|---|---|" + "---|" * len(sizes)
    for name, aim, cell in _ROWS:
        yield f"| {name} | {aim} | " + " | ".join(cell(parts) for parts in sizes.values()) + " |"


def _written(name: str) -> Callable[[dict[str, Any]], str]:
    def cell(parts: dict[str, Any]) -> str:
        one = parts[name]
        of = f"{one['ratio']:.0%} (processor time {one['cpu_ratio']:.0%})"
        return f"{one['rate']:.0f}/s, {of}; p95 {one['p95_ms']:.0f} ms"

    return cell


def _slowest(which: Callable[[str], bool]) -> Callable[[dict[str, Any]], str]:
    """Of some pages of the lists: the slowest over HTTP, and the most times its hand-written SQL took."""

    def cell(parts: dict[str, Any]) -> str:
        pages = [one for name, one in parts["queue"].items() if which(name)]
        times = max(one["service_p95_ms"] / one["sql_p95_ms"] for one in pages)
        return f"{max(one['http_p95_ms'] for one in pages):.0f} ms, {times:.1f}×"

    return cell


def _counted(parts: dict[str, Any]) -> str:
    levels = {name: one for name, one in parts["counts"].items() if name != "fold"}
    worst = {name: max(each["p95_ms"] for each in one.values()) for name, one in levels.items()}
    return ", ".join(f"{name} {ms:.1f}" for name, ms in worst.items()) + " ms"


def _imported(parts: dict[str, Any]) -> str:
    one = parts["import"]
    said = f"{one['per_s']:,.0f} rows/s by {one['jobs']} processes, {one['ratio']:.0%}"
    return f"{said}; {one['empty_ratio']:.0%}" if "empty_ratio" in one else said


def _lived(parts: dict[str, Any]) -> str:
    one = parts["day"]
    memory = " → ".join(f"{each:.0f}" for each in one["memory_mib"])
    return f"{one['acts']:,} acts at {one['rate']:.0f}/s, {one['times']:.0f}×; {memory} MiB"


_ROWS: tuple[Row, ...] = (
    ("create, 8 clients; of pgbench replaying its statements", "25 %, at least 12 %", _written("create")),
    (
        "a move, one client, p95",
        "60 ms",
        lambda parts: f"{parts['move']['alone_p95_ms']:.0f} ms",
    ),
    ("a move, 8 clients; of pgbench replaying its statements", "–", _written("move")),
    (
        "first pages of the lists, p95; times hand-written SQL",
        "50 ms, 5×",
        _slowest(lambda it: it.endswith(" 1")),
    ),
    ("400th (or last) pages, the same", "50 ms, 5×", _slowest(lambda it: not it.endswith(" 1"))),
    (
        "a matter's page at the desk, and over the API, p95",
        "50 ms",
        lambda parts: f"{parts['matter']['desk_p95_ms']:.0f} and {parts['matter']['http_p95_ms']:.0f} ms",
    ),
    ("any count of a screen, p95, by level", "20 ms", _counted),
    ("import; of a plain COPY of the same rows into the same tables; into empty ones", "20 %", _imported),
    ("a province's day", "20 times as quick", _lived),
)


def _search(whole: dict[str, Any]) -> Iterable[str]:
    if not (found := whole.get("search")):
        return
    yield f"\n## Search among {found['matters']:,} gists\n"
    yield "Milliseconds at p95 of a page of 50, by words and the ground of who searches;"
    yield "in brackets the best hand-written SQL."
    yield ""
    asked = {name: one for name, one in found.items() if isinstance(one, dict)}
    levels = list(dict.fromkeys(name.partition(" ")[0] for name in asked))
    words = list(dict.fromkeys(name.partition(" ")[2] for name in asked))
    yield "| words | " + " | ".join(levels) + " |"
    yield "|---|" + "---|" * len(levels)
    for word in words:
        cells = (asked[f"{level} {word}"] for level in levels)
        yield (
            f"| {word} | "
            + " | ".join(f"{one['page_p95_ms']:.0f} ({one['sql_p95_ms']:.0f})" for one in cells)
            + " |"
        )
