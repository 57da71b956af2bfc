"""The parameters of a statement, made from the arguments of each request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql.execution.values import VariableValues

from service.compiler.arguments import FieldArguments
from service.compiler.bindings import Bindings
from service.compiler.pages import CompiledPage, RecordSelection, compile_page
from service.compiler.traversal import MatchedRecord
from service.compiler.windows import PageWindow
from service.vocabulary.nodes import Record


@dataclass(frozen=True)
class BoundParameters:
    """The parameters of one field for one request, and its page if it has one."""

    params: dict[str, Any]
    page: CompiledPage | None = None


class PlanMismatch(Exception):
    """These values need another text: a cursor with a null in it, for example."""


@dataclass(frozen=True)
class ParameterBinding:
    """A field whose arguments become parameters, and the function that makes them."""

    arguments: FieldArguments
    bind: Callable[[dict[str, Any]], BoundParameters]
    texts: Mapping[str, str] | None = None  # of the page, as the statement has them

    def parameters(self, variables: VariableValues) -> BoundParameters:
        bound = self.bind(self.arguments(variables))
        if bound.page and bound.page.texts != self.texts:
            raise PlanMismatch
        return bound


@dataclass(frozen=True)
class PageBinding:
    """Compiles the page of a connection; its parameters carry the page's number."""

    max_page: int
    cls: type[Record]
    matched: MatchedRecord
    indexed: str | None
    number: int

    def __call__(self, arguments: dict[str, Any]) -> BoundParameters:
        value = arguments.get
        window = PageWindow(
            value("first"), value("after"), value("last"), value("before")
        )
        day = value("asOf")
        page = compile_page(
            RecordSelection(self.cls, value("filter"), value("orderBy"), day, window),
            self.matched,
            self.max_page,
            indexed=self.indexed,
            bindings=Bindings(day, f"values_{self.number}"),
            prefix=f"o{self.number}_",
        )
        params = {f"{name}_{self.number}": v for name, v in page.params.items()}
        return BoundParameters(params, page)
