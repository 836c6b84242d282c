"""Backups of the embedded database and the attachments: taken, kept, verified, brought back.

What lies in the backup folder (``GANTANG_BACKUP_DIR``; never the keys):

- ``base/<id>/``: one backup of the database, full or incremental on its parent, with ``backup.json`` and the
  list of the attachments that were there, each with its length and checksum (``files.txt.gz``);
- ``files/ab/cd/<name>``: the attachments, each once, sealed as they lie in the data folder;
- ``wal/``: everything the database wrote since, received as it is written (``gantang archive``); after a
  restore, which begins another history, what was received before lies in ``wal-before-<moment>/``.
"""

from gantang.host.backup.archiving import receive
from gantang.host.backup.book import Backup, listed, unfinished
from gantang.host.backup.keeping import prune
from gantang.host.backup.restoring import Restored, held, release, restore
from gantang.host.backup.taking import take
from gantang.host.backup.verifying import Verdict, gaps, unreadable, verify

__all__ = [
    "Backup",
    "Restored",
    "Verdict",
    "gaps",
    "held",
    "listed",
    "prune",
    "receive",
    "release",
    "restore",
    "take",
    "unfinished",
    "unreadable",
    "verify",
]
