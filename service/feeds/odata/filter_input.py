"""$filter as the filter of a connection, so that the database selects the rows.

Each condition has a filter for the rows where it is true, and one for those where it
is false: unknown is neither. A filter's `not` is two-valued and keeps missing values.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from graphql import GraphQLEnumType, get_named_type

from service.compiler.bindings import MAX_CONDITIONS
from service.compiler.operators import MAX_VALUES
from service.feeds.odata.expressions import (
    Call,
    ColumnName,
    Comparison,
    Junction,
    Literal,
    Membership,
    Negation,
    Node,
)
from service.feeds.odata.values import Value, comparable
from service.feeds.table import Column, Table

FilterInput = dict[str, Any]
OPERATORS = {"gt": "gt", "ge": "gte", "lt": "lt", "le": "lte"}
MIRRORED = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge", "eq": "eq", "ne": "ne"}
TESTS = {"contains": "contains", "startswith": "startsWith", "endswith": "endsWith"}
NOTHING: FilterInput = {"key": {"in": []}}


class NotExpressible(Exception):
    """The connection has no filter for it: its rows are filtered in memory."""


def filter_input(
    table: Table, columns: Mapping[str, Column], node: Node
) -> FilterInput:
    """The filter for the rows where the condition is true."""
    return FilterWriter(table, columns).write(node, True)


class FilterWriter:
    """Writes conditions as filters of one connection."""

    def __init__(self, table: Table, columns: Mapping[str, Column]) -> None:
        if table.connection is None:
            raise NotExpressible
        self.type = get_named_type(table.connection.definition.args["filter"].type)
        self.columns = columns
        self.conditions = 0

    def write(self, node: Node, truth: bool) -> FilterInput:
        match node:
            case Negation(part):
                return self.write(part, not truth)
            case Junction(operator, parts):
                word = operator if truth else {"and": "or", "or": "and"}[operator]
                return {word: [self.write(part, truth) for part in parts]}
            case Membership(ColumnName(name), values):
                return self.membership(name, values, truth)
            case Membership(left, values):
                tests = [Comparison("eq", left, Literal(v)) for v in values]
                return self.write(Junction("or", tuple(tests)), truth)
            case Comparison(operator, Literal() as left, right) if not isinstance(
                right, Literal
            ):
                mirrored = MIRRORED[operator]
                return self.write(Comparison(mirrored, right, left), truth)
            case Comparison(operator, left, Literal(value)):
                return self.comparison(operator, left, value, truth)
            case Call(function, (ColumnName(name), Literal(str() as text))) if (
                function in TESTS
            ):
                return self.test(name, TESTS[function], text, truth)
            case Call(
                function,
                (Call("tolower", (ColumnName(name),)), Literal(str() as text)),
            ) if function in TESTS:
                if text != text.lower():
                    raise NotExpressible
                return self.test(name, f"{TESTS[function]}IgnoreCase", text, truth)
            case ColumnName(name):
                return self.comparison("eq", node, truth, True)
        raise NotExpressible

    def comparison(
        self, operator: str, left: Node, value: Value, truth: bool
    ) -> FilterInput:
        if operator == "ne":
            return self.comparison("eq", left, value, not truth)
        match left:
            case ColumnName(name):
                return self.compare(name, operator, value, truth)
            case Call("year", (ColumnName(name),)) if isinstance(value, int):
                return self.year(name, operator, value, truth)
            case Call("tolower", (ColumnName(name),)) if (
                operator == "eq" and isinstance(value, str) and value == value.lower()
            ):
                own = self.leaf(name, {"eqIgnoreCase": value})
                return own if truth else {"not": own}
            case Call() | Comparison() | Junction() | Negation() if (
                isinstance(value, bool) and operator == "eq" and truth
            ):
                return self.write(left, value)
        raise NotExpressible

    def compare(
        self, name: str, operator: str, value: Value, truth: bool
    ) -> FilterInput:
        column = self.column(name)
        value = comparable(column.type, value)
        if column.type is int and value is not None and not is_int32(value):
            raise NotExpressible
        if value is None:
            if operator != "eq":
                return NOTHING if truth else {"not": NOTHING}
            known = self.leaf(name, {"isNull": False})
            return {"not": known} if truth else known
        if operator == "eq":
            own = self.equals(name, value)
        else:
            own = self.leaf(name, {OPERATORS[operator]: json_value(value)})
        return own if truth else {"not": own}

    def membership(
        self, name: str, values: tuple[Value, ...], truth: bool
    ) -> FilterInput:
        """A condition for many values at once: the number of conditions has a limit.

        A missing value is in no list of values but one with null.
        """
        kind = self.column(name).type
        every = [comparable(kind, value) for value in values if value is not None]
        type = self.operand_type(name, "in")
        if isinstance(type, GraphQLEnumType):
            every = [value for value in every if value in type.values]
        if kind is int and not all(map(is_int32, every)):
            raise NotExpressible
        present = [json_value(value) for value in dict.fromkeys(every)]
        own = [
            self.leaf(name, {"in": present[begin : begin + MAX_VALUES]})
            for begin in range(0, len(present) or 1, MAX_VALUES)
        ]
        if None in values:
            own.append(self.leaf(name, {"isNull": True}))
        some = {"or": own} if len(own) > 1 else own[0]
        return some if truth else {"not": some}

    def equals(self, name: str, value: Value) -> FilterInput:
        kind = self.operand_type(name, "eq")
        if isinstance(kind, GraphQLEnumType) and value not in kind.values:
            return NOTHING
        return self.leaf(name, {"eq": json_value(value)})

    def test(self, name: str, operator: str, text: str, truth: bool) -> FilterInput:
        own = self.leaf(name, {operator: text})
        if truth:
            return own
        return {"and": [{"not": own}, self.leaf(name, {"isNull": False})]}

    def year(self, name: str, operator: str, year: int, truth: bool) -> FilterInput:
        """Whole years as a range of days; a missing day has an unknown year."""
        if not 1 <= year < date.max.year or (operator == "eq" and not truth):
            raise NotExpressible
        is_time = self.column(name).type is datetime
        begin, end = f"{year:04d}-01-01", f"{year + 1:04d}-01-01"
        if is_time:
            begin, end = f"{begin}T00:00:00Z", f"{end}T00:00:00Z"
        ranges: dict[str, FilterInput] = {
            "eq": {"gte": begin, "lt": end},
            "lt": {"lt": begin},
            "ge": {"gte": begin},
            "le": {"lt": end},
            "gt": {"gte": end},
        }
        own = self.leaf(name, ranges[operator])
        return own if truth else {"not": own}

    def column(self, name: str) -> Column:
        if name not in self.columns or self.columns[name].type is list:
            raise NotExpressible
        return self.columns[name]

    def leaf(self, name: str, condition: FilterInput) -> FilterInput:
        """A condition on a column, inside the objects that it is in."""
        for operator in condition:
            self.operand_type(name, operator)
            self.conditions += 1
        if self.conditions > MAX_CONDITIONS:
            raise NotExpressible
        result: FilterInput = condition
        for part in reversed(self.column(name).fields):
            result = {part: result}
        return result

    def operand_type(self, name: str, operator: str) -> Any:
        type: Any = self.type
        for part in (*self.column(name).fields, operator):
            field = getattr(type, "fields", {}).get(part)
            if field is None:
                raise NotExpressible
            type = get_named_type(field.type)
        return type


def is_int32(value: Value) -> bool:
    return isinstance(value, int) and -(2**31) <= value < 2**31


def json_value(value: Value) -> Any:
    return value.isoformat() if isinstance(value, date) else value
