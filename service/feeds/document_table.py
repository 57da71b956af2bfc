"""The table that a GraphQL document is: what it says as rows, columns and parameters.

The rows are the one list that the document leads to. Scalars of a row and of the
objects inside it are columns, so `member { key }` is `member_key`. Variables are
parameters. A document without a list is a table of one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNonNull,
    GraphQLSchema,
    InlineFragmentNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    StringValueNode,
    TypeNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_leaf_type,
    is_list_type,
    print_ast,
    value_from_ast_untyped,
)

from service.feeds.table import (
    DAY_COLUMN,
    DELETED_COLUMN,
    Column,
    Parameter,
    Step,
    Table,
)
from service.vocabulary import snake

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")
TYPES: dict[str, type] = {
    "Int": int,
    "Float": float,
    "Boolean": bool,
    "Date": date,
    "DateTime": datetime,
}
FIELD = re.compile(r"`\w+`|\b[a-z]+[A-Z]\w*\b")  # in a description
GROUP_VALUE = "GroupValue"  # of a group: each of its keys is a column
# Parameters that every table has; no variable may have such a name.
RESERVED = ("columns", "orderBy", "limit", "since", "step", "dialect")
SIZES = ("first", "after", "last", "before")


class NotTable(Exception):
    """Why a document is no table; it stays a trusted document."""


def table_of(
    schema: GraphQLSchema, name: str, text: str, document: DocumentNode
) -> Table:
    """The table that a valid document is; NotTable says why it is none."""
    if not NAME.fullmatch(name):
        raise NotTable(
            "its name must have letters, digits and _ only, and begin with a letter"
        )
    description = description_of(text)
    if not description:
        raise NotTable("it has no description; begin it with a comment")
    walker = DocumentWalker(schema, document)
    columns, steps = walker.table()
    columns = [with_column_names(column, columns) for column in columns]
    names = [column.name for column in columns]
    reserved = [DAY_COLUMN, DELETED_COLUMN]
    for column in sorted({n for n in names if names.count(n) > 1 or n in reserved}):
        raise NotTable(f"two columns would have the name {column}; use an alias")
    if not names:
        raise NotTable("its rows have no values; select at least one")
    parameters = tuple(walker.parameters(steps))
    for parameter in parameters:
        if parameter.name in RESERVED:
            raise NotTable(f"${parameter.name} is a parameter of all tables; rename it")
    return Table(
        name,
        text,
        description,
        tuple(columns),
        parameters,
        tuple(steps),
        tuple(walker.answers()),
        document,
        walker.operation,
    )


def page_info_name(node: FieldNode) -> str:
    """The field that says where the page of a ranking ends."""
    return f"{node.name.value}PageInfo"


def description_of(text: str) -> str:
    """The comments that a document begins with, as one text.

    >>> description_of("# All members.\\n# By key.\\n\\n{ members { nodes { key } } }")
    'All members. By key.'
    """
    lines = []
    for line in text.lstrip("\ufeff \t\r\n").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# ").strip())
    return " ".join(filter(None, lines))


def with_column_names(column: Column, columns: list[Column]) -> Column:
    """The column; its description names others as the table does, not as the API."""
    leaf = snake(str(column.path[-1])).strip("_")
    owner = column.name.removesuffix(leaf)
    names = {other.name for other in columns}

    def name_of(match: re.Match[str]) -> str:
        name = owner + snake(match[0].strip("`"))
        if name not in names:
            return match[0]
        return f"`{name}`" if match[0].startswith("`") else name

    return replace(column, description=FIELD.sub(name_of, column.description))


@dataclass(frozen=True)
class SelectedField:
    """A field of the selection on one object, with all that is selected in it."""

    name: str  # in the response
    definition: GraphQLField | None  # None: __typename
    owner: str
    nodes: tuple[FieldNode, ...]
    is_direct: bool  # it is in no fragment
    is_certain: bool  # every object has it


class DocumentWalker:
    """Walks through the selection of the one query of a document."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self.schema = schema
        definitions = document.definitions
        operations = [d for d in definitions if isinstance(d, OperationDefinitionNode)]
        if len(operations) != 1 or operations[0].operation is not OperationType.QUERY:
            raise NotTable("it is not one query")
        self.operation = operations[0]
        self.fragments = {
            d.name.value: d
            for d in definitions
            if isinstance(d, FragmentDefinitionNode)
        }

    def table(self) -> tuple[list[Column], list[Step]]:
        """The columns, and the steps that lead to the rows."""
        query = self.schema.query_type
        assert query is not None
        steps: list[Step] = []
        columns: list[Column] = []
        sets, owner, level = [self.operation.selection_set], query.name, -1
        while True:
            lists = self.lists_in(sets, owner)
            if level >= 0 or not lists:
                unnamed = () if level >= 0 else self.root_way(sets, owner)
                columns += self.group_columns(sets, owner, steps)
                columns += self.columns(sets, owner, max(level, 0), unnamed)
            if not lists:
                return columns, steps
            if len(lists) > 1:
                names = ", ".join(".".join(s.name for s in way) for way in lists)
                raise NotTable(f"it leads to more than one list: {names}")
            [way] = lists
            if level >= 0:
                refuse_cut_list(way)
            steps += way
            last = way[-1]
            owner = str(get_named_type(last.definition.type))
            sets = [last.node.selection_set] if last.node.selection_set else []
            level += 1

    def answers(self) -> Iterator[str]:
        """The root fields that say how they were computed; those in fragments do not.

        Two fields of one name are one answer, which must not be read twice.
        """
        query = self.schema.query_type
        assert query is not None
        for each in self.selected_fields([self.operation.selection_set], query.name):
            if each.definition is None or not each.is_direct or len(each.nodes) > 1:
                continue
            kind = get_named_type(each.definition.type)
            if "about" in getattr(kind, "fields", {}):
                yield each.name

    def root_way(self, sets: list[SelectionSetNode], owner: str) -> tuple[str, ...]:
        """What no column of a single row need repeat: the only root field."""
        fields = list(self.selected_fields(sets, owner))
        return (fields[0].name,) if len(fields) == 1 else ()

    def lists_in(
        self, sets: list[SelectionSetNode], owner: str
    ) -> list[tuple[Step, ...]]:
        """The ways to the outermost lists of objects."""
        ways: list[tuple[Step, ...]] = []
        for each in self.selected_fields(sets, owner):
            if each.definition is None:
                continue
            kind = get_named_type(each.definition.type)
            if not is_composite_type(kind) or kind.name == GROUP_VALUE:
                continue
            node = each.nodes[0]
            beside = getattr(self.schema.type_map[each.owner], "fields", {})
            has_page_info = page_info_name(node) in beside
            step = Step(node, each.definition, each.owner, has_page_info)
            if step.is_list:
                inner: list[tuple[Step, ...]] = [()]
            else:
                inner = self.lists_in(selections(each), kind.name)
            if inner and (len(each.nodes) > 1 or not each.is_direct):
                raise NotTable(f"{each.name} is in a fragment; write it out")
            ways += [(step, *way) for way in inner]
        return ways

    def columns(
        self,
        sets: list[SelectionSetNode],
        owner: str,
        level: int,
        unnamed: tuple[str, ...] = (),
    ) -> Iterator[Column]:
        """The scalars of an object and of the objects inside it."""
        yield from self.columns_at(sets, owner, level, (), (), True, unnamed, "")

    def columns_at(
        self,
        sets: list[SelectionSetNode],
        owner: str,
        level: int,
        path: tuple[str, ...],
        fields: tuple[str, ...],
        is_required: bool,
        unnamed: tuple[str, ...],
        about: str,
    ) -> Iterator[Column]:
        """`about`: what the fields around the object say of it."""
        for each in self.selected_fields(sets, owner):
            names, own = (*path, each.name), (*fields, each.nodes[0].name.value)
            title = names[1:] if names[:1] == unnamed else names
            name = "_".join(snake(part).strip("_") for part in title)
            if each.definition is None:
                yield Column(name, str, is_required, names, own, level, "Its type.")
                continue
            definition = each.definition
            kind = get_named_type(definition.type)
            certain = is_required and each.is_certain
            certain = certain and isinstance(definition.type, GraphQLNonNull)
            text = f"{about} {definition.description or ''}".strip()
            if is_leaf_type(kind):
                type = value_type(definition, kind.name)
                yield Column(name, type, certain, names, own, level, text)
            elif not is_list_type(get_nullable_type(definition.type)):
                if names == unnamed:
                    text = ""
                yield from self.columns_at(
                    selections(each),
                    kind.name,
                    level,
                    names,
                    own,
                    certain,
                    unnamed,
                    text,
                )

    def group_columns(
        self, sets: list[SelectionSetNode], owner: str, steps: list[Step]
    ) -> Iterator[Column]:
        """The keys of a group, as its document writes them."""
        for each in self.selected_fields(sets, owner):
            if not each.definition:
                continue
            if get_named_type(each.definition.type).name == GROUP_VALUE:
                names = group_key_names(steps)
                for index, name in enumerate(names):
                    path = (each.name, index, "value")
                    text = f"A key of the group: {name.replace('_', ' ')}."
                    yield Column(name, str, False, path, (), 0, text)

    def selected_fields(
        self, sets: list[SelectionSetNode], owner: str
    ) -> Iterator[SelectedField]:
        """The fields of an object in the order of the document, each once."""
        grouped: dict[str, SelectedField] = {}
        for node, type, is_direct, is_certain in self.fields_of(sets, owner):
            name = (node.alias or node.name).value
            owner_fields = getattr(self.schema.type_map[type], "fields", {})
            before = grouped.get(name)
            nodes = (*before.nodes, node) if before else (node,)
            grouped[name] = SelectedField(
                name,
                owner_fields.get(node.name.value),
                type,
                nodes,
                is_direct,
                is_certain or bool(before and before.is_certain),
            )
        yield from grouped.values()

    def fields_of(
        self, sets: list[SelectionSetNode], owner: str, is_direct: bool = True
    ) -> Iterator[tuple[FieldNode, str, bool, bool]]:
        for selection in [s for each in sets for s in each.selections]:
            if isinstance(selection, FieldNode):
                is_certain = not selection.directives
                yield selection, owner, is_direct, is_certain
                continue
            fragment: InlineFragmentNode | FragmentDefinitionNode
            if isinstance(selection, FragmentSpreadNode):
                fragment = self.fragments[selection.name.value]
            else:
                assert isinstance(selection, InlineFragmentNode)
                fragment = selection
            condition = fragment.type_condition
            type = condition.name.value if condition else owner
            is_whole = type == owner and not selection.directives
            for node, of, _, is_certain in self.fields_of(
                [fragment.selection_set], type, False
            ):
                yield node, of, False, is_certain and is_whole

    def parameters(self, steps: list[Step]) -> Iterator[Parameter]:
        """The variables, without those that only say which page to read."""
        for definition in self.operation.variable_definitions or ():
            name = definition.variable.name.value
            if name in SIZES:
                continue
            default = definition.default_value
            is_required = isinstance(definition.type, NonNullTypeNode) and not default
            description = getattr(definition, "description", None)
            text = description.value if isinstance(description, StringValueNode) else ""
            yield Parameter(
                name,
                print_ast(definition.type),
                print_ast(default) if default else None,
                is_required,
                text or self.argument_description(name),
                self.choices(definition.type),
            )

    def choices(self, type: TypeNode) -> tuple[str, ...]:
        """The values of an enumeration, of which a variable may be a list."""
        while not isinstance(type, NamedTypeNode):
            assert isinstance(type, ListTypeNode | NonNullTypeNode)
            type = type.type
        return tuple(getattr(self.schema.type_map[type.name.value], "values", ()))

    def argument_description(self, name: str) -> str:
        """What the first argument of a root field that takes the variable says."""
        query = self.schema.query_type
        assert query is not None
        for each in self.selected_fields([self.operation.selection_set], query.name):
            for argument in each.nodes[0].arguments or ():
                if each.definition and uses(argument.value, name):
                    known = each.definition.args[argument.name.value]
                    if uses_alone(argument.value, name):
                        return known.description or ""
                    return self.field_description(known.type, argument.value, name)
        return ""

    def field_description(self, type: Any, value: Any, name: str) -> str:
        """What the field of an input object that takes the variable says."""
        fields = getattr(get_named_type(type), "fields", {})
        for each in getattr(value, "fields", ()):
            if uses_alone(each.value, name) and each.name.value in fields:
                return fields[each.name.value].description or ""
        return ""


