"""Settings: what a deployment may change, read from the environment and `.env`.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from pydantic_settings import SettingsConfigDict

from .runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    """The settings of this service. Each is a variable: WAREHOUSE_DATABASE_URL and so on."""

    model_config = SettingsConfigDict(env_prefix="WAREHOUSE_", env_file=".env", extra="ignore")

    database_url: str = "sqlite+aiosqlite:///./var/warehouse.db"
