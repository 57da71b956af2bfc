"""Example reads and the statements that they compile to: a pair of files per case.

    uv run python -m tests.compiler.golden        rewrites the .cypher files

A first line `# variables: {…}` of a .graphql file has the values of its variables.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson

from schema.execution.documents import Limits, check_document
from schema.execution.field_mapping import schema_mapping
from schema.execution.read_plans import (
    ReadPlanner,
    ReadRequest,
    coerced_variables,
)
from schema.query import schema

FOLDER = Path(__file__).parent
VARIABLES = "# variables: "
MAX_PAGE = 200
PLANNER = ReadPlanner(schema_mapping(MAX_PAGE))


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.graphql"))


def case(name: str) -> tuple[str, dict[str, Any]]:
    """The document of a case, and its variables."""
    text = (FOLDER / f"{name}.graphql").read_text("utf-8")
    head = text.partition("\n")[0]
    if VARIABLES not in head:
        return text, {}
    return text, orjson.loads(head.removeprefix(VARIABLES))


def statements(
    text: str, variables: dict[str, Any]
) -> list[tuple[str, dict[str, Any]]]:
    """Each root field's statement and parameters."""
    checked = check_document(schema._schema, text, Limits(), MAX_PAGE)
    document, operation = checked.document, checked.definition(None)
    assert document is not None
    assert operation is not None
    values = coerced_variables(operation, variables)
    request = ReadRequest(text, document, operation, values)
    _, fields = PLANNER.bound_plan(request)
    return [
        (field.statement.text, field.params(bound))
        for field, bound in fields
        if field.statement is not None
    ]


def cypher_text(name: str) -> str:
    """The content of a case's .cypher file."""
    return ";\n".join(
        f"// {params_line(params)}\n{text}\n"
        for text, params in statements(*case(name))
    )


def params_line(params: dict[str, Any]) -> str:
    return orjson.dumps(to_json(params), option=orjson.OPT_SORT_KEYS).decode()


def to_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, date | datetime) else value
