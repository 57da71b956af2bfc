"""The GraphQL documents of the page, by their names."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

FOLDER = Path(__file__).with_name("documents")


@cache
def document(name: str) -> str:
    return (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")


def page_documents() -> list[str]:
    """All documents of the page; a server trusts them."""
    return [document(path.stem) for path in sorted(FOLDER.glob("*.graphql"))]


def editor_address(name: str, variables: dict[str, Any]) -> str:
    """Where the editor opens a document with its variables."""
    given = {"document": document(name), "variables": json.dumps(variables, indent=2)}
    return f"/graphql#{urlencode(given)}"
