"""One record of every kind with a value in every column, and how GraphQL reads it."""

from __future__ import annotations

from tests.support.worlds import World, member, tie

SPAN = {"since": "2020-01-01", "until": "2030-12-31"}
ROLES = "ACCELERATOR;CUSTOMER;INCUBATOR;INVESTOR;MENTOR"
ROLES += ";PUBLIC_BODY;STARTUP;SUPPLIER;UNIVERSITY"
# Extra attributes of each type, also with texts that look like another one.
ATTRIBUTES = {"x:tier": "A", "x:GO term": "0001234", "x:due": "2026-02-03"}
ATTRIBUTES |= {"x:size": "2.5", "x:paid": "true", "x:code": "'12", "x:ö \"$'`": "'t"}


def everything() -> World:
    """One record of every kind with a value in every column, and ends for all.

    firm, crew and person have all that a member of their kind can have; other-firm
    and other-person stand at the far ends.
    """
    whole = {
        "roles": ROLES,
        "sector": "Pumps",
        "region": "Småland",
        "country": "SE",
        "function": "Making",
        "description": "Makes pumps.",
        "url": "https://example.org/",
        "status": "Operating",
        "recovery_days": "12.5",
        **SPAN,
        **ATTRIBUTES,
    }
    ranked = {"attribute_weights": "price=0.5;size=0.25", "gross_margin": "0.4"}
    research = {"team_kind": "RESEARCH_AND_DEVELOPMENT", "headcount": "7"}
    asked = {"introductions": "ASK", "favours_open": "2"}
    return {
        "members": [
            member("firm", founded_on="1999-12-31", **ranked, **whole),
            member("crew", "TEAM", **research, **whole),
            member("person", "PERSON", **asked, **whole),
            member("other-firm"),
            member("other-person", "PERSON"),
        ],
        "ties": [{**row, **SPAN, **ATTRIBUTES} for row in every_tie()],
        **{
            table: [{**row, **ATTRIBUTES} for row in rows]
            for table, rows in every_record().items()
        },
    }


def every_tie() -> list[dict[str, str]]:
    """One tie of each kind, with every column of its own."""
    money = {"value": "1000.5", "currency": "SEK", "cost": "10.25"}
    amount = {"receiver_cost": "3.5", "ordered": "10", "provided": "8"}
    felt = {"sender_value": "-1.5", "receiver_value": "2"}
    roles = {"sender_role": "Maker", "receiver_role": "Buyer"}
    named = {"deliverable": "Pump", "exchange_kind": "TANGIBLE", "form": "GOODS"}
    standing = {"discount": "0.1", "discount_on": "Plumbing"}
    exchange = {**named, "area": "ECONOMIC", "channel": "Road", "sequence": "3"}
    dependency = {"strength": "0.9", "criticality": "10", "buffer_days": "2.5"}
    invested = {"round": "Seed", "amount": "5000", "currency": "EUR"}
    known = {"score": "2.5", "score_at": "2026-10-01", "declared_strength": "0.75"}
    months = {"contact_months": "2026-01;2026-02", "context": "FORMER_COLLEAGUE"}
    works = {"title": "Head", "function": "Sales", "founder": "true"}
    party = {"role": "SUPPLIER", "share": "0.5", "accepted_on": "2020-02-02"}
    return [
        tie("EXCHANGE", "firm", "other-firm", **exchange, **roles, **money, **felt)
        | amount,
        tie("DEPENDENCY", "firm", "crew", **dependency, substitute_group="parts"),
        tie("INVESTMENT", "firm", "other-firm", **invested, on="2020-03-03")
        | {"board_seat": "false"},
        tie("ACQUAINTANCE", "other-person", "person", **known, **months),
        tie("EMPLOYMENT", "person", "firm", **works),
        tie("AFFILIATION", "crew", "firm", affiliation_kind="DIVISION"),
        tie("ACCOUNT_MANAGEMENT", "person", "other-firm"),
        tie("FOLLOWING", "person", "firm", channel="Web"),
        tie("ADVICE", "person", "firm", advice_kind="MENTOR"),
        tie("COMPETITION", "firm", "other-firm"),
        tie("MEMBERSHIP", "firm", "community", **standing),
        tie("ORGANISING", "firm", "community", **standing),
        tie("CONTRACT", "firm", "contract", **party),
        tie("CAPABILITY", "firm", "capability"),
        tie("NEED", "person", "capability", stage="2"),
        tie("OFFER", "crew", "offering"),
        tie("COVERAGE", "contract", "offering"),
        tie("WORK", "person", "initiative", time_share="0.25"),
    ]


