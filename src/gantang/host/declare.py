"""How an option is declared: its sentences, its place on the reference page, its secret file."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import Field, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "GANTANG_"


class OptionError(Exception):
    """One or more options do not fit; the text is made for the person who starts the program."""


@dataclass(frozen=True, slots=True)
class OptionInfo:
    """What the reference page, the doctor and an error sentence say about one option."""

    name: str
    field: str
    group: str
    zh: str
    en: str
    default: str
    kind: str
    secret: bool

    def complaint(self, what: str, why: str = "") -> str:
        """The sentence that stops a start: what was given, why it does not fit, what the option means."""
        return f"{what} ({why})\n  {self.zh}\n  {self.en}" if why else f"{what}\n  {self.zh}\n  {self.en}"


def option(
    default: Any,
    *,
    group: str,
    zh: str,
    en: str,
    env: str | None = None,
    shown: str | None = None,
    **rules: Any,
) -> Any:
    """A field that knows its sentences; ``env`` replaces the prefixed name, ``shown`` the printed default."""
    if env:
        rules["validation_alias"] = env
    extra: dict[str, Any] = {"group": group, "zh": zh, "en": en, "env": env, "shown": shown}
    return Field(default, json_schema_extra=extra, **rules)


@cache
def describe(declared: type[BaseSettings]) -> tuple[OptionInfo, ...]:
    """All options in the order of their declaration."""
    return tuple(_describe(name, field) for name, field in declared.model_fields.items())


def _describe(name: str, field: FieldInfo) -> OptionInfo:
    extra: dict[str, Any] = dict(field.json_schema_extra) if isinstance(field.json_schema_extra, dict) else {}
    return OptionInfo(
        name=extra["env"] or PREFIX + name.upper(),
        field=name,
        group=extra["group"],
        zh=extra["zh"],
        en=extra["en"],
        default=extra["shown"] or _shown(field.default),
        kind=_kind(field.annotation),
        secret=SecretStr in (field.annotation, *get_args(field.annotation)),
    )


def _shown(default: Any) -> str:
    return "–" if default is None or default == () else str(default)


def _kind(annotation: Any) -> str:
    parts = [part for part in get_args(annotation) if part not in (type(None), Ellipsis)]
    if parts and all(isinstance(part, str) for part in parts):
        return " | ".join(parts)
    if getattr(annotation, "__origin__", None) is tuple:
        return "list"
    kind = parts[0] if parts else annotation
    return {int: "number", str: "text", bool: "yes/no", Path: "folder", SecretStr: "secret"}[kind]


class Group(BaseSettings):
    """Options of one kind; all groups together are the options of a process."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then files named by ``…_FILE``; nothing else is read."""
        return init_settings, env_settings, SecretFiles(settings_cls)


class SecretFiles(PydanticBaseSettingsSource):
    """Reads ``NAME_FILE`` for every secret option."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Unused: a file is looked for by the option's own name, in ``__call__``."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        secrets = (info for info in describe(self.settings_cls) if info.secret)
        return {info.field: text for info in secrets if (text := _from_file(info)) is not None}


def _from_file(info: OptionInfo) -> str | None:
    """The text of the file that ``NAME_FILE`` names, or None when the variable is not set."""
    path = os.environ.get(f"{info.name}_FILE")
    if not path:
        return None
    if os.environ.get(info.name):
        raise OptionError(info.complaint(f"{info.name}_FILE", f"{info.name} is set as well"))
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(info.complaint(f"{info.name}_FILE={path}", str(error))) from None
