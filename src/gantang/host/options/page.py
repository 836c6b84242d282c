"""The reference page of all options."""

from gantang.host.declare import describe
from gantang.host.options.all import Options

GROUPS = {
    "server": ("网站", "Web server"),
    "data": ("数据与密钥", "Data and keys"),
    "database": ("数据库", "Database"),
    "work": ("业务", "Casework"),
    "mail": ("邮件与 webhook", "Mail and webhooks"),
}

_PAGE_HEAD = (
    "Options are environment variables, read once at the start.",
    "A value that does not fit stops the start with the sentence given here.",
    "A *secret* may stand in a file: set the same name with `_FILE` behind it to the path of the file.",
    "This page is generated from `gantang.host.options`.",
)


def options_page() -> str:
    """The reference page of all options, in Markdown."""
    lines = ["# Settings (设置)", "", *_PAGE_HEAD, ""]
    for group, (zh, en) in GROUPS.items():
        lines += [f"## {en} ({zh})", "", "| option | kind | default | meaning |", "|---|---|---|---|"]
        for info in describe(Options):
            if info.group == group:
                kind = info.kind.replace("|", "\\|")
                lines.append(f"| `{info.name}` | {kind} | {info.default} | {info.en}<br>{info.zh} |")
        lines.append("")
    return "\n".join(lines)
