"""What is set at deployment: read from the environment and `.env`, checked whole before the start.

A service subclasses `ServiceSettings` with its own prefix; `read_settings` stops the process with
one text that names every variable that is missing or wrong, and never shows a value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import ClassVar, Literal, TypeVar

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from .origins import origin_problem

SettingsClass = TypeVar("SettingsClass", bound="ServiceSettings")

DRIVERS = {
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
}
POSTGRESQL_OPTIONS = frozenset({"host", "port", "ssl", "sslmode", "target_session_attrs"})


def _database_url(text: str) -> str:
    """Put the driver in that the service uses; refuse what would block the loop or is unknown."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError(
            "is not a database URL; write postgresql://user:password@host/name or sqlite:///file"
        ) from None
    driver = DRIVERS.get(url.drivername)
    if driver is None:
        raise ValueError(
            f"names the unknown driver {url.drivername!r}; write postgresql:// or sqlite:///"
        )
    if driver == "postgresql+asyncpg":
        url = _postgresql_options(url)
    elif url.host:
        raise ValueError("has two slashes too few or too many; a file is sqlite:///file")
    return url.set(drivername=driver).render_as_string(hide_password=False)


def _postgresql_options(url: URL) -> URL:
    """Translate libpq's `sslmode`, which hosting providers write, to the name that asyncpg has."""
    unknown = sorted(url.query.keys() - POSTGRESQL_OPTIONS)
    if unknown:
        raise ValueError(f"has the unknown option {unknown[0]!r}; remove it")
    if "sslmode" in url.query:
        mode = url.query["sslmode"]
        url = url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
    return url


def _split_origins(value: object) -> object:
    """Read a comma-separated text or a JSON list."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if text.startswith("["):
        try:
            return json.loads(text)
        except ValueError:
            raise ValueError("begins like a JSON list, but is none") from None
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _check_origins(origins: tuple[str, ...]) -> tuple[str, ...]:
    for number, origin in enumerate(origins, start=1):
        if problem := origin_problem(origin, alone=len(origins) == 1):
            message, help = problem
            raise ValueError(f"has a wrong origin (number {number}): {message}; {help}")
    return origins


class ServiceSettings(BaseSettings):
    """What every service reads; the variable's name is the prefix and the field's name."""

    has_cors: ClassVar[bool] = True
    """Whether the spec says what other origins may do; without, the variable cannot name any."""
    cors_credentials: ClassVar[bool] = False
    """Whether the service allows credentials, which rules out the origin `*`."""

    model_config = SettingsConfigDict(enable_decoding=False)

    database_url: str = Field(
        default="sqlite+aiosqlite:///./var/service.db",
        description="postgresql://user:password@host/name, or sqlite:///file.",
    )
    cors_origins: tuple[str, ...] | None = Field(
        default=None,
        description="Replaces the origins of the spec: separated by commas, or a JSON list.",
    )
    debug: bool = Field(default=False, description="Logs more. Answers stay the same.")
    log_level: Literal["debug", "info", "warning", "error", "critical"] = Field(
        default="info", description="The least severe level that is logged."
    )
    pool_size: int = Field(
        default=5, ge=1, le=200, description="How many connections are kept open."
    )
    pool_overflow: int = Field(
        default=10, ge=0, le=200, description="How many more are opened when they are needed."
    )
    pool_timeout: float = Field(
        default=2.0, gt=0, le=60, description="Seconds to wait for a connection before 503."
    )
    busy_timeout: float = Field(
        default=5.0, gt=0, le=60, description="Seconds to wait for a lock before 503."
    )
    connect_timeout: float = Field(
        default=2.0, gt=0, le=60, description="Seconds that connecting may take before 503."
    )
    statement_timeout: float = Field(
        default=30.0, gt=0, le=3600, description="Seconds that a statement may run before 503."
    )

    @field_validator("database_url")
    @classmethod
    def _name_driver(cls, url: str) -> str:
        return _database_url(url)

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split(cls, origins: object) -> object:
        return _split_origins(origins)

    @field_validator("cors_origins")
    @classmethod
    def _check(cls, origins: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if origins and not cls.has_cors:
            raise ValueError(
                "is set, but the spec has no `cors` that says what those origins may do; "
                "add it to the spec, or unset the variable"
            )
        if origins and "*" in origins and cls.cors_credentials:
            raise ValueError("is *, but the spec allows credentials; list the origins")
        return None if origins is None else _check_origins(origins)

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, level: object) -> object:
        return level.lower() if isinstance(level, str) else level

    def __repr_args__(self) -> Iterable[tuple[str | None, object]]:
        """Leave out what may hold a password."""
        return [(name, value) for name, value in super().__repr_args__() if name != "database_url"]

    @classmethod
    def variable(cls, field: str) -> str:
        """Name the environment variable of a field."""
        return f"{cls.model_config.get('env_prefix', '')}{field}".upper()


class SettingsError(SystemExit):
    """Settings that the service cannot start with. Uncaught, it prints its text and exits 1."""


def read_settings(settings: type[SettingsClass]) -> SettingsClass:
    """Read the settings, or stop with one text that names everything that is wrong with them."""
    try:
        return settings()
    except ValidationError as error:
        raise SettingsError(_report(settings, error)) from None


def _report(settings: type[ServiceSettings], error: ValidationError) -> str:
    """Write a line per problem: the variable, what is wrong with it, what it is for."""
    lines = ["The service cannot start; these environment variables (or lines of .env) are wrong:"]
    for problem in error.errors(include_url=False, include_input=False, include_context=False):
        name = str(problem["loc"][0]) if problem["loc"] else ""
        field = ServiceSettings.model_fields.get(name)
        message = problem["msg"].removeprefix("Value error, ")
        text = "is missing" if problem["type"] == "missing" else message
        purpose = f" ({field.description})" if field and field.description else ""
        lines.append(f"  {settings.variable(name)}: {text}.{purpose}")
    return "\n".join(lines)
