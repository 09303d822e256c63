"""Settings: all that is wrong is named at once, and no value is shown."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from pydantic_settings import SettingsConfigDict
from sqlalchemy.engine import make_url

from generator.runtime.settings import ServiceSettings, SettingsError, read_settings


class Settings(ServiceSettings):
    """As the compiler writes them."""

    model_config = SettingsConfigDict(env_prefix="SHOP_", env_file=".env", extra="ignore")
    database_url: str = "sqlite+aiosqlite:///./var/shop.db"
    cors_origins: tuple[str, ...] | None = ("https://a.example",)


class NeedsUrl(Settings):
    """A service without a default database."""

    database_url: str


class WithCredentials(Settings):
    """A service that allows credentials."""

    cors_credentials: ClassVar[bool] = True


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand where no `.env` is."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_defaults() -> None:
    """With nothing set, the service's own defaults stand."""
    settings = read_settings(Settings)
    assert settings.database_url == "sqlite+aiosqlite:///./var/shop.db"
    assert settings.cors_origins == ("https://a.example",)
    assert settings.log_level == "info"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("postgres://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql://u:p@h:5432/d", "postgresql+asyncpg://u:p@h:5432/d"),
        ("postgresql+asyncpg://h/d", "postgresql+asyncpg://h/d"),
        ("postgres://h/d?sslmode=require", "postgresql+asyncpg://h/d?ssl=require"),
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("sqlite:////a/b.db", "sqlite+aiosqlite:////a/b.db"),
        ("sqlite://", "sqlite+aiosqlite://"),
        ("sqlite:///:memory:", "sqlite+aiosqlite:///:memory:"),
    ],
)
def test_database_urls(given: str, read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The usual forms are read with the drivers of the service."""
    monkeypatch.setenv("SHOP_DATABASE_URL", given)
    assert make_url(read_settings(Settings).database_url) == make_url(read)


@pytest.mark.parametrize(
    "given",
    ["", "here", "mysql://h/d", "postgresql+psycopg2://u:hunter22@h/d", "sqlite+pysqlite:///a",
     "sqlite://a.db", "postgres://h/d?hunter22=1", "postgresql://u:hunter22@h:port/d"],
)  # fmt: skip
def test_wrong_database_urls(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others stop the start, and the password is not shown."""
    monkeypatch.setenv("SHOP_DATABASE_URL", given)
    with pytest.raises(SettingsError) as error:
        read_settings(Settings)
    assert "SHOP_DATABASE_URL" in str(error.value)
    assert "u:hunter22" not in str(error.value)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (
            "https://a.example, http://b.example:8080",
            ("https://a.example", "http://b.example:8080"),
        ),
        ('["https://a.example"]', ("https://a.example",)),
        ("*", ("*",)),
        ("http://[::1]:3000", ("http://[::1]:3000",)),
        ("", ()),
    ],
)
def test_origins(given: str, read: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Origins are separated by commas, or a JSON list."""
    monkeypatch.setenv("SHOP_CORS_ORIGINS", given)
    assert read_settings(Settings).cors_origins == read


@pytest.mark.parametrize(
    "given",
    ["null", "https://a.example/", "https://a.example/path", "a.example", "ftp://a.example",
     "*,https://a.example", "https://*.example", "[1", "[1]", "https://a.example?x", "https://"],
)  # fmt: skip
def test_wrong_origins(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no origin stops the start."""
    monkeypatch.setenv("SHOP_CORS_ORIGINS", given)
    with pytest.raises(SettingsError, match="SHOP_CORS_ORIGINS"):
        read_settings(Settings)


def test_any_origin_excludes_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """`*` is refused where the service allows credentials."""
    monkeypatch.setenv("SHOP_CORS_ORIGINS", "*")
    with pytest.raises(SettingsError, match="credentials"):
        read_settings(WithCredentials)


def test_all_problems_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every variable is named with what is wrong and what it is for; the process exits with 1."""
    monkeypatch.setenv("SHOP_POOL_SIZE", "0")
    monkeypatch.setenv("SHOP_LOG_LEVEL", "loud")
    monkeypatch.setenv("SHOP_DEBUG", "hunter22")
    with pytest.raises(SystemExit) as error:
        read_settings(NeedsUrl)
    text = str(error.value)
    assert isinstance(error.value.code, str)
    for name in ("DATABASE_URL: is missing", "POOL_SIZE", "LOG_LEVEL", "DEBUG"):
        assert f"SHOP_{name}" in text
    assert "hunter22" not in text
    assert "loud" not in text


def test_a_file_sets_what_the_environment_does_not(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`.env` is read, and the environment goes before it."""
    lines = ["SHOP_LOG_LEVEL=WARNING", "SHOP_POOL_SIZE=7", "OTHER=1"]
    (empty_folder / ".env").write_text("\n".join(lines), "utf-8")
    monkeypatch.setenv("SHOP_POOL_SIZE", "8")
    settings = read_settings(Settings)
    assert (settings.log_level, settings.pool_size) == ("warning", 8)


def test_the_password_is_not_in_the_text_of_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log of the settings shows no secret."""
    monkeypatch.setenv("SHOP_DATABASE_URL", "postgres://u:hunter22@h/d")
    settings = read_settings(Settings)
    assert "hunter22" not in repr(settings)
    assert "hunter22" not in str(settings)
