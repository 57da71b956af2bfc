"""`valuenet check`: settings, database and data; exit code 1 if there are faults."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

import typer
from pydantic import SecretStr

from service.algorithms.compiled import NO_CACHE, kernel_folder
from service.cli.command_group import command_app
from service.cli.console import TerminalNotice, facts_table, stdout_console
from service.cli.session import load_settings, run_with_graph
from service.graph import Graph, audit, migrations
from service.graph.audit import Finding
from service.server import production_checks
from service.settings import Profile, Settings, unknown_variables

app = command_app()


@app.command()
def check() -> None:
    """Check the settings, the database and the data.

    The exit code is 1 if there are faults, which make answers wrong. Hints may be
    intended.
    """
    settings = load_settings(any_variable=True)
    print_facts("Settings", dict(setting_values(settings)))
    wrong_settings = setting_faults(settings)
    for sentence in wrong_settings:
        stdout_console().print(f"fault  {sentence}", soft_wrap=True)

    tables, no_tables = own_tables(settings)
    if tables:
        print_facts("Your tables", tables)
    for sentence in no_tables:
        stdout_console().print(f"hint   {sentence}", soft_wrap=True)

    async def work(graph: Graph) -> list[Finding]:
        print_facts("Database", await database_facts(graph, settings))
        missing = await audit.missing_indexes(graph)
        return missing + [finding async for finding in audit.findings(graph)]

    findings = run_with_graph(settings, TerminalNotice(), work)
    console = stdout_console()
    for finding in findings:
        kind = "hint" if finding.is_hint else "fault"
        console.print(f"{kind:5}  {finding.key}: {finding.message}", soft_wrap=True)
    data_hints = sum(finding.is_hint for finding in findings)
    faults = len(findings) - data_hints + len(wrong_settings)
    hints = data_hints + len(no_tables)
    console.print(f"faults: {faults}; hints: {hints}")
    if faults:
        raise typer.Exit(1)


def setting_faults(settings: Settings) -> list[str]:
    """The variables that are no settings, and what `serve` would refuse."""
    unknown = list(unknown_variables(os.environ))
    if settings.profile is Profile.PRODUCTION:
        return unknown + list(production_checks.unsafe(settings))
    return unknown


def own_tables(settings: Settings) -> tuple[dict[str, str], list[str]]:
    """The addresses of the tables in VALUENET_DOCUMENTS, and hints about the other
    documents: why they are no tables, or which parameters they need.
    """
    if settings.documents is None or not settings.documents.is_dir():
        return {}, []
    from schema.execution.offline_check import printed_schema
    from service.feeds.table_documents import document_files, read_tables

    known = read_tables(printed_schema(), settings)
    addresses, hints = {}, []
    for path, reason in known.reasons.items():
        end = "" if reason.endswith((".", "?")) else "."
        hints.append(f"{path} is no table: {reason}{end}")
    for file in document_files(settings.documents):
        table = known.tables.get(file.stem)
        if table is None or str(file) in known.reasons:
            continue
        if table.missing:
            values = "&".join(f"{name}=…" for name in table.missing)
            hints.append(
                f"{file} needs parameters: read /tables/{table.name}.csv?{values} or,"
                f" as OData does not list it, /odata/{table.name}?{values}"
            )
        else:
            addresses[table.name] = f"/tables/{table.name}.csv"
    return addresses, hints


async def database_facts(graph: Graph, settings: Settings) -> dict[str, str]:
    server = await audit.server_version(graph)
    state = await migrations.read_state(graph)
    kind = "NEO4J_URI" if settings.neo4j_uri else "embedded"
    return {
        "Neo4j": f"{server.version} {server.edition} ({kind})",
        "schema version": str(state.version),
        "compiled kernels": kernel_folder() or NO_CACHE,
        "content": "empty" if state.empty else "has records",
    }


def setting_values(settings: Settings) -> Iterator[tuple[str, str]]:
    """Each setting's variable and value; of a secret, only whether it is set."""
    for name, value in settings:
        if isinstance(value, SecretStr):
            value = "set" if value.get_secret_value() else "not set"
        prefix = "" if name.startswith("neo4j_") else "VALUENET_"
        yield f"{prefix}{name.upper()}", re.sub(r"//[^/@]*@", "//…@", text_of(value))


def text_of(value: Any) -> str:
    """The value as a variable would hold it."""
    if value is None or value == ():
        return "not set"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value.value if isinstance(value, Enum) else value)


def print_facts(title: str, facts: dict[str, str]) -> None:
    console = stdout_console()
    console.print(title, style="bold")
    console.print(facts_table(facts))
    console.print()
