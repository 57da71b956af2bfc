"""Settings: environment variables, read once per process."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Profile(Enum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


def conventional(name: str) -> AliasChoices:
    """The names that Neo4j's own tools read carry no VALUENET_ prefix."""
    return AliasChoices(name)


class Settings(BaseSettings):
    """Every setting is VALUENET_<NAME>, but for the four NEO4J_ ones."""

    model_config = SettingsConfigDict(
        env_prefix="VALUENET_", populate_by_name=True, env_ignore_empty=True
    )

    neo4j_uri: str | None = Field(None, validation_alias=conventional("NEO4J_URI"))
    neo4j_username: str = Field(
        "neo4j", validation_alias=conventional("NEO4J_USERNAME")
    )
    neo4j_password: SecretStr = Field(
        SecretStr(""), validation_alias=conventional("NEO4J_PASSWORD")
    )
    neo4j_database: str = Field(
        "neo4j", validation_alias=conventional("NEO4J_DATABASE")
    )

    # The embedded database: its data, and the jars that all homes share.
    home: Path = Field(default_factory=lambda: user_data_path("valuenet"))
    cache: Path = Field(default_factory=lambda: user_cache_path("valuenet"))
    maven_repository: str | None = None  # Maven Central
    heap: str = Field("1g", pattern=r"^\d+[mg]$")

    profile: Profile = Profile.DEVELOPMENT
    # Who may ask: a file of tokens' hashes. Without one it listens on loopback only,
    # unless a proxy that asks for names (or a container that publishes on loopback)
    # stands between valuenet and the network.
    tokens: Path | None = None
    behind_proxy: bool = False
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    # Documents that are served by their hash, and whether any others are.
    documents: Path | None = None
    trusted_only: bool = False
    log_level: LogLevel | None = None  # None: WARNING for commands, INFO for serve

    # Limits of one request.
    timeout_seconds: float = Field(30, gt=0)
    max_page: int = Field(200, ge=1, le=10_000)
    max_cost: int = Field(100_000, ge=1)
    max_depth: int = Field(15, ge=1)
    max_aliases: int = Field(30, ge=1)
    max_root_fields: int = Field(20, ge=1)
    max_directives: int = Field(50, ge=1)
    max_tokens: int = Field(2_000, ge=1)
    max_list_length: int = Field(10_000, ge=1)
    max_errors: int = Field(5, ge=1)

    # Networks held as arrays: after how long a write from elsewhere is noticed at the
    # latest, how much memory they may take, and how many ties one may have.
    network_age_seconds: float = Field(0.2, ge=0)
    network_megabytes: int = Field(1_024, ge=0)
    max_ties: int = Field(10_000_000, ge=1)

    # How long the change log is kept (None: for ever), and the answers by which a
    # request that is sent again is known.
    log_days: int | None = Field(None, ge=1)
    answer_hours: int = Field(24, ge=1)

    # Readings of measures.md that a house may set otherwise; answers echo them.
    half_life_days: float = Field(180, gt=0)
    max_community: int = Field(200, ge=2)
    friend_factor: float = Field(1, ge=0, le=1)

    @field_validator("cors_origins", mode="before")
    @classmethod
    def separated(cls, value: Any) -> Any:
        """A variable holds them separated by commas or spaces."""
        if isinstance(value, str):
            return tuple(value.replace(",", " ").split())
        return value
