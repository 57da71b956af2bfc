"""The SDL describes itself: its types, fields, arguments, values and scalars."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    get_named_type,
    specified_scalar_types,
)

from schema.query import schema

SDL = schema._schema


def parts_of(kind: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    """The name and the description of each part of a type."""
    if isinstance(kind, GraphQLEnumType):
        for name, value in kind.values.items():
            yield f"{kind.name}.{name}", value.description
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in kind.fields.items():
            yield f"{kind.name}.{name}", field.description
    if isinstance(kind, GraphQLInputObjectType):
        for name, given in kind.fields.items():
            yield f"{kind.name}.{name}", given.description


OWN_TYPES = [
    kind
    for name, kind in SDL.type_map.items()
    if not name.startswith("__") and name not in specified_scalar_types
]


def test_every_argument_has_a_description():
    missing = [
        f"{kind.name}.{field_name}({argument_name})"
        for kind in OWN_TYPES
        if isinstance(kind, GraphQLObjectType)
        for field_name, field in kind.fields.items()
        for argument_name, argument in field.args.items()
        if not (argument.description or "").strip()
    ]
    assert missing == []


def test_every_type_has_a_description():
    assert [kind.name for kind in OWN_TYPES if not kind.description] == []


def test_every_field_and_value_has_a_description():
    missing = [
        name
        for kind in OWN_TYPES
        for name, text in parts_of(kind)
        if not (text or "").strip()
    ]
    assert missing == []


def test_every_custom_scalar_says_where_it_is_specified():
    scalars = [kind for kind in OWN_TYPES if isinstance(kind, GraphQLScalarType)]
    assert {kind.name for kind in scalars} == {"Date", "DateTime", "JSON"}
    assert [kind.name for kind in scalars if not kind.specified_by_url] == []


def test_every_field_of_a_root_type_that_answers_a_question_has_a_description():
    questions = [
        f
        for f in SDL.query_type.fields.values()
        if "about" in getattr(get_named_type(f.type), "fields", ())
    ]
    assert len(questions) >= 23
    assert [f for f in questions if not f.description] == []


def test_a_description_is_sentences():
    for name, field in SDL.query_type.fields.items():
        for text in filter(None, [a.description for a in field.args.values()]):
            assert text[0].isupper(), (name, text)
            assert text.endswith((".", "?")), (name, text)
