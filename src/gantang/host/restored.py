"""The mark that a restore leaves: nothing leaves before it is released, and nothing runs on half of one."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from gantang.host.errors import HostError
from gantang.host.options import Options
from gantang.host.places import Places


def begin(chosen: Options, *, backup: str, to: datetime | None, now: datetime, aside: Path | None) -> None:
    """Before anything changes places: which backup comes, and where the former data will lie."""
    _write(
        chosen,
        {
            "backup": backup,
            "to": to.isoformat() if to else None,
            "at": now.isoformat(),
            "aside": str(aside) if aside else "",
            "done": False,
        },
    )


def finish(chosen: Options) -> None:
    """Database and attachments are back."""
    _write(chosen, {**_read(chosen), "done": True})


def check(chosen: Options, here: Places) -> None:
    """Errors: HostError where a restore was broken off and what lies there is half of it."""
    mark = _read(chosen)
    if mark.get("done", True):
        return
    aside = mark["aside"]
    if aside and not Path(aside).exists() and not (here.data / "recovery.signal").exists():
        return  # it had not come to that yet, or the former data are back in their place
    way = f"；或者删去 {here.data}，把 {aside} 改名放回原处" if aside else ""
    back = f", or remove {here.data} and give {aside} its name back" if aside else ""
    raise HostError(
        f"上次恢复没有做完，不能启动：请再运行 gantang restore{way}。",
        f"A restore was broken off, and nothing runs on half of it: run gantang restore again{back}.",
    )


def former(chosen: Options) -> Path | None:
    """Where the data lie that a restore had moved aside when it was broken off."""
    mark = _read(chosen)
    aside = Path(mark["aside"]) if not mark.get("done", True) and mark["aside"] else None
    return aside if aside is not None and aside.exists() else None


def _read(chosen: Options) -> dict[str, Any]:
    try:
        found = json.loads(chosen.restored_mark.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(chosen: Options, body: dict[str, Any]) -> None:
    draft = chosen.restored_mark.with_suffix(".new")
    draft.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    draft.replace(chosen.restored_mark)
