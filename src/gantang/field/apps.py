"""The door's templates, static files and wording; a door owns no tables."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    """No models."""

    name = "gantang.field"
