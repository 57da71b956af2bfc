"""Random GraphQL documents over the reads of the schema, for tests of both routes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)
from hypothesis import strategies as st

from schema.execution.field_mapping import field_mappings
from schema.query import schema
from schema.records.node import global_id
from tests.support.read_arguments import DAYS, SCALARS, TEXTS, filters, orders

TYPES = schema._schema.type_map
MEMBERS = ["Organisation", "Team", "Person"]
VARIABLES = {
    "$size": "Int",
    "$deep": "Boolean = true",
    "$flat": "Boolean!",
    "$key": "String!",
    "$way": "Direction",
    "$id": "ID!",
    "$names": "[String!]",
}
ORDER = st.lists(
    st.fixed_dictionaries(
        {"field": st.sampled_from(["SINCE", "UNTIL", "KEY"])},
        optional={
            "direction": st.sampled_from(["ASC", "DESC"]),
            "nulls": st.sampled_from(["FIRST", "LAST"]),
        },
    ),
    max_size=2,
)
PARTS = [
    "nodes { NODES }",
    "edges { cursor node { NODES } }",
    "edges { __typename n: node { NODES } }",
    "totalCount",
    "t: totalCount __typename",
    "pageInfo { hasNextPage hasPreviousPage startCursor e: endCursor }",
    "pageInfo { hasNextPage }",
]


@dataclass
class Document:
    """`bounds`: its variables that take cursors, such as after_Investment."""

    text: str
    variables: dict[str, Any]
    roots: int
    bounds: list[str]


@dataclass
class Writer:
    """Writes selections; `used` collects variables and the fragments it defines."""

    draw: Any
    keys: dict[str, list[str]]  # by root field
    used: set[str] = field(default_factory=set)
    fragments: list[str] = field(default_factory=list)
    pages: set[str] = field(default_factory=set)  # bounds and types of cursors
    asked: dict[str, tuple[str, Any]] = field(default_factory=dict)  # type, value
    aliases: int = 0

    def chance(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == 1

    def pick(self, options: Any) -> Any:
        return self.draw(st.sampled_from(list(options)))

    def alias(self, name: str) -> str:
        self.aliases += 1
        return f"{self.pick('abz')}{self.aliases}_{name}"

    def value(self, *options: str) -> str:
        """One of these; variables among them count as used when they are."""
        chosen: str = self.pick(options)
        if chosen.startswith("$"):
            self.used.add(chosen)
        return chosen

    def directive(self) -> str:
        if not self.chance(8):
            return ""
        word = self.pick(["skip", "include"])
        value = self.value("true", "false", "$deep", "$flat")
        return f" @{word}(if: {value})"

    def selection(self, type: Any, depth: int) -> str:
        names = self.some_fields(type, depth)
        parts = [self.field(type, name, depth) for name in names]
        if isinstance(type, GraphQLInterfaceType):
            parts += [self.narrowed(depth) for _ in range(self.pick([0, 0, 1, 2]))]
        if self.chance(6):
            parts.append("__typename")
        if isinstance(type, GraphQLObjectType) and self.chance(6):
            name = self.alias("F")
            inner = self.selection(type, depth - 1) if depth else "__typename"
            self.fragments.append(f"fragment {name} on {type.name} {{ {inner} }}")
            parts.append(f"...{name}{self.directive()}")
        return " ".join(self.draw(st.permutations(parts)) or ["__typename"])

    def narrowed(self, depth: int) -> str:
        name = self.pick([*MEMBERS, "Node", "Member"])
        inner = self.selection(TYPES[name], max(0, depth - 1))
        return f"... on {name}{self.directive()} {{ {inner} }}"

    def some_fields(self, type: Any, depth: int) -> list[str]:
        known = field_mappings()
        fields = [n for n in type.fields if (type.name, n) in known]
        leaves = [
            n for n in fields if is_leaf_type(get_named_type(type.fields[n].type))
        ]
        inner = [n for n in fields if n not in leaves]
        count = self.pick([1, 1, 2, 3])
        names = [self.pick(leaves) for _ in range(count) if leaves]
        if depth > 0 and inner:
            names += [self.pick(inner) for _ in range(self.pick([0, 1, 1, 2]))]
        return names or (["id"] if "id" in type.fields else [])

    def field(self, type: Any, name: str, depth: int) -> str:
        found = type.fields[name]
        to = get_named_type(found.type)
        told = f"{self.alias(name)}: {name}" if self.chance(3) or found.args else name
        if is_leaf_type(to):
            return f"{told}{self.directive()}"
        if to.name.endswith("Aggregate"):
            return self.aggregate(found, name, to)
        if to.name == "Attribute":
            return f"{self.alias(name)}: {name}{self.attributes()}"
        if not to.name.endswith("Connection"):
            told = f"{self.alias(name)}: {name}"
            inner = self.selection(to, depth - 1)
            return f"{told}{self.directive()} {{ {inner} }}"
        return self.connection(found, name, to, depth)

    def attributes(self) -> str:
        """All extra attributes of a record, or some by name, with some fields."""
        names = self.value("", "null", '"tier"', '["GO term", "tier"]', "[]", "$names")
        given = f"(names: {names})" if names else ""
        fields = ["name text", "number date", "n: name b: boolean", "__typename"]
        return f"{given}{self.directive()} {{ {self.pick(fields)} }}"

    def connection(self, found: Any, name: str, to: Any, depth: int) -> str:
        node = get_named_type(to.fields["nodes"].type)
        owner = node.name if node.name not in ("Investor", "Customer") else "Member"
        arguments = self.arguments(found.args, owner, depth)
        several = st.lists(st.sampled_from(PARTS), min_size=1, max_size=3, unique=True)
        text = " ".join(self.draw(several))
        if "NODES" in text:
            text = text.replace("NODES", self.selection(node, depth - 1))
        told = self.alias(f"{owner}_{name}")
        return f"{told}: {name}{arguments}{self.directive()} {{ {text} }}"

    def aggregate(self, found: Any, name: str, to: Any) -> str:
        """A count, measures of some properties, or both."""
        record = to.name.removesuffix("Aggregate")
        given = self.wishes(found.args, record)
        properties = [n for n in to.fields if n not in ("count", "groupBy")]
        parts = []
        for _ in range(self.pick([0, 1, 1, 2])):
            own = self.pick(properties)
            kind = get_named_type(to.fields[own].type)
            names = [self.pick([*kind.fields, "count", "__typename"]) for _ in "ab"]
            parts.append(f"{self.alias(own)}: {own} {{ {' '.join(names)} }}")
        parts += ["count"] * (not parts or self.chance(2))
        parts += ["__typename"] * self.chance(4)
        told = f"{self.alias(f'{record}_{name}')}: {name}"
        asked = f"({', '.join(given)})" if given else ""
        return f"{told}{asked}{self.directive()} {{ {' '.join(parts)} }}"

    def arguments(self, known: Any, owner: str, depth: int) -> str:
        given = self.wishes(known, owner)
        sized = self.pick(["", "", "first", "first", "first", "last", "last"])
        if sized:
            size = self.value("1", "2", "3", "20", "$size")
            given.append(f"{sized}: {size}")
        for bound in ("after", "before"):
            if self.chance(3):
                self.pages.add(f"{bound}_{owner}")
                given.append(f"{bound}: ${bound}_{owner}")
        return f"({', '.join(given)})" if given else ""

    def wishes(self, known: Any, owner: str) -> list[str]:
        """A filter, an order, a day, a direction, now and then."""
        kind = "Member" if owner in MEMBERS else owner
        nested = "direction" in known
        key = st.fixed_dictionaries({"key": st.fixed_dictionaries({"gt": TEXTS})})
        wishes = {
            "filter": filters(kind, 2, nested) if kind in SCALARS else key,
            "orderBy": orders(kind, nested) if kind in SCALARS else ORDER,
            "asOf": DAYS,
        }
        given = []
        for name, values in wishes.items():
            if name in known and self.chance(4):
                told = f"{name}_{len(self.asked)}"
                self.asked[told] = (str(known[name].type), self.draw(values))
                given.append(f"{name}: ${told}")
        if nested and self.chance(2):
            given.append(f"direction: {self.value('IN', 'OUT', 'BOTH', '$way')}")
        return given

    def root(self, depth: int) -> str:
        known = [n for t, n in field_mappings() if t == "Query"]
        name = self.pick([*known, *["organisation", "organisations", "member"] * 5])
        found = TYPES["Query"].fields[name]
        to = get_named_type(found.type)
        if to.name.endswith("Connection"):
            return self.connection(found, name, to, depth)
        if to.name.endswith("Aggregate"):
            return self.aggregate(found, name, to)
        told = f"{self.alias(name)}: {name}"
        if name == "node":
            inner = "__typename id " + self.narrowed(depth)
            return f"{told}(id: {self.value('$id')}) {{ {inner} }}"
        key = self.pick([*self.keys.get(name, []), "unknown"])
        given = self.value(f'"{key}"', f'"{key}"', "$key")
        return f"{told}(key: {given}) {{ {self.selection(to, depth)} }}"


@st.composite
def documents(draw: Any, keys: dict[str, list[str]]) -> Document:
    """One operation of one to three reads; its values fit its variables."""
    writer = Writer(draw, keys)
    depths = st.lists(st.sampled_from([1, 2, 2, 3]), min_size=1, max_size=3)
    roots = [writer.root(depth) for depth in draw(depths)]
    declared = [f"{v}: {VARIABLES[v]}" for v in sorted(writer.used)]
    declared += [f"${page}: String" for page in sorted(writer.pages)]
    declared += [f"${name}: {type}" for name, (type, _) in writer.asked.items()]
    head = f"query Q({', '.join(declared)})" if declared else "query Q"
    text = f"{head} {{ {' '.join(roots)} }} {' '.join(writer.fragments)}"
    asked = {name: value for name, (_, value) in writer.asked.items()}
    given = values(draw, keys) | asked
    return Document(text, given, len(roots), sorted(writer.pages))


def values(draw: Any, keys: dict[str, list[str]]) -> dict[str, Any]:
    members = keys["member"]
    kind = draw(st.sampled_from([*MEMBERS, "Investor", "Customer", "Exchange"]))
    found = {
        "size": draw(st.sampled_from([1, 2, 3, 3, None, 0, 201])),
        "flat": draw(st.booleans()),
        "key": draw(st.sampled_from(members)),
        "names": draw(st.sampled_from([None, [], ["tier"], ["tier", "missing"]])),
        "way": draw(st.sampled_from(["IN", "OUT", "BOTH", None])),
        "id": global_id(kind, draw(st.sampled_from(members))),
    }
    if draw(st.booleans()):
        found["deep"] = draw(st.booleans())
    return found
