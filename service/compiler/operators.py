"""The operators of filters: one table for all scalars, one for lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.compiler.bindings import Bindings
from service.compiler.comparisons import comparison
from service.errors import BadInput
from service.vocabulary.enums import MemberRole
from service.vocabulary.nodes import ROLE_LABELS
from service.vocabulary.properties import Property

COMPARISONS = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
KEYWORDS = {
    "eq": "=",
    "ne": "<>",
    "startsWith": "STARTS WITH",
    "endsWith": "ENDS WITH",
    "contains": "CONTAINS",
}
MAX_VALUES = 1_000  # of one list
IGNORE_CASE = "IgnoreCase"
# The operators of each kind of scalar; all of them have isNull.
EQUALITY = ("eq", "ne", "in", "notIn")
ORDERING = (*EQUALITY, *COMPARISONS)
TEXT = ("startsWith", "endsWith", "contains")
CASE_INSENSITIVE = tuple(name + IGNORE_CASE for name in (*EQUALITY, *TEXT))
LIST = ("has", "hasAny", "hasAll", "isEmpty")


def operator_conditions(
    expression: str, operators: Mapping[str, Any], bindings: Bindings
) -> list[str]:
    """A condition per operator; each is null or false where the value is missing.

    >>> operator_conditions("n.country", {"in": ["SE"]}, Bindings())
    ['n.country IN $values.v0']
    """
    conditions = []
    for name, value in operators.items():
        bindings.count_condition()
        check_length(name, value)
        conditions.append(operator_condition(expression, name, value, bindings))
    return conditions


def operator_condition(
    expression: str, name: str, value: Any, bindings: Bindings
) -> str:
    if name == "isNull":
        return f"{expression} IS NULL" if value else f"{expression} IS NOT NULL"
    if name in COMPARISONS:
        return comparison(expression, COMPARISONS[name], value, bindings)
    plain = name.removesuffix(IGNORE_CASE)
    left, right = expression, bindings.value(value)
    if plain != name:
        left, right = lower_case(left, right, plain in ("in", "notIn"))
    if plain == "in":
        return f"{left} IN {right}"
    if plain == "notIn":  # NOT null IN [] is true: require a value
        return f"({expression} IS NOT NULL AND NOT {left} IN {right})"
    if plain in KEYWORDS:
        return f"{left} {KEYWORDS[plain]} {right}"
    raise BadInput(f"filter: there is no operator {name}.")


def is_equality(operator: str) -> bool:
    """
    >>> is_equality("inIgnoreCase"), is_equality("contains")
    (True, False)
    """
    return operator.removesuffix(IGNORE_CASE) in EQUALITY


def check_length(name: str, value: Any) -> None:
    if isinstance(value, list) and len(value) > MAX_VALUES:
        raise BadInput(
            f"{name}: expected at most {MAX_VALUES:,} values, got {len(value):,}."
        )


def lower_case(left: str, right: str, is_list: bool) -> tuple[str, str]:
    """Both sides in lower case, by the same function: the database's."""
    items = f"[item IN {right} | toLower(item)]"
    return f"toLower({left})", items if is_list else f"toLower({right})"


def list_conditions(
    variable: str,
    attribute: Property,
    operators: Mapping[str, Any],
    bindings: Bindings,
) -> list[str]:
    """A condition per operator of a list; a missing list is empty, never null."""
    conditions = []
    for name, value in operators.items():
        bindings.count_condition()
        check_length(name, value)
        if attribute.type is MemberRole:
            conditions.append(role_condition(variable, name, value))
        else:
            entries = f"coalesce({variable}.{attribute.name}, [])"
            conditions.append(list_condition(entries, name, value, bindings))
    return conditions


def list_condition(entries: str, name: str, value: Any, bindings: Bindings) -> str:
    if name == "isEmpty":
        return f"size({entries}) = 0" if value else f"size({entries}) > 0"
    if name == "has":
        return f"{bindings.value(value)} IN {entries}"
    quantifier = {"hasAny": "any", "hasAll": "all"}[name]
    return f"{quantifier}(item IN {bindings.value(value)} WHERE item IN {entries})"


def role_condition(variable: str, name: str, value: Any) -> str:
    """Roles are labels, so that a condition on them is a test of labels."""
    if name == "isEmpty":
        text = f"{variable}:{'|'.join(ROLE_LABELS.values())}"
        return f"NOT {text}" if value else text
    roles = [value] if name == "has" else value
    tests = [f"{variable}:{ROLE_LABELS[MemberRole(role)]}" for role in roles]
    if not tests:
        return "false" if name == "hasAny" else "true"
    operator = " OR " if name == "hasAny" else " AND "
    return f"({operator.join(tests)})" if len(tests) > 1 else tests[0]
