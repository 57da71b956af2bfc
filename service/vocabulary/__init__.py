"""Labels, ties, roles and enums: the only place where they are named in Python."""

from service.vocabulary.enums import MemberKind
from service.vocabulary.nodes import KEYED, MEMBERS, NODES, ROLE_LABELS, key_label
from service.vocabulary.ties import TIES

KINDS: dict[str, MemberKind] = dict(zip(MEMBERS, MemberKind, strict=True))

__all__ = [
    "KEYED",
    "KINDS",
    "MEMBERS",
    "NODES",
    "ROLE_LABELS",
    "TIES",
    "camel",
    "key_label",
    "snake",
]


def camel(name: str) -> str:
    """
    >>> camel("exchange_kind")
    'exchangeKind'
    """
    head, *tail = name.split("_")
    return head + "".join(word.title() for word in tail)


def snake(name: str) -> str:
    """
    >>> snake("exchangeKind")
    'exchange_kind'
    """
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
