"""What a request wants of a table: values of its variables, columns, order, days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import ListTypeNode, NamedTypeNode, NonNullTypeNode, parse_type

from service.errors import BadInput
from service.feeds.day_series import DEFAULT_STEP, RANGE, day_series
from service.feeds.table import AS_OF, Column, Parameter, Table
from service.formats.cells import parse_date
from service.inputs.json_text import InvalidJson, parse_json
from service.vocabulary.texts import InvalidValue, excerpt

COLUMNS, ORDER, LIMIT, SINCE, STEP = "columns", "orderBy", "limit", "since", "step"
TEXTS = {
    COLUMNS: ("list of texts", "Only these columns, in this order."),
    ORDER: ("text", "Columns to sort by, such as `value desc,key`."),
    LIMIT: ("integer", "Only so many rows."),
    STEP: ("text", "The step of a series of days, such as P1M; P1M if absent."),
    SINCE: (
        "text",
        "Only what changed after this change, or since this day: the number in"
        " `x-valuenet-change` of an earlier response, or a date. A record that is"
        " gone has true in `deleted`.",
    ),
}
# What the API says of a field, and what it means for a table of records
WITHOUT_DAY = "by default that of a field above", "by default all, ended ones too"
MOST_NUMBER = 1_000_000_000  # of rows, and of changes
DIRECTIONS = {"asc": False, "desc": True}


@dataclass(frozen=True)
class ColumnOrder:
    """One column that rows are sorted by."""

    column: Column
    descending: bool = False
    nulls_first: bool = False


@dataclass(frozen=True)
class TableRequest:
    """Some or all rows of a table. `days`: one table for each of them."""

    table: Table
    variables: Mapping[str, Any] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    order: tuple[ColumnOrder, ...] = ()
    limit: int | None = None
    days: tuple[str, ...] = ()
    since: str | None = None
    filter: Mapping[str, Any] | None = None  # of the connection


def known_parameters(table: Table) -> dict[str, tuple[str, str]]:
    """The type and the description of all parameters of a table, by name."""
    own = {p.name: (p.type, parameter_text(p)) for p in table.parameters}
    names = [COLUMNS, ORDER, LIMIT]
    names += [STEP] if table.day else []
    names += [SINCE] if table.key else []
    return own | {name: TEXTS[name] for name in names}


def parameter_text(parameter: Parameter) -> str:
    text = parameter.description
    if (parameter.name, parameter.type) == (AS_OF, "Date"):
        text = text.replace(*WITHOUT_DAY)
        text += " 2024-01-01..2026-11-01 is a series of days, each in `as_of`."
    return text.strip()


def parse_request(table: Table, values: Mapping[str, str]) -> TableRequest:
    """The request that these parameters make; BadInput for what it cannot mean."""
    columns = {column.name: column for column in table.columns}
    text = values.get(COLUMNS)
    names = list(columns) if text is None else [n.strip() for n in text.split(",")]
    if len(set(names)) < len(names):
        raise BadInput(f"columns: each at most once; got {excerpt(text)}.")
    days = days_of(values)
    since = values.get(SINCE)
    if days and since is not None:
        raise BadInput("since: cannot be combined with a series of days.")
    if since is not None:
        check_since(since)
    request = TableRequest(
        table,
        variables_of(table, values, bool(days)),
        tuple(column_named(columns, name, COLUMNS) for name in names),
        tuple(orders_of(columns, values.get(ORDER))),
        limit_of_rows(values.get(LIMIT)),
        tuple(days),
        since,
    )
    if missing := [name for name in table.missing if name not in values]:
        raise BadInput(f"{missing[0]}: required; {table.name} needs a value for it.")
    return request


def check_since(text: str) -> None:
    """A number of a change, or a date."""
    if text.isdecimal():
        natural_number(SINCE, text)
        return
    try:
        parse_date(text)
    except InvalidValue:
        raise BadInput(
            "since: expected a number of x-valuenet-change, or a date such as"
            f" 2026-11-01; got {text[:20]!r}."
        ) from None


def days_of(values: Mapping[str, str]) -> list[str]:
    """The days of a series; none without a series."""
    if RANGE in values.get(AS_OF, ""):
        return day_series(values[AS_OF], values.get(STEP, DEFAULT_STEP))
    if STEP in values:
        raise BadInput(
            "step: needs a series of days, such as asOf=2024-01-01..2026-11-01."
        )
    return []


def variables_of(
    table: Table, values: Mapping[str, str], has_days: bool
) -> dict[str, Any]:
    """The variables as JSON values; the engine checks them against their types."""
    variables = {}
    for parameter in table.parameters:
        name = parameter.name
        if name in values and not (has_days and name == AS_OF):
            variables[name] = json_value(name, parameter.type, values[name])
            check_choice(parameter, variables[name])
    return variables


def check_choice(parameter: Parameter, value: Any) -> None:
    for each in value if isinstance(value, list) else [value]:
        if parameter.choices and each not in parameter.choices:
            known = ", ".join(parameter.choices)
            raise BadInput(
                f"{parameter.name}: no value {excerpt(each)}. Values: {known}."
            )


def json_value(name: str, type: str, text: str) -> Any:
    """The text of a parameter as a JSON value of a GraphQL type.

    >>> json_value("ties", "[TieKind!]!", "EXCHANGE,ADVICE")
    ['EXCHANGE', 'ADVICE']
    """
    node = parse_type(type)
    if isinstance(node, NonNullTypeNode):
        node = node.type
    if text.startswith(("{", "[")):
        try:
            return parse_json(text)
        except InvalidJson as error:
            raise BadInput(f"{name}: not JSON: {error}.") from error
    if isinstance(node, ListTypeNode):
        of = node.type.type if isinstance(node.type, NonNullTypeNode) else node.type
        assert isinstance(of, NamedTypeNode)
        items = [part.strip() for part in text.split(",") if part.strip()]
        return [scalar_value(name, of.name.value, item) for item in items]
    assert isinstance(node, NamedTypeNode)
    return scalar_value(name, node.name.value, text)


def scalar_value(name: str, type: str, text: str) -> Any:
    try:
        match type:
            case "Int":
                return int(text)
            case "Float":
                return float(text)
    except ValueError:
        raise BadInput(f"{name}: expected a number; got {text[:40]!r}.") from None
    if type == "Boolean":
        if text not in ("true", "false"):
            raise BadInput(f"{name}: expected true or false; got {text[:40]!r}.")
        return text == "true"
    return text


def column_named(columns: Mapping[str, Column], name: str, parameter: str) -> Column:
    if name not in columns:
        known = ", ".join(columns)
        raise BadInput(f"{parameter}: no column {name[:60]!r}. Columns: {known}.")
    return columns[name]


def orders_of(columns: Mapping[str, Column], text: str | None) -> list[ColumnOrder]:
    """The order of a text such as `value desc,key`; missing values come last."""
    orders = []
    for part in text.split(",") if text is not None else ():
        name, _, direction = part.strip().partition(" ")
        word = direction.strip().lower() or "asc"
        if word not in DIRECTIONS:
            raise BadInput(f"orderBy: expected asc or desc; got {direction[:20]!r}.")
        column = column_named(columns, name, ORDER)
        orders.append(ColumnOrder(column, DIRECTIONS[word]))
    return orders


def limit_of_rows(text: str | None) -> int | None:
    return None if text is None else natural_number(LIMIT, text, 1)


def natural_number(name: str, text: str, least: int = 0) -> int:
    """A number from `least`. Its length comes first: Python reads no long ones."""
    is_short = text.isdecimal() and len(text) <= len(str(MOST_NUMBER))
    if not is_short or not least <= int(text) <= MOST_NUMBER:
        raise BadInput(f"{name}: expected a number from {least}; got {text[:20]!r}.")
    return int(text)
