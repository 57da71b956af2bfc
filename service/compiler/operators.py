"""The operators of filters: one table for all scalars, one for lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.compiler.bindings import Bindings
from service.compiler.comparisons import compared
from service.errors import BadInput
from service.vocabulary.enums import MemberRole
from service.vocabulary.nodes import ROLE_LABELS
from service.vocabulary.properties import Property

SIGNS = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
WORDS = {
    "eq": "=",
    "ne": "<>",
    "startsWith": "STARTS WITH",
    "endsWith": "ENDS WITH",
    "contains": "CONTAINS",
}
MOST_VALUES = 1_000  # of one list
IGNORING = "IgnoreCase"
# What each kind of scalar has; isNull is everybody's.
EQUAL = ("eq", "ne", "in", "notIn")
ORDERED = (*EQUAL, *SIGNS)
TEXT = ("startsWith", "endsWith", "contains")
IGNORED = tuple(name + IGNORING for name in (*EQUAL, *TEXT))
LISTED = ("has", "hasAny", "hasAll", "isEmpty")


def operated(
    expression: str, given: Mapping[str, Any], bindings: Bindings
) -> list[str]:
    """A condition an operator; each is null or false where the value is missing.

    >>> operated("n.country", {"in": ["SE"], "isNull": None}, Bindings())
    ['n.country IN $given.v0']
    """
    found = []
    for name, value in given.items():
        if value is not None:
            bindings.condition()
            bounded(name, value)
            found.append(one(expression, name, value, bindings))
    return found


def one(expression: str, name: str, value: Any, bindings: Bindings) -> str:
    if name == "isNull":
        return f"{expression} IS NULL" if value else f"{expression} IS NOT NULL"
    if name in SIGNS:
        return compared(expression, SIGNS[name], value, bindings)
    plain = name.removesuffix(IGNORING)
    left, right = expression, bindings.value(value)
    if plain != name:
        left, right = lowered(left, right, plain in ("in", "notIn"))
    if plain == "in":
        return f"{left} IN {right}"
    if plain == "notIn":  # NOT null IN [] is true: say that there must be a value
        return f"({expression} IS NOT NULL AND NOT {left} IN {right})"
    if plain in WORDS:
        return f"{left} {WORDS[plain]} {right}"
    raise BadInput(f"filter: no operator is called {name}.")


def bounded(name: str, value: Any) -> None:
    if isinstance(value, list) and len(value) > MOST_VALUES:
        raise BadInput(
            f"{name}: expected at most {MOST_VALUES:,} values, got {len(value):,}."
        )


def lowered(left: str, right: str, listed: bool) -> tuple[str, str]:
    """Both sides in lower case, by the same function: the database's."""
    many = f"[given IN {right} | toLower(given)]"
    return f"toLower({left})", many if listed else f"toLower({right})"


def operated_list(
    variable: str, attribute: Property, given: Mapping[str, Any], bindings: Bindings
) -> list[str]:
    """As above, of a list: an absent one is empty, and never null."""
    found = []
    for name, value in given.items():
        if value is None:
            continue
        bindings.condition()
        bounded(name, value)
        if attribute.type is MemberRole:
            found.append(played(variable, name, value))
        else:
            held = f"coalesce({variable}.{attribute.name}, [])"
            found.append(listed(held, name, value, bindings))
    return found


def listed(held: str, name: str, value: Any, bindings: Bindings) -> str:
    if name == "isEmpty":
        return f"size({held}) = 0" if value else f"size({held}) > 0"
    if name == "has":
        return f"{bindings.value(value)} IN {held}"
    quantifier = {"hasAny": "any", "hasAll": "all"}[name]
    return f"{quantifier}(item IN {bindings.value(value)} WHERE item IN {held})"


def played(variable: str, name: str, value: Any) -> str:
    """Roles are labels, so what is asked of them is a test of labels."""
    if name == "isEmpty":
        text = f"{variable}:{'|'.join(ROLE_LABELS.values())}"
        return f"NOT {text}" if value else text
    roles = [value] if name == "has" else value
    tests = [f"{variable}:{ROLE_LABELS[MemberRole(role)]}" for role in roles]
    if not tests:
        return "false" if name == "hasAny" else "true"
    word = " OR " if name == "hasAny" else " AND "
    return f"({word.join(tests)})" if len(tests) > 1 else tests[0]
