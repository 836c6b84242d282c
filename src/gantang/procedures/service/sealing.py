"""What is sealed stays so: no later version of a protected procedure opens it."""

from collections.abc import Iterable, Iterator

from gantang import engine
from gantang.procedures import queries
from gantang.procedures.models import ProcedureVersion


def unsealed(coming: Iterable[engine.Procedure]) -> Iterator[engine.Finding]:
    """A finding for each that would take the seal from what is in force under its name."""
    for one in coming:
        if not one.sealed and _is_sealed(one.name):
            yield engine.Finding(
                "leak",
                one.place.file,
                one.place.line,
                engine.Words(
                    f"{one.name} 一直是保密流程，这一版没有写 sealed: true：线索和举报人就没有了保护。",
                    f"{one.name} has been a sealed procedure, this version has no sealed: true: tips and "
                    "those who gave them would lose their protection.",
                ),
                engine.Words(
                    "写上 sealed: true；要公开办的，另起一个名字。",
                    "Write sealed: true; for work in the open take another name.",
                ),
                one.name,
            )


def _is_sealed(name: str) -> bool:
    newest = ProcedureVersion.objects.filter(name=name).exclude(hash="").order_by("-id").values_list("hash")
    found = newest.first()
    return found is not None and queries.by_hash(found[0]).sealed
