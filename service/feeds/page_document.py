"""The document that reads one page of a table: the table's own, with our arguments.

A connection gets `first`, `after`, a filter and an order, and `pageInfo`; a ranking
`first`, `after` and the `…PageInfo` beside it. Any other list gets `first` alone: it is
read as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    ListValueNode,
    NamedTypeNode,
    NameNode,
    NonNullTypeNode,
    ObjectFieldNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

from service.feeds.document_table import SIZES, page_info_name
from service.feeds.table import Step, Table

LINKS = "firstLinks"  # of a map, beside `first` for its points
FIRST, AFTER, FILTER, ORDER = "feedFirst", "feedAfter", "feedFilter", "feedOrder"
PAGE_INFO = parse("{ pageInfo { endCursor hasNextPage } }", no_location=True)
ABOUT = "feedAbout"
WARNINGS = parse(f"{{ {ABOUT}: about {{ warnings }} }}", no_location=True)
RANKING_PAGE = "feedPage"  # what the page info of a ranking is called
END = parse("{ endCursor hasNextPage }", no_location=True)
TOTAL = parse("{ totalCount }", no_location=True)


@dataclass(frozen=True)
class PageShape:
    """What a page needs beside its size: `drops_filter` where the document's own filter
    is a variable without a value.
    """

    has_filter: bool = False
    has_order: bool = False
    drops_filter: bool = False
    counts: bool = False  # the total instead of rows
    has_warnings: bool = False  # those of each answer, beside the rows
    # The columns to read, by level and path; None: all of them
    paths: frozenset[tuple[int, tuple[str | int, ...]]] | None = None


def page_document(table: Table, shape: PageShape) -> str:
    """The text of the document; the same for all pages of one shape."""
    operation, sized = table.operation, table.sized
    ours: tuple[VariableDefinitionNode, ...] = ()
    if sized is not None:
        steps = list(table.steps[: table.first_list])
        root = with_arguments_at(operation.selection_set, steps, sized, shape, table)
        operation = replace(operation, selection_set=root)
        ours = variables_of(sized, shape)
    if shape.has_warnings:
        root = with_warnings(operation.selection_set, table)
        operation = replace(operation, selection_set=root)
    fragments = fragments_in(operation, table.document)
    uses = NamesVisitor()
    for node in (operation.selection_set, *fragments):
        visit(node, uses)
    definitions = (*own_variables(table, shape), *ours)
    used = tuple(d for d in definitions if d.variable.name.value in uses.variables)
    operation = replace(operation, variable_definitions=used)
    return print_ast(DocumentNode(definitions=(operation, *fragments)))


def variables_of(step: Step, shape: PageShape) -> tuple[VariableDefinitionNode, ...]:
    """The definitions of our own variables."""
    types = {name: str(item.type) for name, item in step.definition.args.items()}
    ours = {FIRST: "Int", AFTER: "String"}
    if shape.has_filter:
        ours[FILTER] = f"{types['filter']}!"
    if shape.has_order:
        ours[ORDER] = types["orderBy"]
    texts = ", ".join(f"${name}: {type}" for name, type in ours.items())
    [operation] = parse(f"query ({texts}) {{ a }}", no_location=True).definitions
    assert isinstance(operation, OperationDefinitionNode)
    return operation.variable_definitions or ()


def own_variables(table: Table, shape: PageShape) -> list[VariableDefinitionNode]:
    """The definitions of the document; a filter beside ours may not be null."""
    definitions = list(table.operation.variable_definitions or ())
    name = filter_variable(table) if shape.has_filter else None
    for index, each in enumerate(definitions):
        if each.variable.name.value == name and isinstance(each.type, NamedTypeNode):
            type = NonNullTypeNode(type=each.type)
            definitions[index] = replace(each, type=type)
    return definitions


def filter_variable(table: Table) -> str | None:
    """The variable that is the document's own filter, if it is one."""
    for argument in (table.paging.node.arguments or ()) if table.paging else ():
        if argument.name.value == "filter" and isinstance(argument.value, VariableNode):
            return argument.value.name.value
    return None


class NamesVisitor(Visitor):
    """The names of the variables and fragments that a selection uses."""

    def __init__(self) -> None:
        super().__init__()
        self.variables: set[str] = set()
        self.fragments: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.variables.add(node.name.value)

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        self.fragments.add(node.name.value)


def fragments_in(
    operation: OperationDefinitionNode, document: DocumentNode
) -> list[FragmentDefinitionNode]:
    """The fragments that the operation uses; an unused one would be an error."""
    known = {
        d.name.value: d
        for d in document.definitions
        if isinstance(d, FragmentDefinitionNode)
    }
    names = NamesVisitor()
    visit(operation, names)
    result: dict[str, FragmentDefinitionNode] = {}
    while missing := names.fragments - result.keys():
        for name in missing:
            result[name] = known[name]
            visit(known[name], names)
    return list(result.values())


