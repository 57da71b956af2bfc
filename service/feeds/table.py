"""A table: its columns and parameters, and the way through its document to the rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLField,
    OperationDefinitionNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
    print_ast,
)

from schema.execution.pricing import NOT_SIZED_BY_FIRST

AS_OF = "asOf"
DAY_COLUMN, DELETED_COLUMN = "as_of", "deleted"


@dataclass(frozen=True)
class Column:
    """One column: where its values are in a row, and their type.

    `fields` are the names in the schema, `path` those in the response. `level` is the
    list that it belongs to: a list around the rows repeats its values.
    """

    name: str
    type: type
    is_required: bool
    path: tuple[str | int, ...]
    fields: tuple[str, ...]
    level: int
    description: str


@dataclass(frozen=True)
class Parameter:
    """A variable of the document: its type and its default as GraphQL writes them."""

    name: str
    type: str
    default: str | None
    is_required: bool
    description: str
    choices: tuple[str, ...] = ()  # of an enumeration


@dataclass(frozen=True)
class Step:
    """A field on the way to the rows: its name in the response, and its definition."""

    node: FieldNode
    definition: GraphQLField
    owner: str  # the type that has the field
    has_page_info: bool  # whether that type has a field `…PageInfo` beside it

    @property
    def name(self) -> str:
        return (self.node.alias or self.node.name).value

    @property
    def is_list(self) -> bool:
        return is_list_type(get_nullable_type(self.definition.type))


@dataclass(frozen=True)
class Table:
    """A document as a table. `lists` are the ways to the rows, one from each list to
    the next one inside it.
    """

    name: str
    text: str
    description: str
    columns: tuple[Column, ...]
    parameters: tuple[Parameter, ...]
    steps: tuple[Step, ...]
    answers: tuple[str, ...]  # the root fields that have `about`
    document: DocumentNode = field(repr=False)
    operation: OperationDefinitionNode = field(repr=False)

    @property
    def lists(self) -> list[tuple[str, ...]]:
        """The names in the response that lead from one list to the next."""
        ways, way = [], []
        for step in self.steps:
            way.append(step.name)
            if step.is_list:
                ways.append(tuple(way))
                way = []
        return ways

    @property
    def first_list(self) -> int:
        """How many steps lead to the outermost list."""
        lists = [index for index, step in enumerate(self.steps, 1) if step.is_list]
        return lists[0] if lists else 0

    @property
    def sized(self) -> Step | None:
        """The step whose `first` says how long the outermost list is."""
        steps = self.steps[: self.first_list]
        last = steps[-1] if steps else None
        if last and (last.owner, last.node.name.value) in NOT_SIZED_BY_FIRST:
            return None
        sized = [step for step in steps if "first" in step.definition.args]
        return sized[-1] if sized else None

    @property
    def paging(self) -> Step | None:
        """The connection whose pages have the rows, if there is one."""
        sized = self.sized
        if sized is None or len(self.lists) > 1 or sized not in self.steps[-2:-1]:
            return None
        page = getattr(get_named_type(sized.definition.type), "fields", {})
        is_nodes = self.steps[-1].node.name.value == "nodes"
        return sized if is_nodes and "pageInfo" in page else None

    @property
    def connection(self) -> Step | None:
        """The connection of all records of a type, which takes filters and orders."""
        paging = self.paging
        if paging is None or paging is not self.steps[0]:
            return None
        return (
            paging if {"filter", "orderBy"} <= paging.definition.args.keys() else None
        )

    @property
    def ranking(self) -> Step | None:
        """The list of an analysis that pages to its end, if the rows are one."""
        sized = self.sized
        if sized is None or len(self.lists) > 1 or "after" not in sized.definition.args:
            return None
        return self.steps[-1] if self.steps[-1].has_page_info else None

    @property
    def has_pages(self) -> bool:
        return self.paging is not None or self.ranking is not None

    @property
    def has_plain_rows(self) -> bool:
        """Whether each column is one field of each row of the only list: there are no
        fragments and no directives.
        """
        text = print_ast(self.document)
        return len(self.lists) == 1 and "..." not in text and "@" not in text

    @property
    def record_type(self) -> str | None:
        """The type of the records that a connection returns."""
        if self.connection is None:
            return None
        return str(get_named_type(self.steps[-1].definition.type))

    @property
    def day(self) -> Parameter | None:
        """The variable that says which day the table is about."""
        days = (p for p in self.parameters if (p.name, p.type) == (AS_OF, "Date"))
        return next(days, None)

    @property
    def key(self) -> str | None:
        """The column that tells records apart, where rows are records."""
        names = {column.name for column in self.columns}
        return "key" if self.connection and "key" in names else None

    @property
    def missing(self) -> list[str]:
        """The parameters that a request must give."""
        return [p.name for p in self.parameters if p.is_required]
