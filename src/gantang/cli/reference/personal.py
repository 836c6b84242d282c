"""The register of personal data: what may be known of a person, why, on which ground of law, until when."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gantang.cli.reference.markdown import both, code, page, table

if TYPE_CHECKING:
    from gantang.engine import Procedure
    from gantang.vault.types import Registered

_HEADS = ("where it stands", "purpose", "basis", "term")
_INTRO = """Every place where something about a person may stand. What stands in none of these lists is not
collected: a column or a field that neither this register nor the list of impersonal columns names makes the
build red (`tests/vault/test_register.py`). How long people are kept after a matter's end is the procedure's
`keep`; a deployment writes terms of its own, dated and with their source, into the slot `retention.terms`
(desk, Calendar and slots). What has no term is not erased by itself.

`gantang retention list` says what is past its term, `gantang retention run` erases it; the worker does so
every day. A legal hold keeps a matter past its term until it is lifted. The point of a matter stands on its
row and goes with the people; only steps written by earlier versions tell it, and the chain is never
rewritten."""
_SECTIONS = (
    (
        "vault",
        "In the vault (保险库)",
        "Sealed under the matter's key; opened to holders of a duty, on record.",
    ),
    ("room", "Kept by other rooms (其他房间)", "Sealed in the vault under a key of its own, as above."),
    ("answer", "Asked by procedures (程序里问的)", "Sealed like the others. `*` stands for every procedure."),
    (
        "column",
        "In other tables (其他表)",
        "Codes, numbers, keyed hashes and sealed bytes; the one text is the gist, which is masked.",
    ),
)


def pages() -> Iterator[tuple[str, str]]:
    """The one page."""
    from gantang.vault import queries

    rows = queries.registered()
    yield (
        "personal-data.md",
        page(
            "Personal data (个人信息登记)",
            "`src/gantang/vault/rules/data/register.csv` and `src/gantang/packs/`",
            _INTRO,
            *(part for place, title, said in _SECTIONS for part in _section(rows, place, title, said)),
            "## Terms of the procedures (程序的期限)\n\n" + _terms(),
        ),
    )


def _section(rows: "tuple[Registered, ...]", place: str, title: str, said: str) -> tuple[str, str, str]:
    lines = (
        (code(one.name), both(*one.purpose), both(*one.basis), both(*one.term))
        for one in rows
        if one.place == place
    )
    return f"## {title}", said, table(_HEADS, lines)


def _terms() -> str:
    from gantang.cli.check import SHIPPED
    from gantang.engine import read_packs

    every = {one.key: one for pack in read_packs(SHIPPED).values() for one in pack.procedures.values()}
    return table(("procedure", "term", "basis of the procedure"), (_term(one) for one in every.values()))


def _term(one: "Procedure") -> tuple[object, ...]:
    kept = one.keep.after_close.words("en") + " after closing" if one.keep else "none: nothing is erased"
    return code(one.key), kept, "；".join(one.basis)
