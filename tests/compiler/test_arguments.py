"""FieldArguments gives the same arguments as GraphQL's own coercion."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLError, build_schema, parse
from graphql.execution.values import get_argument_values, get_variable_values

from service.compiler.arguments import FieldArguments
from service.compiler.schema_mapping import NotCompilable

SCHEMA = build_schema("""
  type Query {
    page(first: Int = 20, near: In, in: [In!], filter: InFilter, extra: Any): Int
  }
  input InFilter { name: TextFilter and: [InFilter!] among: In }
  input TextFilter { eq: String in: [String!] }
  input In { name: String must: Int! = 7 tags: [String] deep: In kind: Kind = B }
  enum Kind { A B }
  scalar Any
""")
DOCUMENTS = [
    '{ page(first: 3, near: { must: 1, name: null, tags: "a" }, extra: { a: [1] }) }',
    "query ($n: Int) { page(first: $n) }",
    "query ($n: Int = 4) { page(first: $n, near: { must: 2 }) }",
    "query ($s: String) { page(near: { name: $s, tags: [$s, null, $s], must: 1 }) }",
    "query ($s: [String], $k: Kind) { page(in: { tags: $s, deep: { kind: $k } }) }",
    "query ($i: In, $j: In!) { page(near: { deep: $i, must: 0 }, in: [$j]) }",
    "query ($n: Int = 1) { page(near: { must: $n }) }",
    "{ page(filter: { name: { eq: null }, and: [{ name: null }] }) }",
    "query ($s: String) { page(filter: { and: { name: { eq: $s } } }) }",
    "query ($t: [String!]) { page(filter: { name: { in: $t }, and: [] }) }",
    "query ($f: InFilter) { page(filter: $f) }",
]
GIVEN = [
    {},
    {"n": None, "s": None, "k": None, "i": None},
    {"n": 5, "s": "x", "k": "A", "i": {"name": "y"}, "j": {"must": 3, "name": None}},
    {"s": ["x", None], "j": {"deep": {"tags": ["z"]}}},
    {"f": {"name": {"eq": None}, "among": None}, "t": None},
    {"f": None, "t": ["a"]},
]


@pytest.mark.parametrize("text", DOCUMENTS)
@pytest.mark.parametrize("given", GIVEN)
def test_arguments_are_as_graphql_coerces_them(text: str, given: dict[str, Any]):
    operation: Any = parse(text).definitions[0]
    declared = operation.variable_definitions or ()
    variables = get_variable_values(SCHEMA, declared, given)
    if isinstance(variables, list):
        return  # told before any field is looked at
    node, field = (
        operation.selection_set.selections[0],
        SCHEMA.query_type.fields["page"],
    )  # type: ignore[union-attr]
    made = FieldArguments(field, node)
    try:
        expected = made.present(get_argument_values(field, node, variables))
    except GraphQLError:
        with pytest.raises(NotCompilable):
            made(variables)
    else:
        assert made(variables) == expected


def test_a_variable_within_a_scalar_is_the_executors():
    operation: Any = parse("query ($a: Any) { page(extra: { a: $a }) }").definitions[0]
    node, field = (
        operation.selection_set.selections[0],
        SCHEMA.query_type.fields["page"],
    )  # type: ignore[union-attr]
    with pytest.raises(NotCompilable):
        FieldArguments(field, node)
