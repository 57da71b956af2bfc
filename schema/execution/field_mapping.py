"""What each field of this schema reads, for the compiler."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_type_hints

from graphql import GraphQLInterfaceType, GraphQLObjectType

from schema.query import schema
from schema.records.node import TYPES
from schema.records.reading import ROLES
from service.compiler.conversions import conversion
from service.compiler.schema_mapping import (
    FieldMapping,
    NotCompilable,
    RoleLabels,
    SchemaMapping,
    StoredProperty,
)
from service.vocabulary import camel
from service.vocabulary.nodes import Member

ROLE_PAIRS = tuple((label, role.name) for label, role in ROLES.items())


@cache
def schema_mapping(max_page: int) -> SchemaMapping:
    return SchemaMapping(field_mappings(), max_page)


@cache
def field_mappings() -> dict[tuple[str, str], FieldMapping]:
    """By type and field; the executor answers a field that is missing here."""
    mappings: dict[tuple[str, str], FieldMapping] = {}
    for kind in schema._schema.type_map.values():
        if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            continue
        stored = stored_properties(
            Member if kind.name == "Member" else TYPES.get(kind.name)
        )
        for name, field in kind.fields.items():
            definition = field.extensions.get("strawberry-definition")
            mapping = definition and definition.metadata.get("mapping")
            if mapping is None and definition and definition.base_resolver is None:
                mapping = stored.get(name)
            if mapping is not None:
                mappings[kind.name, name] = mapping
    return mappings


def stored_properties(cls: type[Any] | None) -> dict[str, FieldMapping]:
    """The stored properties of a type by their names in GraphQL."""
    if cls is None:
        return {}
    base = next(c for c in cls.__mro__ if c.__module__.startswith("service.vocabulary"))
    hints = get_type_hints(base)
    mappings: dict[str, FieldMapping] = {
        camel(f.name): stored_property(f, hints[f.name])
        for f in fields(base)
        if f.name != "roles"
    }
    if issubclass(base, Member):
        mappings["roles"] = RoleLabels(ROLE_PAIRS)
    return mappings


def stored_property(field: Field[Any], hint: Any) -> StoredProperty:
    nullable = isinstance(hint, UnionType)
    kind = next(iter(get_args(hint))) if nullable else hint
    default = (
        field.default if field.default_factory is MISSING else field.default_factory()
    )
    # Other data in the database may lack a key; no read returns it.
    required = not nullable and default is MISSING and field.name != "key"
    convert = conversion(kind)
    if convert is None and default in (MISSING, None):
        return StoredProperty(
            camel(field.name), is_date=kind is date, required=required
        )
    fallback = None if default is MISSING else default
    if isinstance(fallback, Enum):
        fallback = fallback.name

    def value_or_default(value: Any) -> Any:
        if value is not None:
            return convert(value) if convert else value
        if required:
            raise NotCompilable(f"{field.name} is missing")
        return list(fallback) if isinstance(fallback, list) else fallback

    return StoredProperty(
        camel(field.name), is_date=kind is date, convert=value_or_default
    )
