"""Parameters and parts that the document does not know, and those given twice, are refused."""

from collections.abc import Collection
from typing import Any

from django.utils.datastructures import MultiValueDict

from gantang.exchange.api.v1.problem import FieldFault
from gantang.exchange.api.v1.wording import sentence
from gantang.exchange.errors import RequestInvalidError


def refuse(
    where: str, given: MultiValueDict[str, Any], known: Collection[str], several: Collection[str] = ()
) -> None:
    """``several`` may be given more than once. Errors: RequestInvalidError, naming each."""
    wrong = [(name, "extra_forbidden") for name in given if name not in known]
    twice = [name for name in given if name in known and name not in several]
    wrong += [(name, "repeated") for name in twice if len(given.getlist(name)) > 1]
    if wrong:
        faults = [
            FieldFault(field=f"{where}.{name}", code=kind, sentence=sentence(kind, {}))
            for name, kind in wrong
        ]
        raise RequestInvalidError(details={"fields": faults})
