"""An outside key service, which closes and opens what stands in key files: no key lies readable on this disk.

``GANTANG_KMS`` names a command or an address. The command is run with ``wrap`` or ``unwrap`` behind it and
one line on its input, and answers with one line; the address is posted to at ``/wrap`` or ``/unwrap`` with
``{"value": …}``, and answers in the same form. A key is told in base64; what the service makes of it is kept
as it came and is its own affair.
"""

import base64
import json
import shlex
import shutil
import subprocess
from urllib.parse import urlsplit

from urllib3 import PoolManager, Timeout
from urllib3.exceptions import HTTPError

MARK = "kms:"
_PATIENCE = 15.0
_LONGEST = 8192


class KmsError(Exception):
    """The key service did not answer, or not with what was asked for. Its text holds no key."""


def check(service: str) -> None:
    """Whether a command or an address can be asked at all. Errors: ValueError."""
    if _is_address(service):
        if not urlsplit(service).hostname or any(one.isspace() for one in service):
            raise ValueError("no address")
    elif service and shutil.which(shlex.split(service)[0]) is None:
        raise ValueError("no such command")


def wrap(service: str, key: bytes) -> str:
    """A key as it may stand in a file. Errors: KmsError."""
    closed = _ask(service, "wrap", base64.b64encode(key).decode())
    if unwrap(service, MARK + closed) != key:
        raise KmsError("it does not open what it closed")
    return MARK + closed


def unwrap(service: str, text: str) -> bytes:
    """The key that ``wrap`` closed. Errors: KmsError."""
    if not service:
        raise KmsError("GANTANG_KMS is not set")
    try:
        return base64.b64decode(_ask(service, "unwrap", text.removeprefix(MARK)), validate=True)
    except ValueError:
        raise KmsError("its answer is no key") from None


def _ask(service: str, what: str, value: str) -> str:
    answer = (_post if _is_address(service) else _run)(service, what, value).strip()
    if not answer or len(answer) > _LONGEST or not answer.isascii() or any(one.isspace() for one in answer):
        raise KmsError("its answer is not one line")
    return answer


def _run(service: str, what: str, value: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  the administrator names the command
            [*shlex.split(service), what],
            input=f"{value}\n".encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise KmsError(type(error).__name__) from None
    if done.returncode:
        raise KmsError(f"it ended with {done.returncode}")
    return done.stdout.decode("ascii", "replace")


def _post(service: str, what: str, value: str) -> str:
    with PoolManager(retries=False, timeout=Timeout(total=_PATIENCE)) as pool:
        try:
            answer = pool.request(
                "POST",
                f"{service.rstrip('/')}/{what}",
                json={"value": value},
                redirect=False,
                preload_content=False,
            )
            told = answer.read(_LONGEST * 2)
            answer.close()
            if answer.status != 200:
                raise KmsError(f"it answered {answer.status}")
            return str(json.loads(told)["value"])
        except (HTTPError, ValueError, KeyError, TypeError) as error:
            raise KmsError(type(error).__name__) from None


def _is_address(service: str) -> bool:
    return service.startswith(("http://", "https://"))
