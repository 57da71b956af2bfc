"""The SDL describes itself: arguments first; the rest as their rooms are described."""

from __future__ import annotations

from graphql import GraphQLObjectType, get_named_type

from schema.query import schema

SDL = schema._schema
# Arguments without a description, of the rooms whose work is still to come. The counts
# may only fall; a room that is done is deleted here.
UNDESCRIBED = {"mutations": 405}


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
    rooms = undescribed_arguments()
    assert {
        room: names for room, names in rooms.items() if room not in UNDESCRIBED
    } == {"questions": [], "connections and aggregates": [], "keys": []}
    counts = {room: len(rooms[room]) for room in UNDESCRIBED}
    assert all(counts[room] <= most for room, most in UNDESCRIBED.items()), counts


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