def every_record() -> World:
    """One record of each other kind, with every column of its own."""
    contract = {"title": "Pumps for years", "value": "2500.5", "currency": "SEK"}
    contract |= {"value_period": "YEAR", "status": "ACTIVE", "segment": "BUSINESS"}
    three = {"referrer": "firm", "customer": "person", "provider": "other-firm"}
    referral = {"on": "2026-02-02", "discount": "0.08", "discount_on": "Pipes"}
    referral |= {"outcome": "WON", "revenue": "900", "currency": "SEK"}
    saved = {"marketing_saved": "18000", "hours_saved": "24.5"}
    who = {"requester": "firm", "introducer": "person", "target": "other-firm"}
    asked = {"purpose": "ADVICE", "need": "Makers", "reason": "Known"}
    asked |= {"state": "MADE", "asked_on": "2026-03-03", "decided_on": "2026-03-09"}
    said = {"giver": "person", "provider": "firm", "case": "case"}
    said |= {"kind": "SATISFACTION", "question": "3", "score": "9", "on": "2026-04-04"}
    case = {"customer": "person", "provider": "firm", "initiative": "initiative"}
    case |= {"opened_at": "2026-05-05T09:30:00+00:00", "channel": "TELEPHONE"}
    case |= {"first_response_at": "2026-05-05T10:00:00+00:00", "reason": "Leak"}
    case |= {"resolved_at": "2026-05-06T10:00:00.125000+00:00", "contacts": "2"}
    case |= {"handovers": "1", "escalated": "true", "compensation": "99.5"}
    innovation = {"organisation": "firm", "horizon": "ADJACENT", "budget": "1000000"}
    innovation |= {"currency": "SEK", "people": "3.5", "status": "RUNNING"}
    named = {"name": "A name", **SPAN}
    told = {"description": "What it is.", **named}
    place = {"kind": "CLUB", "purpose": "LOCAL", "region": "Skåne"}
    ended = {"contract": "contract", "outcome": "LOST"}
    last = {"currency": "SEK", "initiated_by": "PROVIDER"}
    comment = {"comment": "Good.", "state": "PLANNED", "initiative": "initiative"}
    return {
        "contracts": [{"key": "contract", **contract, "terms": "30 days", **named}],
        "offerings": [{"key": "offering", **told}],
        "capabilities": [{"key": "capability", **told}],
        "communities": [
            {"key": "community", **place, **named, "attribute_weights": "price=1"}
            | {"gross_margin": "0.35"}
        ],
        "referrals": [
            {"key": "referral", **three, "contract": "contract"}
            | {**referral, **saved, **named}
        ],
        "introductions": [{"key": "introduction", **who, **asked, **ended, **named}],
        "feedback": [{"key": "feedback", **said, **comment, **named}],
        "service_cases": [{"key": "case", **case, **last, **named}],
        "initiatives": [{"key": "initiative", **innovation, "lesson": "None", **named}],
    }


FIELDS = {  # the field that reads one record of each table, or kind of tie
    "contracts": "contract",
    "offerings": "offering",
    "capabilities": "capability",
    "communities": "community",
    "referrals": "referral",
    "introductions": "introduction",
    "feedback": "feedback",
    "service_cases": "serviceCase",
    "initiatives": "initiative",
    "EXCHANGE": "exchange",
    "DEPENDENCY": "dependency",
    "INVESTMENT": "investment",
    "ACQUAINTANCE": "acquaintance",
    "EMPLOYMENT": "employment",
    "AFFILIATION": "affiliation",
    "ACCOUNT_MANAGEMENT": "accountManagement",
    "FOLLOWING": "following",
    "ADVICE": "advice",
    "COMPETITION": "competition",
    "MEMBERSHIP": "membership",
    "ORGANISING": "organising",
    "CONTRACT": "contractParty",
    "CAPABILITY": "capabilityHolding",
    "NEED": "need",
    "OFFER": "offer",
    "COVERAGE": "coverage",
    "WORK": "work",
    "ORGANISATION": "organisation",
    "TEAM": "team",
    "PERSON": "person",
}


def field_of(table: str, row: dict[str, str]) -> str:
    return FIELDS[row["kind"] if table in ("members", "ties") else table]
