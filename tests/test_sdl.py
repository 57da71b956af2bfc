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
# Texts that are still to come, by kind: all belong to the answers of questions and to
# their enums. The counts may only fall; a kind that is done is deleted here.
UNDESCRIBED = {"output field": 352, "input field": 11, "enum value": 18}


def room_of(kind: str, field: set[str]) -> str:
    if kind == "Mutation":
        return "mutations"
    if field & {"after", "filter", "keys", "direction", "asOf", "side"}:
        return "connections and aggregates"
    return "keys" if field == {"key"} else "questions"


def undescribed_arguments() -> dict[str, list[str]]:
    rooms: dict[str, list[str]] = {}
    for name, kind in SDL.type_map.items():
        if not isinstance(kind, GraphQLObjectType) or name.startswith("__"):
            continue
        for field_name, field in kind.fields.items():
            room = rooms.setdefault(room_of(name, {*field.args}), [])
            room += [
                f"{name}.{field_name}({argument_name})"
                for argument_name, argument in field.args.items()
                if not (argument.description or "").strip()
            ]
    return rooms


def test_every_argument_has_a_description():
    rooms = ("questions", "connections and aggregates", "keys", "mutations")
    assert undescribed_arguments() == {room: [] for room in rooms}


def parts_of(kind: GraphQLNamedType) -> Iterator[tuple[str, str, str | None]]:
    """What a type consists of: what each part is, its name and its description."""
    if isinstance(kind, GraphQLEnumType):
        for name, value in kind.values.items():
            yield "enum value", f"{kind.name}.{name}", value.description
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in kind.fields.items():
            yield "output field", f"{kind.name}.{name}", field.description
    if isinstance(kind, GraphQLInputObjectType):
        for name, given in kind.fields.items():
            yield "input field", f"{kind.name}.{name}", given.description


OWN_TYPES = [
    kind
    for name, kind in SDL.type_map.items()
    if not name.startswith("__") and name not in specified_scalar_types
]


def test_every_type_has_a_description():
    assert [kind.name for kind in OWN_TYPES if not kind.description] == []


def test_every_field_and_value_has_a_description():
    missing: dict[str, list[str]] = {}
    for kind in OWN_TYPES:
        for part, name, text in parts_of(kind):
            if not (text or "").strip():
                missing.setdefault(part, []).append(name)
    for part, names in missing.items():
        assert len(names) <= UNDESCRIBED.get(part, 0), (part, names)


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
