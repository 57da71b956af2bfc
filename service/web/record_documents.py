"""GraphQL documents that read and write one record, made for each record type."""

from __future__ import annotations

from collections.abc import Iterator

from service.vocabulary import MEMBERS, RECORD_TYPES, TIES_BY_NAME
from service.vocabulary.names import plural_field
from service.vocabulary.properties import properties_of

VARIABLES = {
    "create": "$input: {kind}Input!",
    "update": "$input: {kind}Input!",
    "end": "$key: String!, $until: Date",
    "delete": "$key: String!",
}
ARGUMENTS = {
    "create": "input: $input",
    "update": "input: $input",
    "end": "key: $key, until: $until",
    "delete": "key: $key",
}
CHOSEN = ("Member", *(name for name in RECORD_TYPES if name not in MEMBERS))


def record_documents() -> Iterator[tuple[str, str]]:
    """The documents by their names, such as `update Exchange`."""
    for kind in RECORD_TYPES:
        yield f"read {kind}", read_document(kind)
        for verb in VARIABLES:
            yield f"{verb} {kind}", write_document(verb, kind)
    for kind in CHOSEN:
        if kind not in TIES_BY_NAME:
            yield f"choose {kind}", choice_document(kind)


def write_document(verb: str, kind: str) -> str:
    """
    >>> print(write_document("delete", "Need").splitlines()[1].strip())
    result: deleteNeed(key: $key) {
    """
    variables = VARIABLES[verb].format(kind=kind)
    return f"""mutation {verb.title()}{kind}({variables}) {{
  result: {verb}{kind}({ARGUMENTS[verb]}) {{
    __typename
    ... on {kind} {{ key }}
    ... on WriteError {{ problems {{ path code message }} }}
  }}
}}
"""


def read_document(kind: str) -> str:
    cls = RECORD_TYPES[kind]
    ends = [link.name for link in cls.links]
    if kind in TIES_BY_NAME:
        ends = ["source", "target"]
    lines = [*properties_of(cls), *(f"{end} {{ key name }}" for end in ends)]
    lines.append("attributes { name text number boolean date }")
    body = "\n    ".join(lines)
    return f"""query Read{kind}($key: String!) {{
  record: {field_of_kind(kind)}(key: $key) {{
    {body}
  }}
}}
"""


def choice_document(kind: str) -> str:
    """The records of a kind that pass a filter, as a person tells them apart."""
    details = {"Member": " __typename sector region country", "Contract": " title"}
    fields = f"key name{details.get(kind, '')}"
    return f"""query Choose{kind}($filter: {kind}Filter, $first: Int) {{
  records: {plural_field(kind)}(filter: $filter, first: $first) {{
    nodes {{ {fields} }}
  }}
}}
"""


def field_of_kind(kind: str) -> str:
    """
    >>> field_of_kind("ServiceCase")
    'serviceCase'
    """
    return kind[0].lower() + kind[1:]
