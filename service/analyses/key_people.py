"""How few people carry an organisation's network?"""

from __future__ import annotations

from dataclasses import dataclass

from service.analyses.departures.relations import Relation, Relations
from service.vocabulary.names import counted

HALF = 0.5


@dataclass(frozen=True)
class KeyPersonResult:
    """A person, the members it is tied to, and what its departure would leave."""

    person: str
    members: list[str]
    sole_contact_of: list[str]  # members with a tie to this person only
    share: float  # of all members with a contact
    orphaned_share: float  # without a contact once this person and all before have left
    in_truck_factor: bool  # whether the person counts towards the truck factor


@dataclass(frozen=True)
class KeyPeopleAnalysis:
    """People by members descending, then key, and the truck factor."""

    people: list[KeyPersonResult]
    truck_factor: int | None
    contact_count: int  # members with a contact inside
    member_count: int  # customers and partners, with a contact or without

    @property
    def null_reason(self) -> str | None:
        """Why there is no truck factor."""
        if self.people:
            return None
        if not self.member_count:
            return (
                "No person inside manages or knows a customer or partner: none is"
                " stored for that day. Add CONTRACT, EXCHANGE, INVESTMENT, ADVICE or"
                " FOLLOWING ties."
            )
        count = counted(
            self.member_count, "customer or partner", "customers and partners"
        )
        return (
            f"No person inside manages or knows any of {count}. Add ACCOUNT_MANAGEMENT"
            " and ACQUAINTANCE ties of the people who work there (EMPLOYMENT)."
        )


def key_people_analysis(relations: Relations) -> KeyPeopleAnalysis:
    """How many people must leave until more than half of the members have no contact.
    People leave in the order of how many members they have a tie to, then by key. Only
    members that had a contact count. Source: Avelino et al. 2016, ICPC, arXiv
    1604.06766 (of files and their authors).
    """
    members = [member for member in relations.current if member.people]
    by_person: dict[str, list[Relation]] = {}
    for member in members:
        for person in member.people:
            by_person.setdefault(person, []).append(member)
    order = sorted(by_person, key=lambda person: (-len(by_person[person]), person))
    gone: set[str] = set()
    people, factor = [], None
    for person in order:
        in_factor = factor is None
        gone.add(person)
        orphaned = sum(set(member.people) <= gone for member in members) / len(members)
        own = by_person[person]
        people.append(
            KeyPersonResult(
                person,
                members=[member.key for member in own],
                sole_contact_of=[
                    member.key for member in own if member.sole_contact == person
                ],
                share=len(own) / len(members),
                orphaned_share=orphaned,
                in_truck_factor=in_factor,
            )
        )
        if factor is None and orphaned > HALF:
            factor = len(gone)
    return KeyPeopleAnalysis(people, factor, len(members), len(relations.current))
