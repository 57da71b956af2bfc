"""Rankings: the lists of an analysis, each of which pages to its end.

A list that is bounded by `first` is a field made by `ranking`. It shows one window of
its rows, and `with_page_infos` gives its type, beside it, a field `…PageInfo` with the
cursor behind that window. `first` and `after` are arguments of the list itself, or of
its question: those bound all lists of the question that have no `first` of their own.

A cursor is a position in an order, tied to the question, its arguments (its day among
them) and, if the list has a `first` of its own, to that list. Rows of one score are
ordered by key, so no row repeats or is left out while nothing is written. A cursor also
names the state of the graph that it was made in: in another one the answer still goes
on from its position, and `about.warnings` and the response's `extensions.warnings` say
that something was written.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, TypeVar

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.types.nodes import Selection

from schema.context import Context, Info, QuestionScope, root_name, today
from schema.records.generated import to_plain
from schema.records.limits import limit_of
from schema.records.ranking_windows import (
    WRITTEN_SINCE,
    RankingPageInfo,
    RankingWindow,
    position_of,
    state_of,
)
from schema.records.reading import members_of
from service.compiler.cursors import digest
from service.vocabulary import camel

T = TypeVar("T")
RankingColumns = Callable[
    [Any, Any, Sequence[tuple[str, ...]]], Awaitable[list[list[Any]] | None]
]
PAGING = ("first", "after")


def window_of(
    info: Info,
    first: int | None,
    default: int,
    after: str | None,
    name: str = "",
    most: int = 1_000,
) -> RankingWindow:
    """The window of a question, or of its list `name` with a `first` of its own."""
    limit = limit_of("first", first, default, most)
    question = info.context.questions[root_name(info)]
    owner = digest([question.owner, name])
    start = position_of(to_plain(after), owner)
    return RankingWindow(start, limit, owner, question.state)


class CursorScope(FieldExtension):
    """Notes for each question what its cursors are tied to, before it is answered."""

    async def resolve_async(
        self, next_: Callable[..., Any], source: Any, info: Info, **kwargs: Any
    ) -> Any:
        context = info.context
        scope = await question_scope(context, info, kwargs)
        context.questions[root_name(info)] = scope
        if scope.is_outdated and WRITTEN_SINCE not in context.warnings:
            context.warnings.append(WRITTEN_SINCE)
        return await next_(source, info, **kwargs)


async def question_scope(
    context: Context, info: Info, arguments: dict[str, Any]
) -> QuestionScope:
    own = {name: value for name, value in arguments.items() if name not in PAGING}
    stated = own.get("as_of") or getattr(own.get("network"), "as_of", None)
    owner = digest([info.field_name, repr(sorted(own.items())), stated or today()])
    state = digest(await context.snapshots.last_change())
    states = {state_of(after) for after in cursors_in(info.selected_fields)}
    return QuestionScope(owner, state, not states <= {state, None})


def cursors_in(selections: Sequence[Selection]) -> Iterator[str]:
    """The values of `after` in these fields, and in all fields below them."""
    for selection in selections:
        after = getattr(selection, "arguments", {}).get("after")
        if isinstance(after, str):
            yield after
        yield from cursors_in(selection.selections)


@dataclass(frozen=True)
class Ranking:
    """How a list is read: its rows in their order, and what shows some of them.

    `rows(root, most)` are the first `most` rows, or more; `items(root, info, rows)`
    the objects of the rows on a page. `first` is the default of the list's own
    argument; without it the list has the window of its question, `root.window`.
    `columns(root, rows, fields)` are the values of fields in these rows, for a table,
    without an object for each row; None where only the objects have them.
    """

    rows: Callable[[Any, int], Any]
    items: Callable[[Any, Info, Any], Any]
    first: int | None
    columns: RankingColumns | None = None

    async def page(self, root: Any, window: RankingWindow, info: Info) -> Any:
        rows = await value_of(self.rows(root, window.stop))
        page = rows[window.start : window.stop]
        table = info.context.column_values
        if table is not None and self.columns is not None:
            table.values = await self.columns(root, page, table.fields)
            if table.values is not None:
                return []
        return await value_of(self.items(root, info, page))

    async def page_info(self, root: Any, window: RankingWindow) -> RankingPageInfo:
        rows = await value_of(self.rows(root, window.stop + 1))
        return window.page_info(len(rows))


async def value_of(value: T | Awaitable[T]) -> T:
    return await value if isawaitable(value) else value


def ranking(
    rows: Callable[[Any, int], Any],
    items: Callable[[Any, Info, Any], Any],
    description: str,
    first: int | None = None,
    columns: RankingColumns | None = None,
) -> Any:
    """A list that pages to its end; see `Ranking`."""
    definition = Ranking(rows, items, first, columns)

    async def page(root: Any, info: Info, window: RankingWindow) -> Any:
        return await definition.page(root, window, info)

    return strawberry.field(
        resolver=windowed(page, first),
        description=description,
        metadata={"ranking": definition},
    )


async def member_items(root: Any, info: Info, keys: Sequence[str]) -> list[Any]:
    """The items of a ranking whose rows are keys of members."""
    return await members_of(info.context, list(keys))


def windowed(resolver: Callable[..., Any], default: int | None) -> Callable[..., Any]:
    """A resolver with a window: of its own arguments, or of its question."""
    if default is None:

        async def resolve(root: Any, info: Info) -> Any:
            return await resolver(root, info, root.window)

        return resolve

    async def resolve_own(
        root: Any,
        info: Info,
        first: int | None = default,
        after: str | None = strawberry.UNSET,
    ) -> Any:
        list_name = info.field_name.removesuffix("PageInfo")
        name = f"{info.path.typename}.{list_name}"
        window = window_of(info, first, default, after, name)
        return await resolver(root, info, window)

    return resolve_own


def with_page_infos(cls: type[T]) -> type[T]:
    """Give a type, beside each of its rankings, the page info of that ranking."""
    annotations: dict[str, Any] = {}
    for name, kind in cls.__annotations__.items():
        annotations[name] = kind
        definition = getattr(vars(cls).get(name), "metadata", {}).get("ranking")
        if definition is not None:
            setattr(cls, f"{name}_page_info", page_info_field(camel(name), definition))
            annotations[f"{name}_page_info"] = RankingPageInfo
    cls.__annotations__ = annotations
    return cls


def page_info_field(name: str, definition: Ranking) -> Any:
    async def page_info(root: Any, info: Info, window: RankingWindow) -> Any:
        return await definition.page_info(root, window)

    text = f"The end of this page of `{name}`, and whether more follows."
    if definition.first is not None:
        text += f" Its arguments are those of `{name}`."
    return strawberry.field(
        resolver=windowed(page_info, definition.first), description=text
    )
