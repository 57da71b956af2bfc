"""Labels, ties, roles and enums: the only place where they are named in Python."""

from service.vocabulary.enums import MemberKind
from service.vocabulary.names import camel, snake
from service.vocabulary.nodes import (
    KEYED,
    MEMBERS,
    NODES,
    ROLE_LABELS,
    Record,
    key_label,
)
from service.vocabulary.ties import TIES, TIES_BY_NAME, TIES_BY_TYPE

MEMBER_KINDS: dict[str, MemberKind] = dict(zip(MEMBERS, MemberKind, strict=True))
MEMBER_LABELS: dict[MemberKind, str] = {k: n for n, k in MEMBER_KINDS.items()}
# The record types that are written, by their names: nodes and ties.
RECORD_TYPES: dict[str, type[Record]] = {**NODES, **TIES_BY_NAME}

__all__ = [
    "KEYED",
    "MEMBERS",
    "MEMBER_KINDS",
    "MEMBER_LABELS",
    "NODES",
    "RECORD_TYPES",
    "ROLE_LABELS",
    "TIES",
    "TIES_BY_NAME",
    "TIES_BY_TYPE",
    "camel",
    "key_label",
    "snake",
]
