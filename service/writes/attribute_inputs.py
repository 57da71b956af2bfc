"""The extra attributes of an input: a list in a mutation, columns in a file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from service.errors import WriteErrorCode
from service.vocabulary.attributes import (
    CHECKS,
    PREFIX,
    field_of,
    stored_name,
    value_of_cell,
)
from service.vocabulary.provenance import PROVENANCE
from service.vocabulary.texts import InvalidValue
from service.writes.problems import Problems
from service.writes.records import RecordInput, Values

COLUMN = "attributes"  # of a mutation: its list
NOT_A_LIST = "must be a list; to remove an attribute, list it with the value null"
MOST_CELLS = 10_000  # that are remembered: a source is on each line of its file
ONE_VALUE = f"needs exactly one of {', '.join(CHECKS)}"


def properties_of_list(input: RecordInput, problems: Problems) -> dict[str, Any]:
    """The properties to set; None removes. Attributes without an item stay."""
    properties: dict[str, Any] = {}
    if input.values[COLUMN] is None:
        problems.at(input, COLUMN, NOT_A_LIST)
    for index, item in enumerate(input.values[COLUMN] or ()):
        path = f"{COLUMN}/{index}"
        try:
            name = stored_name(item["name"])
        except InvalidValue as error:
            problems.at(input, f"{path}/name", str(error))
            continue
        if name in properties:
            text = f"the attribute {item['name']!r} is listed twice"
            problems.at(input, f"{path}/name", text, WriteErrorCode.DUPLICATE)
        properties[name] = value_of_item(item, path, input, problems)
    return properties


def value_of_item(
    item: Values, path: str, input: RecordInput, problems: Problems
) -> Any:
    """The one value of an item; None if it is null."""
    values = [(field, item[field]) for field in CHECKS if field in item]
    present = [(field, value) for field, value in values if value is not None]
    if len(present) > 1 or not values:
        problems.at(input, path, ONE_VALUE)
        return None
    for field, value in present:
        try:
            return CHECKS[field](value)
        except InvalidValue as error:
            problems.at(input, f"{path}/{field}", str(error))
    return None


def property_of_column(
    input: RecordInput, column: str, problems: Problems
) -> Iterator[tuple[str, Any]]:
    """The property to set for a cell of a file; None, for a blank one, removes it."""
    try:
        yield property_of_cell(column, input.values[column])
    except InvalidValue as error:
        problems.at(input, column, str(error))


@lru_cache(MOST_CELLS)
def property_of_cell(column: str, cell: str | None) -> tuple[str, Any]:
    name = stored_name(column.removeprefix(PREFIX))
    value = None if cell is None else value_of_cell(cell)
    if name in PROVENANCE and value is not None and not isinstance(value, str):
        value = cell  # a source may be called 2026
    return name, None if value is None else CHECKS[field_of(value)](value)
