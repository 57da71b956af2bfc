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
from schema.records.limits import limit_of
from service.compiler.cursors import INTEGER_LIMIT, cursor_parts, digest, encode_cursor
from service.errors import BadInput
from service.vocabulary import camel

T = TypeVar("T")
PAGING = ("first", "after")
WRITTEN_SINCE = (
    "Something was written after the cursor in `after` was made: rows may be missing"
    " from these pages, or be on two of them. Begin again without `after` to have all"
    " rows of one state."
)


@strawberry.type(
    description="Where a page of a list ends, and whether the list goes on."
)
class RankingPageInfo:
    has_next_page: bool = strawberry.field(
        description="Whether more rows follow this page."
    )
    end_cursor: str | None = strawberry.field(
        description="The value of `after` for the next page; null if this one is empty."
    )


@dataclass(frozen=True)
class RankingWindow:
    """Which rows of a list are on the page."""

    start: int
    limit: int
    owner: str
    state: str

    @property
    def stop(self) -> int:
        return self.start + self.limit

    def page_info(self, rows: Sequence[Any]) -> RankingPageInfo:
        """`rows`: those of the list from its start to one behind the page, or more."""
        end = min(self.stop, len(rows))
        cursor = encode_cursor(self.owner, [end, self.state])
        return RankingPageInfo(
            has_next_page=len(rows) > self.stop,
            end_cursor=cursor if end > self.start else None,
        )


def window_of(
    info: Info, first: int | None, default: int, after: str | None, name: str = ""
) -> RankingWindow:
    """The window of a question, or of its list `name` with a `first` of its own."""
    limit, scope = limit_of("first", first, default), info.context.questions
    question = scope[root_name(info)]
    owner = digest([question.owner, name])
    start = position_of(after, owner) if after else 0
    return RankingWindow(start, limit, owner, question.state)


def position_of(after: str, owner: str) -> int:
    try:
        made_for, position = cursor_parts(after)
    except BadInput as error:
        raise BadInput(f"after: {error}") from error
    match position:
        case [int(start), str()] if made_for == owner and 0 <= start < INTEGER_LIMIT:
            return start
    raise BadInput(
        "after: the cursor was made for another list, other arguments or another day;"
        " only `first` may change between two pages. Begin again without `after`."
    )


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
        if isinstance(after, str) and after:
            yield after
        yield from cursors_in(selection.selections)


def state_of(after: str) -> str | None:
    """The state that a cursor of a ranking was made in; None of any other text."""
    try:
        _, position = cursor_parts(after)
    except BadInput:
        return None
    match position:
        case [int(), str(state)]:
            return state
    return None


@dataclass(frozen=True)
class Ranking:
    """How a list is read: its rows in their order, and what shows some of them.

    `rows(root, most)` are the first `most` rows, or more; `items(root, info, rows)`
    the objects of the rows on a page. `first` is the default of the list's own
    argument; without it the list has the window of its question, `root.window`.
    """

    rows: Callable[[Any, int], Any]
    items: Callable[[Any, Info, Sequence[Any]], Any]
    first: int | None

    async def page(self, root: Any, window: RankingWindow, info: Info) -> Any:
        rows = await value_of(self.rows(root, window.stop))
        page = rows[window.start : window.stop]
        return await value_of(self.items(root, info, page))

    async def page_info(self, root: Any, window: RankingWindow) -> RankingPageInfo:
        return window.page_info(await value_of(self.rows(root, window.stop + 1)))


async def value_of(value: T | Awaitable[T]) -> T:
    return await value if isawaitable(value) else value


def ranking(
    rows: Callable[[Any, int], Any],
    items: Callable[[Any, Info, Sequence[Any]], Any],
    description: str,
    first: int | None = None,
) -> Any:
    """A list that pages to its end; see `Ranking`."""
    definition = Ranking(rows, items, first)

    async def page(root: Any, info: Info, window: RankingWindow) -> Any:
        return await definition.page(root, window, info)

    return strawberry.field(
        resolver=windowed(page, first),
        description=description,
        metadata={"ranking": definition},
    )


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
        window = window_of(info, first, default, after or None, name)
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