def group_key_names(steps: list[Step]) -> list[str]:
    """The names of the columns for the keys of `groupBy`, such as `on_year`.

    The keys are written in the document: a variable would make them unknown.
    """
    arguments = [a for step in steps for a in step.node.arguments or ()]
    keys = [a.value for a in arguments if a.name.value == "keys"]
    entries = getattr(keys[0], "values", None) if keys else None
    if not entries:
        raise NotTable("the keys of its groups are a variable; write them out")
    names = []
    for entry in entries:
        values = {f.name.value: value_from_ast_untyped(f.value) for f in entry.fields}
        bucket = values.pop("bucket", None)
        [(owner, name)] = values.items() or [("", "")]
        words = [owner] if owner not in ("field", "attribute") else []
        words += [str(name), *([bucket] if bucket else [])]
        names.append(re.sub(r"\W", "_", "_".join(words)).lower())
    return names


def uses(value: Any, name: str) -> bool:
    return f"${name}" in re.findall(r"\$\w+", print_ast(value))


def uses_alone(value: Any, name: str) -> bool:
    return print_ast(value) == f"${name}"


def selections(each: SelectedField) -> list[SelectionSetNode]:
    return [node.selection_set for node in each.nodes if node.selection_set]


def value_type(definition: GraphQLField, name: str) -> type:
    if is_list_type(get_nullable_type(definition.type)):
        return list
    return TYPES.get(name, str)


def refuse_cut_list(way: tuple[Step, ...]) -> None:
    """A list inside rows must be complete, or rows would be missing."""
    for step in way:
        if "first" in step.definition.args:
            names = ".".join(step.name for step in way)
            raise NotTable(
                f"{names} is a list inside each row, and may be cut off; write a"
                " document that begins with it"
            )
