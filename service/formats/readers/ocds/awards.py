"""Which award each contract of a process is from.

A contract names its award. One that does not, or names an award that the file does not
have, is linked where there is only one possibility. An award without a contract is
imported as a contract, unless one of the contracts may be from it: nothing is doubled.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from service.formats.readers.ocds.objects import JsonObject, id_in, objects_in
from service.formats.readers.ocds.parties import UNSUCCESSFUL
from service.formats.rows import Faults

WITHOUT_CONTRACT = (UNSUCCESSFUL, "cancelled")


class Deal(NamedTuple):
    """A contract with its award; either may be empty."""

    id: str  # unique in its process
    contract: JsonObject
    award: JsonObject
    is_only_contract: bool  # of its award, whose value is then its own


def deals_of(release: JsonObject, ocid: str, faults: Faults) -> list[Deal]:
    """The contracts, and the awards that are imported as contracts."""
    contracts, awards = objects_in(release, "contracts"), objects_in(release, "awards")
    links = award_links(contracts, awards, ocid, faults)
    counts = Counter(link for link in links if link is not None)
    deals = [
        Deal(
            f"contract-{id_in(contract) or f'without-id-{number}'}",
            contract,
            {} if link is None else awards[link],
            link is not None and counts[link] == 1,
        )
        for number, (contract, link) in enumerate(zip(contracts, links, strict=True), 1)
    ]
    for index, award in enumerate(awards):
        if award.get("status") == UNSUCCESSFUL:
            faults.note("unsuccessful award: not imported")
        elif index not in counts and not is_open(award, links):
            id = f"award-{id_in(award) or f'without-id-{index + 1}'}"
            deals.append(Deal(id, {}, award, is_only_contract=True))
        elif index not in counts:
            text = "award not imported, one of the contracts without awardID is from it"
            faults.note(text, ocid)
    return deals


def is_open(award: JsonObject, links: list[int | None]) -> bool:
    """Whether a contract without a link may be from this award."""
    return None in links and award.get("status") not in WITHOUT_CONTRACT


def award_links(
    contracts: list[JsonObject], awards: list[JsonObject], ocid: str, faults: Faults
) -> list[int | None]:
    """For each contract the index of its award, or None if that is not known."""
    indexes = {id: index for index, award in enumerate(awards) if (id := id_in(award))}
    links = [indexes.get(id_in(contract, "awardID") or "") for contract in contracts]
    unknown = links.count(None)
    possible = [
        index
        for index, award in enumerate(awards)
        if award.get("status") not in WITHOUT_CONTRACT
    ]
    if len(possible) > 1 and unknown == 1:
        possible = [index for index in possible if index not in links]
    if unknown and possible:
        what = "contract without the id of an award of its process"
        result = "linked to the only award that it can be from"
        if len(possible) > 1:
            result = "its award is not known"
        for _ in range(unknown):
            faults.note(f"{what}: {result}", ocid)
    if len(possible) == 1:
        return [possible[0] if link is None else link for link in links]
    return links
