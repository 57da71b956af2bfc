"""The GraphQL documents of the page, by their names."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from service.report import FOLDER as REPORTS
from service.web.record_documents import record_documents

FOLDER = Path(__file__).with_name("documents")


@cache
def page_documents() -> dict[str, str]:
    """All documents of the page by name; a server trusts them."""
    files = [*sorted(FOLDER.glob("*.graphql")), *sorted(REPORTS.glob("*.graphql"))]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in files}
    return texts | dict(record_documents())


def document(name: str) -> str:
    return page_documents()[name]


def editor_address(name: str, variables: dict[str, Any]) -> str:
    """Where the editor opens a document with its variables."""
    given = {"document": document(name), "variables": json.dumps(variables, indent=2)}
    return f"/graphql#{urlencode(given)}"
