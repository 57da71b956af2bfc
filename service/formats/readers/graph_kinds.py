"""Which record a node is, and which tie an edge is: from attributes and from ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from service.formats.graph_attributes import (
    EDGE_KIND_WORDS,
    NODE_KIND_WORDS,
    TABLE_KINDS,
)
from service.formats.readers.graph_items import ElementAttributes
from service.formats.records import TABLES, TIE_KINDS
from service.vocabulary import MEMBER_LABELS, TIES
from service.vocabulary.enums import MemberKind, TieKind
from service.vocabulary.kind_words import (
    MemberMeaning,
    TieMeaning,
    member_meaning,
    tie_meaning,
)
from service.vocabulary.ties import Tie

# Tables whose records other programs may have as well; the others need links of ours.
FOREIGN_TABLES = (
    "communities",
    "capabilities",
    "offerings",
    "contracts",
    "initiatives",
)
GENERAL_LABEL = "Member"  # of each member in our own database
DEFAULT_TIES = [
    TieKind.EXCHANGE,
    TieKind.MEMBERSHIP,
    TieKind.CONTRACT,
    TieKind.CAPABILITY,
    TieKind.OFFER,
    TieKind.COVERAGE,
    TieKind.WORK,
]
GROUP_TIES = [TieKind.MEMBERSHIP, TieKind.AFFILIATION]


class NodeKind(NamedTuple):
    """The table and the label of a node; `is_certain` if the file says its kind."""

    table: str
    label: str
    is_certain: bool = True


class NodeMeaning(NamedTuple):
    """What the attributes of a node say: its kind, its roles, unknown words."""

    kind: NodeKind | None
    roles: list[str]
    unknown: list[str]


class TieChoice(NamedTuple):
    """A kind of tie, and whether it runs from the target of the edge to its source."""

    kind: TieKind
    is_reversed: bool = False


def node_meaning(attributes: ElementAttributes) -> NodeMeaning:
    """Removes the attributes that it understands."""
    table: NodeKind | None = None
    meanings: list[MemberMeaning] = []
    unknown: list[str] = []
    for word in NODE_KIND_WORDS:
        for name in attributes.names_of(word):
            text = attributes.get(name)
            if table is None and not meanings and (kind := table_kind(text, word)):
                table = kind
            elif table is not None and word == "type":
                continue  # the kind of a community or of feedback
            elif table is None and (parts := member_meanings(text)):
                meanings += parts
            else:
                unknown.append(text)
                continue
            attributes.remove(name)
    roles = [meaning.role.value for meaning in meanings if meaning.role]
    return NodeMeaning(table or kind_of(meanings), roles, unknown)


def table_kind(text: str, word: str) -> NodeKind | None:
    """The table of a node that is no member."""
    name = upper_snake(text.strip(":"))
    table = TABLE_KINDS.get(name)
    is_ours = word == "kind" and name == text
    if table is None or not (is_ours or table in FOREIGN_TABLES):
        return None
    return NodeKind(table, TABLES[table])


def member_meanings(text: str) -> list[MemberMeaning]:
    """The meanings of all words in a text such as `:Person:Member`; else none.

    >>> [m.kind.value for m in member_meanings(":Person:Member")]
    ['PERSON']
    >>> member_meanings("Company; bridge")
    []
    """
    words = [word.strip() for word in text.replace(":", ";").split(";")]
    words = [word for word in words if word and word != GENERAL_LABEL]
    meanings = [member_meaning(word) for word in words]
    return [m for m in meanings if m] if all(meanings) else []


def kind_of(meanings: list[MemberMeaning]) -> NodeKind | None:
    """A word for a kind counts more than one for a role."""
    certain = [m for m in meanings if m.role is None]
    for meaning in certain or meanings:
        return NodeKind("members", MEMBER_LABELS[meaning.kind])
    return None


def default_kind(holds_people: bool) -> NodeKind:
    """Of a node without a kind: a group of people is a community."""
    if holds_people:
        return NodeKind("communities", TABLES["communities"], False)
    return NodeKind("members", MEMBER_LABELS[MemberKind.ORGANISATION], False)


def role_names(text: str) -> str | None:
    """The roles in a text, as `roles` has them; None if a word is no role.

    >>> role_names("Start-up; investor"), role_names("CEO") is None
    ('STARTUP;INVESTOR', True)
    """
    words = [word.strip() for word in text.split(";") if word.strip()]
    meanings = [member_meaning(word) for word in words]
    roles = [m.role for m in meanings if m and m.role]
    return ";".join(role.value for role in roles) if len(roles) == len(words) else None


def our_tie_kind(text: str) -> TieKind | None:
    """The kind that a text names exactly as we do."""
    cls = TIE_KINDS.get(upper_snake(text))
    return cls.kind if cls else None


def fitting_tie(
    kinds: Iterable[TieKind],
    ends: tuple[NodeKind | None, NodeKind | None],
    either_way: bool = False,
) -> TieChoice | None:
    """The first kind that can join the ends; an unknown end may be anything."""
    for kind in kinds:
        if can_join(TIES[kind], *ends):
            return TieChoice(kind)
        if either_way and can_join(TIES[kind], *reversed(ends)):
            return TieChoice(kind, is_reversed=True)
    return None


def tie_of_meaning(
    meaning: TieMeaning,
    ends: tuple[NodeKind | None, NodeKind | None],
    either_way: bool,
) -> TieChoice | None:
    if not meaning.is_reversed:
        return fitting_tie(meaning.kinds, ends, either_way)
    choice = fitting_tie(meaning.kinds, (ends[1], ends[0]), either_way)
    return choice and TieChoice(choice.kind, not choice.is_reversed)


def tie_word(attributes: ElementAttributes) -> tuple[str, str] | None:
    """The name and the text of the attribute with the kind of an edge.

    One whose text we know comes before one whose text we do not.
    """
    names = [n for word in EDGE_KIND_WORDS for n in attributes.names_of(word)]
    texts = [(name, attributes.get(name)) for name in names]
    known = [item for item in texts if tie_meaning(item[1])]
    return next(iter(known or texts), None)


def can_join(cls: type[Tie], source: NodeKind | None, target: NodeKind | None) -> bool:
    return (source is None or source.label in cls.sources) and (
        target is None or target.label in cls.targets
    )


def upper_snake(text: str) -> str:
    """
    >>> upper_snake("Service case"), upper_snake("spin-off")
    ('SERVICE_CASE', 'SPIN_OFF')
    """
    return text.strip().upper().replace(" ", "_").replace("-", "_")
