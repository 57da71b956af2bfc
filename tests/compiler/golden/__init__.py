"""Readable reads and the statements that they become: one pair of files a case.

    uv run python -m tests.compiler.golden        writes the .cypher files anew

A first line `# variables: {…}` of a .graphql file has the values of its variables.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson

from schema.execution.compiled import plan_of, values
from schema.execution.documents import Limits, checked
from schema.query import schema

FOLDER = Path(__file__).parent
VARIABLES = "# variables: "
MAX_PAGE = 200


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.graphql"))


def asked(name: str) -> tuple[str, dict[str, Any]]:
    """The document of a case, and its variables."""
    text = (FOLDER / f"{name}.graphql").read_text("utf-8")
    head = text.partition("\n")[0]
    found = orjson.loads(head.removeprefix(VARIABLES)) if VARIABLES in head else {}
    return text, found


def statements(
    text: str, variables: dict[str, Any]
) -> list[tuple[str, dict[str, Any]]]:
    """Each root field's statement and parameters."""
    found = checked(schema, text, Limits(), MAX_PAGE)
    document, chosen = found.document, found.definition(None)
    assert document is not None
    assert chosen is not None
    given = values(chosen, variables)
    forms = plan_of(text, document, chosen, given, MAX_PAGE).forms
    return [
        (form.statement.text, form.params(form.given(given)))
        for form in forms
        if form.statement is not None
    ]


def rendered(name: str) -> str:
    found = [
        f"// {line(params)}\n{text}\n" for text, params in statements(*asked(name))
    ]
    return ";\n".join(found)


def line(params: dict[str, Any]) -> str:
    return orjson.dumps(shown(params), option=orjson.OPT_SORT_KEYS).decode()


def shown(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: shown(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, date | datetime) else value
