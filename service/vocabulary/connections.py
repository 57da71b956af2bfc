"""What hangs on what: the connections of each record type, and the ties behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.vocabulary import nodes, ties
from service.vocabulary.enums import Direction
from service.vocabulary.nodes import MEMBERS, NODES, Link, Member, Record
from service.vocabulary.ties import TIES, Tie


@dataclass(frozen=True)
class Around:
    """What hangs on a node: by which types of tie, and which way they run."""

    record: type[Record]  # what is found: ties of this kind, or records beyond them
    anchor: str
    out: tuple[str, ...]  # types that leave the anchor
    into: tuple[str, ...]  # types that come to it

    @property
    def node(self) -> str | None:
        """The label of the records found; None: the ties themselves."""
        return None if issubclass(self.record, Tie) else self.record.__name__

    def types(self, direction: Direction) -> tuple[str, ...]:
        return {
            Direction.OUT: self.out,
            Direction.IN: self.into,
            Direction.BOTH: tuple(dict.fromkeys(self.out + self.into)),
        }[direction]

    @property
    def mutual(self) -> bool:
        """Whether it runs both ways, so that a direction can be asked for."""
        return bool(self.out and self.into)

    def way(self, direction: Direction | None) -> Direction:
        """The direction to read: the only one there is, unless it runs both ways."""
        only = Direction.OUT if self.out else Direction.IN
        return direction or (Direction.BOTH if self.mutual else only)


def ties_around(
    cls: type[Tie],
    anchor: str = "Member",
    *,
    out_only: bool = False,
    into_only: bool = False,
) -> Around:
    """Ties of one kind: at a member, those at whose end a member may stand."""
    label = {anchor} if anchor != "Member" else MEMBERS.keys()
    return Around(
        cls,
        anchor,
        out=(cls.type,) if label & set(cls.sources) and not into_only else (),
        into=(cls.type,) if label & set(cls.targets) and not out_only else (),
    )


def records_around(cls: type[Record], anchor: str = "Member") -> Around:
    """Records that link to the anchor. OUT: the anchor made it; IN: it is about it."""
    found: list[Link] = [link for link in cls.links if link.label == anchor]
    return Around(
        cls,
        anchor,
        out=tuple(link.type for link in found if not link.outgoing),
        into=tuple(link.type for link in found if link.outgoing),
    )


def around(anchor: str, **records: type[Record]) -> Mapping[str, Around]:
    return {
        name: ties_around(cls, anchor)
        if issubclass(cls, Tie)
        else records_around(cls, anchor)
        for name, cls in records.items()
    }


OF_MEMBERS = around(
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
CONNECTIONS: Mapping[str, Mapping[str, Around]] = {
    "Member": OF_MEMBERS,
    **dict.fromkeys(MEMBERS, OF_MEMBERS),
    "Contract": around(
        "Contract",
        parties=ties.ContractParty,
        coverages=ties.Coverage,
        referrals=nodes.Referral,
        introductions=nodes.Introduction,
    ),
    "Offering": around("Offering", offers=ties.Offer, coverages=ties.Coverage),
    "Capability": around(
        "Capability", holdings=ties.CapabilityHolding, needs=ties.Need
    ),
    "Community": around(
        "Community", memberships=ties.Membership, organisings=ties.Organising
    ),
    "ServiceCase": around("ServiceCase", feedback=nodes.Feedback),
    "Initiative": around(
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
    """What stands at the source and at the target of a tie."""
    source, target = (
        Member if MEMBERS.keys() & set(labels) else NODES[labels[0]]
        for labels in (cls.sources, cls.targets)
    )
    return source, target


def between_members(cls: type[Record]) -> bool:
    """Whether both ends of a tie are members, so that each has its `other`."""
    return issubclass(cls, Tie) and set(end_types(cls)) == {Member}
