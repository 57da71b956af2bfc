"""What each field of this schema reads, told to the compiler."""

from __future__ import annotations

from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from enum import Enum
from functools import cache, cached_property
from types import UnionType
from typing import Any, get_args, get_type_hints

from graphql import GraphQLInterfaceType, GraphQLObjectType

from schema.query import schema
from schema.records.connection_fields import Wanted, Window
from schema.records.node import TYPES, global_id, parsed_id
from schema.records.paging import page
from schema.records.reading import ROLES
from service.compiler.bindings import Bindings
from service.compiler.conversions import conversion
from service.compiler.schema_mapping import (
    FieldMapping,
    NotCompilable,
    Page,
    RoleLabels,
    StoredProperty,
)
from service.compiler.traversal import Seen
from service.vocabulary import camel
from service.vocabulary.nodes import Member, Record

PAIRS = tuple((label, role.name) for label, role in ROLES.items())


@dataclass(frozen=True)
class ValueNet:
    """This schema, as the compiler's `Face`."""

    max_page: int

    @cached_property
    def meanings(self) -> dict[tuple[str, str], FieldMapping]:
        return meanings()

    def page(
        self,
        cls: type[Record],
        arguments: dict[str, Any],
        seen: Seen,
        indexed: str | None,
        number: int,
    ) -> Page:
        given = arguments.get
        window = Window(given("first"), given("after"), given("last"), given("before"))
        day = given("asOf")
        wanted = Wanted(cls, given("filter"), given("orderBy"), day, window)
        return page(
            wanted,
            seen,
            self.max_page,
            indexed=indexed,
            bindings=Bindings(day, f"given_{number}"),
            prefix=f"o{number}_",
        )

    def id(self, name: str, key: str) -> str:
        return global_id(name, key)

    def parsed_id(self, text: str) -> tuple[str, str]:
        return parsed_id(text)


@cache
def face(max_page: int) -> ValueNet:
    return ValueNet(max_page)


@cache
def meanings() -> dict[tuple[str, str], FieldMapping]:
    """By type and field; a field that is missing here is the executor's."""
    found: dict[tuple[str, str], FieldMapping] = {}
    for kind in schema._schema.type_map.values():
        if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            continue
        stored = properties(Member if kind.name == "Member" else TYPES.get(kind.name))
        for name, field in kind.fields.items():
            definition = field.extensions.get("strawberry-definition")
            told = definition and definition.metadata.get("means")
            if told is None and definition and definition.base_resolver is None:
                told = stored.get(name)
            if told is not None:
                found[kind.name, name] = told
    return found


def properties(cls: type[Any] | None) -> dict[str, FieldMapping]:
    """The stored properties of a type by their names in GraphQL."""
    if cls is None:
        return {}
    base = next(c for c in cls.__mro__ if c.__module__.startswith("service.vocabulary"))
    hints = get_type_hints(base)
    found: dict[str, FieldMapping] = {
        camel(f.name): property_of(f, hints[f.name])
        for f in fields(base)
        if f.name != "roles"
    }
    return found | ({"roles": RoleLabels(PAIRS)} if issubclass(base, Member) else {})


def property_of(field: Field[Any], hint: Any) -> StoredProperty:
    nullable = isinstance(hint, UnionType)
    kind = next(iter(get_args(hint))) if nullable else hint
    default = (
        field.default if field.default_factory is MISSING else field.default_factory()
    )
    # What has no key is not ours, and no read finds it.
    required = not nullable and default is MISSING and field.name != "key"
    convert = conversion(kind)
    if convert is None and default in (MISSING, None):
        return StoredProperty(camel(field.name), dated=kind is date, required=required)
    shown = None if default is MISSING else default
    if isinstance(shown, Enum):
        shown = shown.name

    def whole(value: Any) -> Any:
        if value is not None:
            return convert(value) if convert else value
        if required:
            raise NotCompilable(f"{field.name} is missing")
        return list(shown) if isinstance(shown, list) else shown

    return StoredProperty(camel(field.name), dated=kind is date, convert=whole)