def with_arguments_at(
    selection_set: SelectionSetNode,
    steps: list[Step],
    sized: Step,
    shape: PageShape,
    table: Table,
) -> SelectionSetNode:
    """The selection with our arguments at the step that takes them."""
    step, *rest = steps
    selections: list[SelectionNode] = []
    for selection in selection_set.selections:
        if selection is step.node:
            node = step.node
            inner = node.selection_set
            assert inner is not None
            if step is sized:
                node = with_page_arguments(step, shape)
            if step is table.paging:
                inner = with_page_info(table, shape)
            elif rest:
                inner = with_arguments_at(inner, rest, sized, shape, table)
            if step is table.ranking:
                selections.append(ranking_page_info(node))
                selection = with_columns(node, shape)
            else:
                selection = replace(node, selection_set=inner)
        selections.append(selection)
    return SelectionSetNode(selections=tuple(selections))


def with_warnings(selection_set: SelectionSetNode, table: Table) -> SelectionSetNode:
    """The selection of the root with the warnings of its answers."""
    [more] = WARNINGS.definitions
    assert isinstance(more, OperationDefinitionNode)
    selections = []
    for selection in selection_set.selections:
        if isinstance(selection, FieldNode) and selection.selection_set:
            name = (selection.alias or selection.name).value
            if name in table.answers:
                own = selection.selection_set.selections
                inner = SelectionSetNode(
                    selections=(*own, *more.selection_set.selections)
                )
                selection = replace(selection, selection_set=inner)
        selections.append(selection)
    return SelectionSetNode(selections=tuple(selections))


def with_page_info(table: Table, shape: PageShape) -> SelectionSetNode:
    """The selection of a connection: its rows and its page, or its total alone."""
    [more] = (TOTAL if shape.counts else PAGE_INFO).definitions
    assert isinstance(more, OperationDefinitionNode)
    rows = [] if shape.counts else [with_columns(table.steps[-1].node, shape)]
    return SelectionSetNode(selections=(*rows, *more.selection_set.selections))


def ranking_page_info(node: FieldNode) -> FieldNode:
    """The field beside a ranking that says where its page ends."""
    [end] = END.definitions
    assert isinstance(end, OperationDefinitionNode)
    alias, name = NameNode(value=RANKING_PAGE), NameNode(value=page_info_name(node))
    return replace(node, alias=alias, name=name, selection_set=end.selection_set)


def with_columns(node: FieldNode, shape: PageShape) -> FieldNode:
    """The rows with the columns of the page alone; fragments stay whole."""
    if shape.paths is None or node.selection_set is None:
        return node
    # The keys of a group are items of one list.
    paths = {tuple(p for p in path if isinstance(p, str)) for _, path in shape.paths}
    return replace(node, selection_set=with_paths(node.selection_set, paths))


def with_paths(
    selection_set: SelectionSetNode, paths: set[tuple[str, ...]]
) -> SelectionSetNode:
    selections = []
    for selection in selection_set.selections:
        if isinstance(selection, FieldNode):
            name = (selection.alias or selection.name).value
            inside = {path[1:] for path in paths if path[0] == name}
            if not inside:
                continue
            if selection.selection_set:
                inner = with_paths(selection.selection_set, inside)
                selection = replace(selection, selection_set=inner)
        selections.append(selection)
    return SelectionSetNode(selections=tuple(selections))


def with_page_arguments(step: Step, shape: PageShape) -> FieldNode:
    arguments = {item.name.value: item.value for item in step.node.arguments or ()}
    for name in SIZES:
        arguments.pop(name, None)
    arguments["first"] = variable(FIRST)
    if LINKS in step.definition.args:
        arguments[LINKS] = variable(FIRST)
    if "after" in step.definition.args and not shape.counts:
        arguments["after"] = variable(AFTER)
    if shape.drops_filter:
        arguments.pop("filter", None)
    if shape.has_filter:
        own = [arguments["filter"]] if "filter" in arguments else []
        arguments["filter"] = conjunction([*own, variable(FILTER)])
    if shape.has_order:
        arguments["orderBy"] = variable(ORDER)
    nodes = tuple(
        ArgumentNode(name=NameNode(value=name), value=value)
        for name, value in arguments.items()
    )
    return replace(step.node, arguments=nodes)


def conjunction(filters: list[ValueNode]) -> ValueNode:
    """One filter as it is; several must all hold."""
    if len(filters) == 1:
        return filters[0]
    values = ListValueNode(values=tuple(filters))
    entry = ObjectFieldNode(name=NameNode(value="and"), value=values)
    return ObjectValueNode(fields=(entry,))


def variable(name: str) -> ValueNode:
    return VariableNode(name=NameNode(value=name))
