"""Does the network belong to the firm, or to its people?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from service.analyses.departures.relations import Channel, Relation, Relations
from service.analyses.figure import Figure, pieces, share

NOBODY = "The organisation has no customers or partners on that day."


@dataclass(frozen=True)
class NetworkOwnershipAnalysis:
    """Customers and partners by key, and over which channel each is reached."""

    members: list[Relation]

    @property
    def sole_contacts(self) -> list[Relation]:
        """Members with a tie to one person only."""
        return [member for member in self.members if member.sole_contact]

    @property
    def channel_counts(self) -> dict[Channel, int]:
        counts = Counter(member.channel for member in self.members)
        return {channel: counts[channel] for channel in Channel}

    @property
    def following_share(self) -> Figure:
        return self._share(sum(bool(member.follows) for member in self.members))

    def channel_share(self, *channels: Channel) -> Figure:
        return self._share(sum(member.channel in channels for member in self.members))

    @property
    def warnings(self) -> list[str]:
        count = self.channel_counts[Channel.NEITHER]
        if not count:
            return []
        return [
            f"Customers and partners that no stored channel reaches: {count} of"
            f" {len(self.members)}; every share counts them as not reached. Add"
            " CONTRACT or FOLLOWING ties, or ACCOUNT_MANAGEMENT and ACQUAINTANCE ties"
            " of the people who work there (EMPLOYMENT)."
        ]

    def _share(self, count: int) -> Figure:
        evidence = pieces("Member", (member.key for member in self.members))
        return share(count, len(self.members), NOBODY, evidence)


def network_ownership_analysis(relations: Relations) -> NetworkOwnershipAnalysis:
    return NetworkOwnershipAnalysis(relations.current)
