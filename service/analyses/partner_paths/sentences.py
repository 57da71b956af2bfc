"""One sentence for each tie, with names, counts and dates from the data."""

from __future__ import annotations

from datetime import date

from service.analyses.partner_paths.rows import SharedPeriod, StoredTieRow
from service.vocabulary.enums import TieKind

VERBS = {
    TieKind.AFFILIATION: ("is part of", "was part of"),
    TieKind.ACCOUNT_MANAGEMENT: ("manages the account of", "managed the account of"),
    TieKind.EMPLOYMENT: ("works for", "worked for"),
    TieKind.ADVICE: ("advises", "advised"),
    TieKind.ACQUAINTANCE: ("knows", "knew"),
}
MOST_NAMES = 3


def stored_tie_sentence(
    tie: StoredTieRow, source: str, target: str, since: date | None, until: date | None
) -> str:
    """The sentence of a stored tie; `until` is None while it lasts."""
    kind = tie.kind
    if kind is TieKind.INVESTMENT:
        verb, when = "invested in", f" on {since}" if since else ""
        when += f", until {until}" if until else ""
    else:
        verb, when = VERBS[kind][until is not None], period(since, until)
    return f"{source} {verb} {target}{detail(tie, kind)}{when}."


def detail(tie: StoredTieRow, kind: TieKind) -> str:
    if kind is TieKind.EMPLOYMENT and tie.title:
        return f" as {tie.title}"
    if kind is TieKind.ADVICE and tie.advice_kind:
        return f" as {tie.advice_kind.lower()}"
    if kind is TieKind.INVESTMENT:
        amount = f"{tie.amount:,.0f} {tie.currency or ''}" if tie.amount else ""
        seat = "with a board seat" if tie.board_seat else ""
        parts = [part.strip() for part in (tie.round or "", amount, seat) if part]
        return f" ({', '.join(parts)})" if parts else ""
    if kind is TieKind.ACQUAINTANCE:
        return contacts(tie)
    return ""


def contacts(tie: StoredTieRow) -> str:
    words = [tie.context.lower().replace("_", " ")] if tie.context else []
    months = sorted(tie.contact_months or [])
    if months:
        count = f"{len(months)} months" if len(months) > 1 else "one month"
        words.append(f"in touch in {count}, last in {months[-1]}")
    elif tie.score is not None:
        words.append(f"strength {tie.score:g} when last stated")
    elif tie.declared_strength is not None:
        words.append(f"declared strength {tie.declared_strength:g}")
    return f" ({', '.join(words)})" if words else ""


def period(since: date | None, until: date | None) -> str:
    begin = f" since {since}" if since else ""
    if until is None:
        return begin
    return f" from {since} to {until}" if since else f" until {until}"


def contract_sentence(
    a: str, b: str, name: str, since: date | None, until: date | None
) -> str:
    verb = "are parties to" if until is None else "were parties to"
    return f"{a} and {b} {verb} “{name}”{period(since, until)}."


def shared_sentence(
    kind: TieKind,
    a: str,
    b: str,
    shared: list[SharedPeriod],
    since: date | None,
    until: date | None,
) -> str:
    """Such as "A and B invested together in 3 companies since 2021: X, Y and Z"."""
    nouns = {
        TieKind.CO_INVESTMENT: ("invested together in", "company", "companies"),
        TieKind.CO_MEMBERSHIP: ("have been together in", "community", "communities"),
    }
    verb, singular, plural = nouns[kind]
    count = f"{len(shared)} {plural if len(shared) > 1 else singular}"
    when = f" since {since.year}" if since else ""
    when += f", until {until}" if until else ""
    names = name_list(sorted(period.name for period in shared))
    return f"{a} and {b} {verb} {count}{when}: {names}."


def organiser_sentence(
    organiser: str, member: str, name: str, since: date | None
) -> str:
    return (
        f"{organiser} organises {name}; {member} has been in it{period(since, None)}."
    )


def name_list(names: list[str]) -> str:
    """
    >>> name_list(["A", "B", "C", "D", "E"])
    'A, B, C and 2 more'
    """
    first = names[:MOST_NAMES]
    if len(names) > MOST_NAMES:
        return f"{', '.join(first)} and {len(names) - MOST_NAMES} more"
    return " and ".join([", ".join(first[:-1]), first[-1]] if first[1:] else first)
