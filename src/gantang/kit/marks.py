"""Whether the key files are those of this database: the first start leaves a mark of the root key in it."""

import hmac
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gantang.kit import crypto
from gantang.kit.models import KeyMark

_NAME = "root"


def check_keys() -> None:
    """Refuse foreign or missing key files; leave the mark where none is yet. Errors: KeysError.

    Without this a lost keys folder would be made anew in silence, and nothing written before could be opened.
    """
    crypto.check_files()
    found = KeyMark.objects.filter(name=_NAME).first()
    if found is None:
        KeyMark.objects.get_or_create(name=_NAME, defaults={"mark": crypto.fingerprint()})
    elif not (Path(settings.GANTANG_KEYS_DIR) / "root.key").exists():
        raise crypto.KeysError(details={"what": _("root.key 不在密钥文件夹中")})
    elif not hmac.compare_digest(bytes(found.mark), crypto.fingerprint()):
        raise crypto.KeysError(details={"what": _("root.key 不是这个数据库的密钥")})
