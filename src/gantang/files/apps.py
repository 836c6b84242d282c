"""Attachments and documents by hash."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Opaque bytes beside the data; no tables, so the app only brings the room's wording."""

    name = "gantang.files"
    label = "files"
