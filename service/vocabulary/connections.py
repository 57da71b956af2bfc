"""The relations of each record type: its related records and the ties to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.vocabulary import nodes, ties
from service.vocabulary.enums import Direction
from service.vocabulary.nodes import MEMBERS, NODES, Link, Member, Record
from service.vocabulary.ties import TIES, Tie


@dataclass(frozen=True)
class RelationDefinition:
    """The ties or records related to a node: by types of tie and their direction."""

    record: type[Record]  # the related ties, or the records at their other end
    anchor: str
    out: tuple[str, ...]  # types of tie from the anchor
    into: tuple[str, ...]  # types of tie to the anchor

    @property
    def node(self) -> str | None:
        """The label of the related records; None if they are ties."""
        return None if issubclass(self.record, Tie) else self.record.__name__

    def types(self, direction: Direction) -> tuple[str, ...]:
        return {
            Direction.OUT: self.out,
            Direction.IN: self.into,
            Direction.BOTH: tuple(dict.fromkeys(self.out + self.into)),
        }[direction]

    @property
    def is_mutual(self) -> bool:
        """Whether both directions exist, so that a query may choose one."""
        return bool(self.out and self.into)

    def direction_of(self, direction: Direction | None) -> Direction:
        """The direction to read: the only one, or by default both."""
        only = Direction.OUT if self.out else Direction.IN
        return direction or (Direction.BOTH if self.is_mutual else only)


def tie_relation(
    cls: type[Tie],
    anchor: str = "Member",
    *,
    out_only: bool = False,
    into_only: bool = False,
) -> RelationDefinition:
    """The ties of one kind at an anchor; Member stands for its three kinds."""
    label = {anchor} if anchor != "Member" else MEMBERS.keys()
    return RelationDefinition(
        cls,
        anchor,
        out=(cls.type,) if label & set(cls.sources) and not into_only else (),
        into=(cls.type,) if label & set(cls.targets) and not out_only else (),
    )


def record_relation(cls: type[Record], anchor: str = "Member") -> RelationDefinition:
    """Records that link to the anchor.

    OUT: the anchor made them; IN: they are about the anchor.
    """
    links: list[Link] = [link for link in cls.links if link.label == anchor]
    return RelationDefinition(
        cls,
        anchor,
        out=tuple(link.type for link in links if not link.outgoing),
        into=tuple(link.type for link in links if link.outgoing),
    )


def relations_of(
    anchor: str, **records: type[Record]
) -> Mapping[str, RelationDefinition]:
    return {
        name: tie_relation(cls, anchor)
        if issubclass(cls, Tie)
        else record_relation(cls, anchor)
        for name, cls in records.items()
    }


OF_MEMBERS = relations_of(
    "Member",
    exchanges=ties.Exchange,
    dependencies=ties.Dependency,
    investments=ties.Investment,
    acquaintances=ties.Acquaintance,
    employments=ties.Employment,
    affiliations=ties.Affiliation,
    accountManagements=ties.AccountManagement,
    followings=ties.Following,
    advice=ties.Advice,
    competitions=ties.Competition,
    memberships=ties.Membership,
    organisings=ties.Organising,
    contracts=ties.ContractParty,
    capabilities=ties.CapabilityHolding,
    needs=ties.Need,
    offers=ties.Offer,
    work=ties.Work,
    referrals=nodes.Referral,
    introductionRequests=nodes.Introduction,
    feedback=nodes.Feedback,
    serviceCases=nodes.ServiceCase,
)
# By the name of the record type, then of the field.
CONNECTIONS: Mapping[str, Mapping[str, RelationDefinition]] = {
    "Member": OF_MEMBERS,
    **dict.fromkeys(MEMBERS, OF_MEMBERS),
    "Contract": relations_of(
        "Contract",
        parties=ties.ContractParty,
        coverages=ties.Coverage,
        referrals=nodes.Referral,
        introductions=nodes.Introduction,
    ),
    "Offering": relations_of("Offering", offers=ties.Offer, coverages=ties.Coverage),
    "Capability": relations_of(
        "Capability", holdings=ties.CapabilityHolding, needs=ties.Need
    ),
    "Community": relations_of(
        "Community", memberships=ties.Membership, organisings=ties.Organising
    ),
    "ServiceCase": relations_of("ServiceCase", feedback=nodes.Feedback),
    "Initiative": relations_of(
        "Initiative",
        work=ties.Work,
        feedback=nodes.Feedback,
        serviceCases=nodes.ServiceCase,
    ),
}
# Every record type that can be read, by its name; Member is any of its three kinds.
RECORDS: Mapping[str, type[Record]] = {
    "Member": Member,
    **NODES,
    **{cls.__name__: cls for cls in TIES.values()},
}


def end_types(cls: type[Tie]) -> tuple[type[Record], type[Record]]:
    """The record types of the source and of the target of a tie."""
    source, target = (
        Member if MEMBERS.keys() & set(labels) else NODES[labels[0]]
        for labels in (cls.sources, cls.targets)
    )
    return source, target


def is_between_members(cls: type[Record]) -> bool:
    """Whether both ends of a tie are members, so that it has an `other` end."""
    return issubclass(cls, Tie) and set(end_types(cls)) == {Member}
