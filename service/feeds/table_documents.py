"""The tables of a server: those of the product, and those of VALUENET_DOCUMENTS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, validate

from service.errors import RecordNotFound
from service.feeds.document_table import NotTable, table_of
from service.feeds.table import Table
from service.inputs.files import input_text
from service.server.trusted_documents import MAX_BYTES, PATTERN
from service.settings import Settings

FOLDER = Path(__file__).with_name("tables")


@dataclass(frozen=True)
class Tables:
    """Tables by name, and why other documents of the folder are none."""

    tables: dict[str, Table] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)  # by file

    def table(self, name: str) -> Table:
        if name not in self.tables:
            known = ", ".join(self.tables) or "none"
            raise RecordNotFound(f"{name[:60]}: no such table. Tables: {known}.")
        return self.tables[name]


def read_tables(schema: GraphQLSchema, settings: Settings) -> Tables:
    """All tables. One of the own folder takes the place of one of the product.

    A server that answers trusted documents only has no tables of the product.
    """
    result = Tables()
    if not settings.trusted_only:
        result.tables.update(product_tables(schema))
    names: dict[str, Path] = {}
    for file in document_files(settings.documents):
        text = input_text(file, MAX_BYTES)
        try:
            if file.stem in names:
                raise NotTable(f"{names[file.stem]} has the same name")
            table = table_of(schema, file.stem, text, valid_document(schema, text))
        except NotTable as reason:
            result.reasons[str(file)] = str(reason)
        else:
            names[file.stem] = file
            result.tables[file.stem] = table
    return result


def valid_document(schema: GraphQLSchema, text: str) -> DocumentNode:
    try:
        document = parse(text)
        errors = validate(schema, document, max_errors=1)
    except GraphQLError as error:
        errors = [error]
    if errors:
        fault = errors[0].message
        raise NotTable(f"it is not valid, so the server does not start: {fault}")
    return document


@cache
def product_tables(schema: GraphQLSchema) -> dict[str, Table]:
    """The tables of the product; their documents are read once."""
    texts = product_documents().items()
    return {name: table_of(schema, name, text, parse(text)) for name, text in texts}


def product_documents() -> dict[str, str]:
    """The documents of the product by the names of their tables."""
    return {
        file.stem: file.read_text(encoding="utf-8")
        for file in sorted(FOLDER.glob(PATTERN))
    }


def document_files(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield from sorted(folder.rglob(PATTERN))
