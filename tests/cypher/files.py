"""The .cypher files by name, and each as the statement that its samples give."""

from __future__ import annotations

import re
from pathlib import Path

from seeds import SEEDS
from service.graph.statements import (
    FOLDER,
    Statement,
    StatementHeader,
    read_file,
    statement,
)

FILES = sorted(FOLDER.rglob("*.cypher"))
NAMES = [str(file.relative_to(FOLDER).with_suffix("")) for file in FILES]
WRITING = ("writes/", "setup/")
DEMO = next(seed.folder for seed in SEEDS if seed.key == "demo")


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.cypher").read_text(encoding="utf-8")


def header(name: str) -> StatementHeader:
    return read_file(name)[0]


def sample(name: str) -> Statement:
    return statement(name, **header(name).words)


def example(name: str) -> str | None:
    """The GraphQL document that reaches a statement; None where no client can."""
    text = header(name).example
    if text.endswith(".graphql"):
        return Path(FOLDER.parent, text).read_text(encoding="utf-8")
    return text if text.startswith("{") else None


def returned(text: str) -> tuple[str, ...]:
    """The aliases of the last RETURN of a statement, one a line or one alone."""
    parts = re.split(r"^RETURN\b", text, flags=re.MULTILINE)
    if len(parts) == 1:
        return ()
    body = re.split(r"^ORDER BY\b", parts[-1], flags=re.MULTILINE)[0]
    body = re.sub(r"^\s*DISTINCT\b", "", body)
    return tuple(alias(column) for column in columns(body))


def columns(body: str) -> list[str]:
    """The columns of a RETURN, split at commas outside all brackets and strings."""
    found, depth = [""], 0
    for char in re.sub(r"//.*|'[^']*'|\"[^\"]*\"", "", body):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            found.append("")
        else:
            found[-1] += char
    return [column.strip() for column in found]


def alias(column: str) -> str:
    return re.split(r"\bAS\s+(?=\w+$)", column)[-1]
