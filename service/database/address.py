"""The address and credentials of a Neo4j, and whether it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from neo4j import GraphDatabase
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
)

from service.errors import BadInput, Unavailable
from service.settings import Settings


@dataclass(frozen=True)
class Address:
    uri: str
    username: str
    password: str = field(repr=False)
    database: str


def external_address(settings: Settings) -> Address:
    """The server that NEO4J_URI names, once it has answered a query."""
    if settings.neo4j_uri is None:
        raise AssertionError("call this where NEO4J_URI is set")
    address = Address(
        validate_uri(settings.neo4j_uri),
        settings.neo4j_username,
        settings.neo4j_password.get_secret_value(),
        settings.neo4j_database,
    )
    try:
        run_query(address, seconds=10)
    except AuthError as error:
        raise Unavailable(
            f"the Neo4j at {address.uri} refuses user {address.username}:"
            " check NEO4J_USERNAME and NEO4J_PASSWORD"
        ) from error
    except ClientError as error:
        raise Unavailable(
            f"the Neo4j at {address.uri} has no usable database {address.database}"
            f" ({error.code}): check NEO4J_DATABASE"
        ) from error
    except ConfigurationError as error:
        raise BadInput(f"NEO4J_URI: {first_line(error)}") from error
    except (Neo4jError, DriverError, OSError) as error:
        raise Unavailable(
            f"the Neo4j at {address.uri} does not answer: {first_line(error)};"
            " start it, correct NEO4J_URI, or unset it to use the embedded Neo4j"
        ) from error
    return address


def run_query(address: Address, seconds: float, query: str = "RETURN 1") -> None:
    """One query in one session, tried once (execute_query would go on for 30 s)."""
    with (
        GraphDatabase.driver(
            address.uri,
            auth=(address.username, address.password),
            connection_timeout=seconds,
            connection_acquisition_timeout=seconds,
        ) as driver,
        driver.session(database=address.database) as session,
    ):
        session.run(query).consume()


def validate_uri(uri: str) -> str:
    """Before the driver sees it: a name and password in it would show in its errors."""
    expected = "expected neo4j://host:7687, bolt://host:7687 or their +s forms"
    parts = urlsplit(uri)
    if parts.scheme.partition("+")[0] not in ("neo4j", "bolt"):
        raise BadInput(f"NEO4J_URI is not an address of a Neo4j: {expected}")
    if "@" in parts.netloc:
        raise BadInput(
            f"NEO4J_URI holds a user or password: {expected},"
            " with NEO4J_USERNAME and NEO4J_PASSWORD beside it"
        )
    return uri


def first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).strip().splitlines()[0]
