"""Compiles the selection on one record to a Cypher list of its values, by position."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from graphql import GraphQLObjectType, GraphQLOutputType

from service.compiler import aggregates, attribute_lists, connections
from service.compiler.decoders import (
    Decoder,
    NullableDecoder,
    ObjectDecoder,
    RequiredDecoder,
    ScalarDecoder,
    UnionDecoder,
)
from service.compiler.global_ids import encode_global_id
from service.compiler.schema_mapping import (
    ConnectionAggregate,
    ExtraAttributes,
    FieldMapping,
    GlobalIdField,
    NotCompilable,
    RoleLabels,
    StoredProperty,
    TieEnd,
    ViewedMember,
)
from service.compiler.statement_builder import (
    Details,
    Expression,
    StatementBuilder,
    cypher_list,
    subquery,
)
from service.compiler.traversal import MatchedRecord
from service.vocabulary import MEMBERS
from service.vocabulary.connections import RelationDefinition
from service.vocabulary.nodes import Link

MEMBER = "Member"  # the interface; its types are the labels of MEMBERS
TYPE_NAME = (
    "CASE WHEN {0}:Organisation THEN 'Organisation' WHEN {0}:Team THEN 'Team'"
    " ELSE 'Person' END"
)


@dataclass
class RecordReference:
    """A matched record; `end_variables` collects the variables of its ends."""

    matched: MatchedRecord
    end_variables: dict[str, str] = field(default_factory=dict)  # by expression

    @property
    def variable(self) -> str:
        return self.matched.variable

    def with_ends(self) -> str:
        """The ends as further items of a WITH."""
        return "".join(f", {text} AS {n}" for text, n in self.end_variables.items())


def record_expression(
    builder: StatementBuilder,
    record: RecordReference,
    type: GraphQLOutputType,
    details: Details,
) -> Expression:
    """The record as a list; of several types: [number of the type, list]."""
    fields_of = builder.operation.fields
    if isinstance(type, GraphQLObjectType):
        return object_expression(builder, record, type.name, fields_of(type, details))
    if getattr(type, "name", "") != MEMBER:
        raise NotCompilable("an interface of many labels")
    selections = {
        name: fields_of(object_type(builder, name), details) for name in MEMBERS
    }
    first, *others = selections.values()
    if all(same_nodes(first, other) for other in others):
        return object_expression(builder, record, MEMBER, first)
    return union_expression(
        record,
        [
            object_expression(builder, record, name, fields)
            for name, fields in selections.items()
        ],
    )


def object_type(builder: StatementBuilder, name: str) -> GraphQLObjectType:
    type = builder.operation.schema.type_map[name]
    assert isinstance(type, GraphQLObjectType)
    return type


def same_nodes(first: dict[str, Details], second: dict[str, Details]) -> bool:
    """Whether two selections consist of the same nodes, in the same order."""
    return [(k, [d.node.loc for d in v]) for k, v in first.items()] == [
        (k, [d.node.loc for d in v]) for k, v in second.items()
    ]


def union_expression(
    record: RecordReference, expressions: list[Expression]
) -> Expression:
    texts = [cypher_list([str(i), e.text]) for i, e in enumerate(expressions)]
    labels = list(MEMBERS)[:-1]
    whens = [
        f"WHEN {record.variable}:{label} THEN {text}"
        for label, text in zip(labels, texts, strict=False)
    ]
    text = "\n".join(["CASE", *whens, f"ELSE {texts[-1]}", "END"])
    return Expression(text, UnionDecoder(tuple(map(decoder_of, expressions))))


def decoder_of(expression: Expression) -> Decoder:
    return expression.decoder or ScalarDecoder(lambda value: value)


def object_expression(
    builder: StatementBuilder,
    record: RecordReference,
    type: str,
    fields: dict[str, Details],
) -> Expression:
    expressions = [
        field_expression(builder, record, type, details) for details in fields.values()
    ]
    return combine(tuple(fields), expressions)


def combine(names: tuple[str, ...], expressions: list[Expression]) -> Expression:
    """One list of all expressions; `names` are their names in the response."""
    columns = [(i, e.decoder) for i, e in enumerate(expressions) if e.decoder]
    text = cypher_list([expression.text for expression in expressions])
    return Expression(text, ObjectDecoder(names, tuple(columns)))


def field_expression(
    builder: StatementBuilder, record: RecordReference, type: str, details: Details
) -> Expression:
    """One field of a record."""
    name = details[0].node.name.value
    if name == "__typename":
        return Expression(type_name(record, type))
    mapping = builder.mapping_of(type, name)
    match mapping:
        case StoredProperty():
            return property_expression(record, mapping)
        case RoleLabels():
            return roles_expression(record, mapping)
        case ExtraAttributes():
            return attribute_lists.list_expression(
                builder, record.variable, type, details
            )
        case GlobalIdField():
            return id_expression(record, type)
        case RelationDefinition():
            return connections.connection_expression(
                builder,
                connections.related_records(
                    builder, record.variable, mapping, type, details
                ),
                details,
            )
        case ConnectionAggregate(of=RelationDefinition() as relation):
            return aggregates.aggregate_expression(
                builder,
                connections.related_records(
                    builder, record.variable, relation, type, details
                ),
                relation.record,
                details,
            )
    return other_record(builder, record, type, mapping, details)


def type_name(record: RecordReference, type: str) -> str:
    return TYPE_NAME.format(record.variable) if type == MEMBER else f"'{type}'"


def property_expression(
    record: RecordReference, property: StoredProperty
) -> Expression:
    text = f"{record.variable}.{property.name}"
    if property.is_date:
        text = f"toString({text})"
    if property.convert:
        return Expression(text, ScalarDecoder(property.convert))
    decoder = RequiredDecoder(property.name) if property.required else None
    return Expression(text, decoder)


def roles_expression(record: RecordReference, roles: RoleLabels) -> Expression:
    names = dict(roles.pairs)

    def convert(labels: list[str]) -> list[str]:
        return [names[label] for label in sorted(labels) if label in names]

    return Expression(f"labels({record.variable})", ScalarDecoder(convert))


def id_expression(record: RecordReference, type: str) -> Expression:
    key = f"{record.variable}.key"
    if type != MEMBER:
        return Expression(key, ScalarDecoder(partial(encode_global_id, type)))
    text = f"[{type_name(record, type)}, {key}]"
    return Expression(text, ScalarDecoder(lambda pair: encode_global_id(*pair)))


def other_record(
    builder: StatementBuilder,
    record: RecordReference,
    type: str,
    mapping: FieldMapping,
    details: Details,
) -> Expression:
    """A field that leads to another record."""
    target_type = builder.named_type(type, details[0].node.name.value)
    match mapping:
        case ViewedMember():
            return record_expression(builder, record, target_type, details)
        case TieEnd():
            text, _ = record.matched.end("source" if mapping.source else "target")
            if text not in record.end_variables:
                record.end_variables[text] = builder.new_variable("n")
            end = RecordReference(MatchedRecord(record.end_variables[text]))
            return record_expression(builder, end, target_type, details)
        case Link():
            return link_expression(builder, record, mapping, target_type, details)
    raise NotCompilable(type)


def link_expression(
    builder: StatementBuilder,
    record: RecordReference,
    link: Link,
    type: Any,
    details: Details,
) -> Expression:
    """The linked record with the first key, as the executor chooses it."""
    end = builder.new_variable("n")
    reference = RecordReference(MatchedRecord(end))
    linked = record_expression(builder, reference, type, details)
    lines = [
        f"MATCH ({record.variable})-[:{link.type}]-({end}:{link.label})",
        f"WITH {end} ORDER BY {end}.key LIMIT 1",
        f"RETURN {linked.text}",
    ]
    return Expression(
        f"head({subquery('COLLECT', lines)})",
        NullableDecoder(decoder_of(linked), link.required),
    )
