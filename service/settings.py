"""Settings: environment variables, read once per process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

OTHER_VARIABLES = frozenset({"VALUENET_DEBUG"})  # read before the settings
PROCESSORS = os.cpu_count() or 1
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


def user_folder(find: Callable[[str], Path]) -> Path:
    """The folder of the platform; `~` for a user without a home, which is no folder.

    It is refused where it is used (`own_folder`): other settings may need none.
    """
    try:
        return find("valuenet")
    except RuntimeError:
        return Path("~/valuenet")


class Profile(Enum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Each setting is the variable VALUENET_<NAME>, except for the four NEO4J_ ones.

    The descriptions are for people: the documentation shows them.
    """

    model_config = SettingsConfigDict(
        env_prefix="VALUENET_", populate_by_name=True, env_ignore_empty=True
    )

    # The database server. These have the names that Neo4j's own tools use.
    neo4j_uri: str | None = Field(
        None,
        validation_alias=AliasChoices("NEO4J_URI"),
        description="Address of a Neo4j server, such as `neo4j://db.example:7687`."
        " If unset, valuenet starts its own embedded Neo4j.",
    )
    neo4j_username: str = Field(
        "neo4j",
        validation_alias=AliasChoices("NEO4J_USERNAME"),
        description="User name at the server of `NEO4J_URI`.",
    )
    neo4j_password: SecretStr = Field(
        SecretStr(""),
        validation_alias=AliasChoices("NEO4J_PASSWORD"),
        description="Password at the server of `NEO4J_URI`.",
    )
    neo4j_database: str = Field(
        "neo4j",
        validation_alias=AliasChoices("NEO4J_DATABASE"),
        description="Name of the database at the server of `NEO4J_URI`.",
    )

    # The embedded database.
    home: Path = Field(
        default_factory=lambda: user_folder(user_data_path),
        description="Folder of the embedded database. Each home has its own server."
        " Default: the user's data folder of the platform.",
    )
    cache: Path = Field(
        default_factory=lambda: user_folder(user_cache_path),
        description="Folder of the downloaded Neo4j files, which all homes share."
        " Default: the user's cache folder of the platform.",
    )
    maven_repository: str | None = Field(
        None,
        description="Address of a Maven repository to download Neo4j from."
        " Default: Maven Central.",
    )
    heap: str = Field(
        "1g",
        pattern=r"^\d+[mg]$",
        description="Heap of the embedded database, such as `512m` or `4g`.",
    )

    # The server.
    profile: Profile = Field(
        Profile.DEVELOPMENT,
        description="`development` has the editor, introspection and GET requests."
        " `production` has none of them, and does not start with unsafe settings.",
    )
    tokens: Path | None = Field(
        None,
        description="File with the access tokens; `valuenet token NAME` creates it."
        " If unset, requests need no token and the server listens on loopback only.",
    )
    behind_proxy: bool = Field(
        False,
        description="Listen on other addresses than loopback without tokens, because a"
        " proxy authenticates the callers. `production` needs tokens anyway. Links of"
        " OData have the address in X-Forwarded-Proto, -Host and -Prefix.",
    )
    allow_anonymous: bool = Field(
        False,
        description="Let `production` start without tokens: whoever reaches the server"
        " may read and write everything.",
    )
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Names and addresses under which clients reach the server, such as"
        " `api.example`, separated by commas; loopback names are always accepted and"
        " `*` accepts all. A request with another `Host` is refused.",
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Origins whose web pages may use the API, such as"
        " `https://board.example`, separated by commas.",
    )
    documents: Path | None = Field(
        None,
        description="Folder with trusted GraphQL documents (`*.graphql`), which clients"
        " may request by their SHA-256.",
    )
    trusted_only: bool = Field(
        False,
        description="Refuse all documents that are not in `VALUENET_DOCUMENTS`, and the"
        " tables at `/export/` and those of the product at `/tables/`.",
    )
    log_level: LogLevel | None = Field(
        None,
        description="`DEBUG`, `INFO`, `WARNING` or `ERROR`. Default: `INFO` for"
        " `valuenet serve`, `WARNING` or `ERROR` for other commands.",
    )

    # Limits of all clients together, and of a slow one.
    max_connections: int = Field(
        1_000,
        ge=1,
        description="This many connections may be open; above it the one that has"
        " waited longest for its client is closed, or a new one is refused.",
    )
    max_exports: int = Field(
        4,
        ge=1,
        le=50,
        description="This many exports and tables are read at the same time. The next"
        " one waits for up to 5 seconds, then it is refused with 503.",
    )
    transfer_seconds: float = Field(
        30,
        gt=0,
        description="A client may take this many seconds to send the body of a"
        " request (each megabyte of the files of an import), and without reading from"
        " a response that waits for it.",
    )
    import_megabytes: int = Field(
        100,
        ge=1,
        description="The files of one import at `/import` may have this many megabytes"
        " together.",
    )

    # Limits of one request.
    timeout_seconds: float = Field(
        30, gt=0, le=10_000_000, description="A request may take this many seconds."
    )
    max_page: int = Field(
        200,
        ge=1,
        le=10_000,
        description="Highest `first` or `last` of a connection.",
    )
    max_cost: int = Field(
        100_000,
        ge=1,
        description="A request may cost this many points: the values that it may"
        " return, and the base prices of its analyses.",
    )
    max_depth: int = Field(
        15, ge=1, description="A document may nest fields this many levels deep."
    )
    max_aliases: int = Field(
        30, ge=1, description="A document may have this many aliases."
    )
    max_root_fields: int = Field(
        20, ge=1, description="An operation may have this many root fields."
    )
    max_directives: int = Field(
        50, ge=1, description="A document may have this many directives."
    )
    max_tokens: int = Field(
        2_000,
        ge=1,
        description="A document may have this many tokens (names, values and"
        " punctuators of GraphQL), and 100 times as many characters.",
    )
    max_token_length: int = Field(
        10_000,
        ge=1,
        description="A token of a document, or a comment, may have this many"
        " characters; longer values belong in variables.",
    )
    max_list_length: int = Field(
        10_000,
        ge=1,
        description="A list in the arguments or variables may have this many items.",
    )
    max_errors: int = Field(
        5,
        ge=1,
        description="Validation stops after this many errors in a document.",
    )

    # Analyses, of all requests together.
    max_analyses: int = Field(
        PROCESSORS,
        ge=1,
        description="So many requests with analyses are computed at once; equal ones"
        " count as one. Default: the number of processors.",
    )
    analysis_queue: int = Field(
        4 * PROCESSORS,
        ge=0,
        description="So many more requests with analyses wait; a further one is refused"
        " with 503. Default: 4 for each processor.",
    )

    # Networks in memory.
    network_age_seconds: float = Field(
        0.2,
        ge=0,
        description="Changes by other processes are noticed within this many seconds.",
    )
    network_megabytes: int = Field(
        1_024, ge=0, description="Networks may occupy this much memory, in megabytes."
    )
    max_ties: int = Field(
        10_000_000, ge=1, description="A network may have this many ties."
    )

    # The change log.
    log_days: int | None = Field(
        None,
        ge=1,
        le=1_000_000,
        description="Changes are deleted from the change log after this many days."
        " If unset, they are kept for ever.",
    )
    answer_hours: int = Field(
        24,
        ge=1,
        le=1_000_000,
        description="The answer to an `idempotencyKey` is kept for this many hours.",
    )

    # Parameters of the analyses. Each answer repeats those that it used.
    half_life_days: float = Field(
        180,
        gt=0,
        description="The strength of a tie halves in this many days without contact.",
    )
    max_community: int = Field(
        200,
        ge=2,
        description="Larger communities do not count as shared memberships"
        " (`CO_MEMBERSHIP`).",
    )
    friend_factor: float = Field(
        1,
        ge=0,
        le=1,
        description="Factor by which close ties (family, friends) lower the chance of"
        " an introduction; 1 makes no difference.",
    )

    @field_validator("cors_origins", "hosts", mode="before")
    @classmethod
    def split(cls, value: Any) -> Any:
        """A variable holds several values, separated by commas or spaces."""
        if isinstance(value, str):
            return tuple(value.replace(",", " ").split())
        return value


def unknown_variables(environment: Mapping[str, str]) -> Iterator[str]:
    """One sentence for each VALUENET_ variable that is no setting.

    >>> list(unknown_variables({"VALUENET_TOKEN": "x", "VALUENET_HOME": "y"}))
    ['VALUENET_TOKEN is not a setting; do you mean VALUENET_TOKENS?']
    """
    known = {f"VALUENET_{name.upper()}" for name in Settings.model_fields}
    for variable in environment:
        name = variable.upper()
        if name.startswith("VALUENET_") and name not in known | OTHER_VARIABLES:
            nearest = get_close_matches(name, known, 1, 0)
            yield f"{variable} is not a setting; do you mean {nearest[0]}?"
