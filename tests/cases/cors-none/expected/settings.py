"""Settings: what a deployment may change, read from the environment and `.env`.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import ClassVar

from pydantic_settings import SettingsConfigDict

from .runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    """The settings of this service. Each is a variable: SPEC_DATABASE_URL and so on."""

    model_config = SettingsConfigDict(env_prefix="SPEC_", env_file=".env", extra="ignore")

    # The spec has no `cors` to say what other origins may do, so no deployment may name any.
    has_cors: ClassVar[bool] = False

    database_url: str = "sqlite+aiosqlite:///./var/spec.db"
