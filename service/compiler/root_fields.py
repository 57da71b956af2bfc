"""Compiles a root field: to a statement, its parameters and its decoder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLNonNull, GraphQLObjectType
from graphql.execution.values import VariableValues

from service.compiler import aggregates, connections, projection
from service.compiler.arguments import FieldArguments
from service.compiler.decoders import Decoder, NullableDecoder, ScalarDecoder
from service.compiler.global_ids import decode_global_id
from service.compiler.parameters import BoundParameters, ParameterBinding
from service.compiler.projection import RecordReference, decoder_of
from service.compiler.schema_mapping import (
    AllRecords,
    ConnectionAggregate,
    NotCompilable,
    RecordById,
    RecordByKey,
    SchemaMapping,
)
from service.compiler.statement_builder import (
    Details,
    Expression,
    OperationContext,
    StatementBuilder,
)
from service.compiler.traversal import MatchedRecord
from service.graph.statements import Statement
from service.vocabulary import TIES, key_label

PARAMETER = re.compile(r"\$([a-z]+_\d+)")
TIE_TYPES = {cls.__name__: cls.type for cls in TIES.values()}


@dataclass(frozen=True)
class CompiledField:
    """One root field, compiled for all requests whose variables have one shape."""

    name: str  # in the response
    node: FieldNode
    nullable: bool
    statement: Statement | None  # None: a constant
    decoder: Decoder
    # BoundParameters: the same for every request
    bindings: tuple[ParameterBinding | BoundParameters, ...]
    parameter_names: frozenset[str]

    def bind(self, variables: VariableValues) -> list[BoundParameters]:
        return [
            binding
            if isinstance(binding, BoundParameters)
            else binding.parameters(variables)
            for binding in self.bindings
        ]

    def params(self, bound: Sequence[BoundParameters]) -> dict[str, Any]:
        names = self.parameter_names
        return {k: v for each in bound for k, v in each.params.items() if k in names}

    def decode(self, value: Any, bound: Sequence[BoundParameters]) -> Any:
        pages: list[Any] = [each.page for each in bound]
        return self.decoder.decode([value], pages)[0]


def compile_fields(
    operation: OperationContext, mapping: SchemaMapping
) -> tuple[tuple[CompiledField, ...], list[Details]]:
    """The root fields that can be compiled, and the details of all others."""
    compiled, others = [], []
    for name, details in operation.root_fields().items():
        if details[0].node.name.value not in mapping.root_fields:
            others.append(details)
            continue
        try:
            compiled.append(compile_field(operation, mapping, name, details))
        except NotCompilable:
            others.append(details)
    return tuple(compiled), others


def compile_field(
    operation: OperationContext, mapping: SchemaMapping, name: str, details: Details
) -> CompiledField:
    node = details[0].node
    field = node.name.value
    if field == "__typename":
        constant = ScalarDecoder(lambda _: "Query")
        return CompiledField(name, node, False, None, constant, (), frozenset())
    builder = StatementBuilder(operation, mapping)
    definition = builder.field("Query", field)
    text, expression = root_statement(builder, field, definition, details)
    return CompiledField(
        name,
        node,
        not isinstance(definition.type, GraphQLNonNull),
        Statement(field, text, "", {}, ("value",)),
        NullableDecoder(decoder_of(expression)),
        tuple(bind_constant(each, operation.variables) for each in builder.bindings),
        frozenset(PARAMETER.findall(text)),
    )


def root_statement(
    builder: StatementBuilder, field: str, definition: GraphQLField, details: Details
) -> tuple[str, Expression]:
    """The text of the statement, and the expression that it returns."""
    match builder.mapping_of("Query", field):
        case AllRecords() as mapping:
            records = connections.all_records(builder, mapping, field, details)
            value = connections.connection_expression(builder, records, details)
            return f"RETURN {value.text} AS value", value
        case ConnectionAggregate(of=AllRecords() as mapping):
            records = connections.all_records(
                builder, mapping, field, details, in_order=False
            )
            value = aggregates.aggregate_expression(
                builder, records, mapping.cls, details
            )
            return f"RETURN {value.text} AS value", value
        case RecordByKey() as mapping:
            return by_key(builder, mapping, definition, details)
        case RecordById():
            return by_id(builder, definition, details)
    raise NotCompilable(f"Query.{field}")


def bind_constant(
    binding: ParameterBinding, variables: VariableValues
) -> ParameterBinding | BoundParameters:
    """Arguments without variables are bound once, when the field is compiled."""
    return binding.parameters(variables) if binding.arguments.constant else binding


def by_key(
    builder: StatementBuilder,
    mapping: RecordByKey,
    definition: GraphQLField,
    details: Details,
) -> tuple[str, Expression]:
    number = len(builder.bindings)
    builder.add_binding(definition, details[0].node, partial(bind_key, number))
    type = builder.named_type("Query", details[0].node.name.value)
    return record_statement(builder, mapping, number, type, details)


def bind_key(number: int, arguments: dict[str, Any]) -> BoundParameters:
    if unexpected := arguments.keys() - {"key"}:
        raise NotCompilable(f"the argument {min(unexpected)}")
    return BoundParameters({f"key_{number}": arguments["key"]})


def by_id(
    builder: StatementBuilder, definition: GraphQLField, details: Details
) -> tuple[str, Expression]:
    """The type of an id is part of the plan's key; its key is a parameter."""
    node, number = details[0].node, len(builder.bindings)
    builder.add_binding(definition, node, partial(bind_id, number))
    arguments = FieldArguments(definition, node)(builder.operation.variables)
    name, _ = decode_global_id(arguments["id"])
    type = builder.operation.schema.type_map.get(name)
    if not isinstance(type, GraphQLObjectType):
        raise NotCompilable("an id of no type")
    mapping = RecordByKey(TIE_TYPES.get(name, name), name in TIE_TYPES)
    return record_statement(builder, mapping, number, type, details)


def bind_id(number: int, arguments: dict[str, Any]) -> BoundParameters:
    _, key = decode_global_id(arguments["id"])
    return BoundParameters({f"key_{number}": key})


def record_statement(
    builder: StatementBuilder,
    mapping: RecordByKey,
    number: int,
    type: Any,
    details: Details,
) -> tuple[str, Expression]:
    """One record by its key, or no row."""
    variable = builder.new_variable("r" if mapping.tie else "n")
    ends = ("source", "target") if mapping.tie else ()
    record = RecordReference(MatchedRecord(variable, *ends))
    expression = projection.record_expression(builder, record, type, details)
    if mapping.tie:
        indexed = mapping.name
        pattern = f"(source)-[{variable}:{indexed} {{key: $key_{number}}}]->(target)"
    else:
        name, indexed = mapping.name, key_label(mapping.name)
        label = name if name == indexed else f"{indexed}&{name}"
        pattern = f"({variable}:{label} {{key: $key_{number}}})"
    match = f"MATCH {pattern}\nUSING INDEX SEEK {variable}:{indexed}(key)"
    with_ends = record.with_ends()
    carry = f"\nWITH {variable}{with_ends}" if with_ends else ""
    return f"{match}{carry}\nRETURN {expression.text} AS value", expression
