"""What the data of a community lack, for each part of its report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.analyses.ecosystem_report import ReportAnalysis, ReportNetwork
from service.analyses.introductions.startups import ADD_NEEDS
from service.networks.tie_kinds import count_words
from service.vocabulary.enums import GroupKey, ReportPart, TieKind

ADD_EXCHANGES = (
    "Add EXCHANGE ties: who gives what (deliverable) to whom, tangible or intangible"
    " (exchange_kind)."
)
ADD_ACQUAINTANCES = (
    "Add ACQUAINTANCE ties between people, with score and score_at (the day of the"
    " contact), or record contacts with recordContact."
)
ADD_CONTACTS = (
    "Add score and score_at (the day of the last contact) to the ACQUAINTANCE ties, or"
    " record contacts with recordContact."
)
ADD_DEPENDENCIES = (
    "Add DEPENDENCY ties: who depends on whom, with strength, criticality and"
    " buffer_days."
)
ADD_DATES = (
    "Add since and until, the first day and the day after the last, to the ties."
)
ADD_STARTUPS = "Add the role STARTUP to the members that are start-ups (roles)."
EXCHANGE_PARTS = (ReportPart.MAP, ReportPart.BROKERAGE)


@dataclass(frozen=True)
class ReportGap:
    """Data that a part of the report needs and that are not stored."""

    part: ReportPart
    blocks: bool  # whether the part can say nothing without it
    missing: str
    remedy: str


def report_gaps(report: ReportAnalysis) -> Iterator[ReportGap]:
    """By part, in the order of the report."""
    yield from exchange_gaps(report)
    yield from dependency_gaps(report)
    yield from contact_gaps(report)
    yield from need_gaps(report)
    yield from date_gaps(report.ties.exchange)


def scope_words(surroundings: bool) -> str:
    """Among whom the ties of a network are."""
    around = "the members, their people, and everybody tied to these"
    return around if surroundings else "the members"


def exchange_gaps(report: ReportAnalysis) -> Iterator[ReportGap]:
    network, size = report.ties.exchange, len(report.ties.members)
    if not network.tie_count:
        missing = "No tie is stored between two members, or between members and others."
        remedy = ADD_EXCHANGES
        if not size:
            missing = "The community has no member: 0 members exchange something."
            remedy = "Add MEMBERSHIP ties to it, and EXCHANGE ties between its members."
        for part in EXCHANGE_PARTS:
            yield ReportGap(part, True, missing, remedy)
        return
    if network.ties != [TieKind.EXCHANGE]:
        missing = (
            f"No exchange connects two of the {size:,} members. This part is about all"
            f" ties among {scope_words(network.surroundings)}:"
            f" {count_words(network.counts.values())}."
        )
        for part in EXCHANGE_PARTS:
            yield ReportGap(part, False, missing, ADD_EXCHANGES)
    if report.group_by is not GroupKey.REGION:
        missing = (
            "None of these members has a region; the groups are by"
            f" {report.group_by.value}."
        )
        remedy = "Add the region of each member (region)."
        for part in EXCHANGE_PARTS:
            yield ReportGap(part, False, missing, remedy)


def dependency_gaps(report: ReportAnalysis) -> Iterator[ReportGap]:
    part, network = ReportPart.WEAK_NODES, report.ties.of_kind(TieKind.DEPENDENCY)
    if not network.tie_count:
        missing = (
            "No dependency is stored between the members or in their surroundings, so"
            " nobody knows whose weakness would hurt others."
        )
        yield ReportGap(part, True, missing, ADD_DEPENDENCIES)
    elif network.surroundings:
        yield ReportGap(part, False, around_only("dependency"), ADD_DEPENDENCIES)


def around_only(name: str) -> str:
    around = scope_words(surroundings=True)
    return f"No {name} connects two members. This part is about {around}."


def contact_gaps(report: ReportAnalysis) -> Iterator[ReportGap]:
    part, cooling = ReportPart.COOLING_TIES, report.cooling
    network = report.ties.of_kind(TieKind.ACQUAINTANCE)
    if not cooling.count:
        missing = (
            "No acquaintance is stored between people of the community or of its"
            " surroundings."
        )
        yield ReportGap(part, True, missing, ADD_ACQUAINTANCES)
        return
    blocks = cooling.undated_count == cooling.count
    if network.surroundings and not blocks:
        yield ReportGap(part, False, around_only("acquaintance"), ADD_ACQUAINTANCES)
    if cooling.undated_count:
        whether = "so nobody knows whether they are fading"
        missing = (
            f"{share_words(cooling.undated_count, cooling.count, 'acquaintances')} no"
            f" score with a date of contact, {whether}."
        )
        yield ReportGap(part, blocks, missing, ADD_CONTACTS)


def need_gaps(report: ReportAnalysis) -> Iterator[ReportGap]:
    count, needing = len(report.startups), report.needing_count
    if not count:
        missing, remedy = "No member of the community is a start-up.", ADD_STARTUPS
    elif needing < count:
        without = share_words(count - needing, count, "start-ups")
        missing, remedy = f"{without} no stored need.", ADD_NEEDS
    else:
        return
    for part in (ReportPart.CHOKE_POINTS, ReportPart.PARTNERS):
        yield ReportGap(part, not needing, missing, remedy)


def date_gaps(network: ReportNetwork) -> Iterator[ReportGap]:
    if not network.tie_count + network.dated_count:
        missing = "No tie is stored, so nothing can change."
        yield ReportGap(ReportPart.CHANGE, True, missing, ADD_EXCHANGES)
    elif network.undated_count:
        undated = share_words(network.undated_count, network.tie_count, "ties")
        verb = "counts" if network.undated_count == 1 else "count"
        missing = f"{undated} no date, and {verb} as unchanged."
        yield ReportGap(ReportPart.CHANGE, not network.dated_count, missing, ADD_DATES)


def share_words(count: int, total: int, noun: str) -> str:
    """
    >>> share_words(5, 5, "ties"), share_words(1, 5, "ties"), share_words(3, 5, "ties")
    ('All 5 ties have', '1 of 5 ties has', '3 of 5 ties have')
    >>> share_words(1, 1, "ties")
    '1 of 1 tie has'
    """
    if count == total and count > 1:
        return f"All {count:,} {noun} have"
    name = noun.removesuffix("s") if total == 1 else noun
    return f"{count:,} of {total:,} {name} {'has' if count == 1 else 'have'}"
