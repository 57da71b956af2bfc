"""Whom a member could meet: holders of what it needs, matches, communities."""

from __future__ import annotations

from dataclasses import dataclass

from service.analyses.figure import Figure, nothing, pieces
from service.analyses.introductions.ways import IntroductionWay, IntroductionWays
from service.analyses.networking.rows import CapabilityRow, CommunityRow


@dataclass(frozen=True)
class MatchResult:
    """A member that has what this one needs and needs what it has."""

    key: str
    gives: list[str]
    takes: list[str]
    way: IntroductionWay | None


@dataclass(frozen=True)
class CommunityEntryResult:
    """A community that the member is not in, and the path to who could bring it in."""

    community: CommunityRow
    way: IntroductionWay | None

    @property
    def key(self) -> str:
        return self.community.key


def mean_distance(ways: IntroductionWays, capabilities: list[CapabilityRow]) -> Figure:
    """Mean hops to the nearest holder of each need; needs out of reach are left out."""
    needs = [capability for capability in capabilities if capability.is_needed]
    distances = [
        (ways.distance(capability.holders), capability.key) for capability in needs
    ]
    hops = [(d, key) for d, key in distances if d is not None]
    if not hops:
        why = (
            "No member who has what it needs is within reach."
            if needs
            else "It needs nothing, as far as stored. Add NEED ties."
        )
        return nothing(why)
    evidence = pieces("Capability", (key for _, key in hops))
    return Figure(sum(d for d, _ in hops) / len(hops), len(hops), None, evidence)


def matches(
    ways: IntroductionWays, capabilities: list[CapabilityRow]
) -> list[MatchResult]:
    """By the success of the most likely path (no path last), then key."""
    needs = [capability for capability in capabilities if capability.is_needed]
    haves = [capability for capability in capabilities if capability.is_owned]
    givers = {key for capability in needs for key in capability.holders}
    takers = {key for capability in haves for key in capability.seekers}
    results = [
        MatchResult(
            key,
            [capability.key for capability in needs if key in capability.holders],
            [capability.key for capability in haves if key in capability.seekers],
            ways.way(key),
        )
        for key in givers & takers
    ]
    return sorted(results, key=lambda m: (-(m.way.success if m.way else 0), m.key))


def entries(
    ways: IntroductionWays, communities: list[CommunityRow]
) -> list[CommunityEntryResult]:
    """Of the own region first, then the own sector, then by path, then key."""
    results = [
        CommunityEntryResult(community, ways.best(community.members))
        for community in communities
    ]

    def order(entry: CommunityEntryResult) -> tuple[bool, bool, float, str]:
        success = entry.way.success if entry.way else 0.0
        return (
            not entry.community.is_in_own_region,
            not entry.community.has_own_sector,
            -round(success, 12),
            entry.key,
        )

    return sorted(results, key=order)
