"""`valuenet check`: settings, database, schema, data; exit 1 if answers break."""

from __future__ import annotations

import re
from collections.abc import Iterator

import typer
from pydantic import SecretStr
from rich.table import Table

from service.cli.console import Told, answers
from service.cli.session import configured, with_graph
from service.graph import Graph, audit, migrations
from service.graph.audit import Finding
from service.settings import Settings


def check() -> None:
    """Look at the settings, the database and the data, and tell what is odd."""
    settings = configured()
    show("Settings", dict(values(settings)))

    async def work(graph: Graph) -> list[Finding]:
        server = await audit.server_version(graph)
        state = await migrations.read_state(graph)
        kind = "NEO4J_URI" if settings.neo4j_uri else "embedded"
        about = {
            "Neo4j": f"{server.version} {server.edition} ({kind})",
            "schema version": str(state.version),
            "holds": "no records" if state.empty else "records",
        }
        show("Database", about)
        found = await audit.missing_indexes(graph)
        return found + [finding async for finding in audit.findings(graph)]

    findings = with_graph(settings, Told(), work)
    console = answers()
    for found in findings:
        kind = "hint" if found.is_hint else "fault"
        console.print(f"{kind:5}  {found.key}: {found.message}", soft_wrap=True)
    faults = sum(not found.is_hint for found in findings)
    console.print(f"faults: {faults}; hints: {len(findings) - faults}")
    if faults:
        raise typer.Exit(1)


def values(settings: Settings) -> Iterator[tuple[str, str]]:
    """Each setting by the name of its variable; of a secret, whether there is one."""
    for name, value in settings:
        if isinstance(value, SecretStr):
            value = "set" if value.get_secret_value() else "not set"
        prefix = "" if name.startswith("neo4j_") else "VALUENET_"
        if isinstance(value, tuple):
            value = ", ".join(value) or None
        text = "not set" if value is None else str(getattr(value, "value", value))
        yield f"{prefix}{name.upper()}", re.sub(r"//[^/@]*@", "//…@", text)


def show(title: str, facts: dict[str, str]) -> None:
    shown = Table(box=None, show_header=False, pad_edge=False)
    for name, value in facts.items():
        shown.add_row(name, value)
    console = answers()
    console.print(title, style="bold")
    console.print(shown)
    console.print()
