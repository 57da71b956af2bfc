"""Input values become checked records; each invalid value is a problem of its record.

Both mutations and file readers end here, with typed values by column.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from service.errors import WriteErrorCode
from service.vocabulary import MEMBERS, NODES, ROLE_LABELS, TIES, TIES_BY_NAME
from service.vocabulary.attributes import PREFIX
from service.vocabulary.countries import unknown_country
from service.vocabulary.enums import MemberRole, TieKind
from service.vocabulary.names import link_needed, noun_of, with_article
from service.vocabulary.nodes import Link, Member, Record
from service.vocabulary.properties import MAX_INDEXED, properties_of
from service.vocabulary.texts import InvalidValue
from service.vocabulary.ties import Acquaintance, ContractParty, Tie
from service.vocabulary.validation import (
    CHECKS,
    check_of,
    checked_key,
    feedback_score_problem,
)
from service.writes.attribute_inputs import (
    COLUMN,
    properties_of_list,
    property_of_column,
)
from service.writes.problems import Problems
from service.writes.records import (
    NAME_NEEDED,
    NodeRecord,
    RecordInput,
    Records,
    TieRecord,
)
from service.writes.value_rules import broken_value_rules

# `since` is this day where it is blank.
START_DAYS = {"Investment": "on", "Referral": "on", "Introduction": "askedOn"}
START_DAYS |= {"Feedback": "on", "ServiceCase": "openedAt"}
CHECK_ROLES = check_of(properties_of(Member)["roles"])


def records_of(kind: str, inputs: Iterable[RecordInput], problems: Problems) -> Records:
    records = Records()
    for record_input in inputs:
        add_record(records, kind, record_input, problems)
    return records


def add_record(
    records: Records, kind: str, input: RecordInput, problems: Problems
) -> None:
    """Check one input of a mutation; a second one of its key is a problem.

    A record whose key or ends cannot exist is left out: nothing more can be checked.
    """
    cls = TIES_BY_NAME.get(kind)
    record: TieRecord | NodeRecord | None
    if cls is not None:
        check_party_role(cls, input, problems)
        record = tie_record(cls, input, problems)
    else:
        # Whether a link is needed depends on what exists: the rules look.
        record = node_record(kind, input, problems, links_needed=False)
    groups: dict[Any, Any] = records.nodes if cls is None else records.ties
    group = groups.setdefault(cls or kind, {})
    if record is None or key_problem(record.key):
        return
    if record.key in group:
        text = f"the key {record.key!r} is used twice in this request"
        problems.at(input, "key", text, WriteErrorCode.DUPLICATE)
    group[record.key] = record


def check_party_role(cls: type[Tie], input: RecordInput, problems: Problems) -> None:
    is_known = "key" in input.values and "role" not in input.values
    if cls is ContractParty and not is_known and not input.values.get("role"):
        problems.at(
            input, "role", "a party to a contract needs a role", WriteErrorCode.REQUIRED
        )


def node_record(
    label: str, input: RecordInput, problems: Problems, links_needed: bool = True
) -> NodeRecord | None:
    """The checked record, or None if it has no key."""
    cls, values = NODES[label], input.values
    key = values.get("key")
    if key:
        check_key(input, key, problems)
    else:
        problems.at(input, "key", "a record needs a key")
    if label in MEMBERS and "name" in values and values["name"] in (None, ""):
        problems.at(input, "name", NAME_NEEDED, WriteErrorCode.REQUIRED)
    ends = {
        link.name: values[link.name] or None
        for link in cls.links
        if link.name in values and is_end(input, link.name, problems)
    }
    if links_needed:
        check_links(label, cls.links, ends, input, problems)
    others = {"key", *(link.name for link in cls.links)}
    if label in MEMBERS:
        others = {"key", "kind", "roles"}
    properties = checked_properties(cls, input, others, problems)
    if label == "Feedback":
        text = feedback_score_problem(properties.get("kind"), properties.get("score"))
        if text:
            problems.at(input, "score", text)
    roles = role_labels(input, problems) if label in MEMBERS else None
    return NodeRecord(input, key, properties, ends, roles) if key else None


def check_links(
    label: str,
    links: Iterable[Link],
    ends: dict[str, str | None],
    input: RecordInput,
    problems: Problems,
) -> None:
    for link in links:
        if (
            link.required
            and not ends.get(link.name)
            and not input.values.get(link.name)
        ):
            problems.at(input, link.name, link_needed(label, link.name))


def role_labels(input: RecordInput, problems: Problems) -> list[str] | None:
    """The labels of the roles; None if the input has no roles, so they stay."""
    if "roles" not in input.values:
        return None
    try:
        names = CHECK_ROLES(input.values["roles"] or [])
    except InvalidValue as error:
        problems.at(input, "roles", str(error))
        return None
    return [ROLE_LABELS[MemberRole[name]] for name in names or ()]


def check_key(input: RecordInput, key: str, problems: Problems) -> None:
    if text := key_problem(key):
        if not input.values.get("key"):
            text = f"the key built for this tie has more than {MAX_INDEXED} characters"
            text += "; give the tie a shorter key of its own"
        problems.at(input, "key", text)


def key_problem(key: Any) -> str | None:
    """Why a text cannot be a key, if it cannot."""
    try:
        checked_key(key)
    except InvalidValue as error:
        return str(error)
    return None


def is_end(input: RecordInput, column: str, problems: Problems) -> bool:
    """Whether a value can be the key of an end; a blank one is none, and no problem."""
    if (value := input.values[column]) and (text := key_problem(value)):
        problems.at(input, column, text)
        return False
    return True


def tie_record(
    cls: type[Tie], input: RecordInput, problems: Problems
) -> TieRecord | None:
    """The checked record, or None if it lacks an end."""
    values = input.values
    source, target = values.get("source"), values.get("target")
    properties = tie_properties(cls, input, problems)
    if not source or not target:
        column = "target" if source else "source"
        problems.at(input, column, "a tie needs a source and a target")
        return None
    are_ends = [is_end(input, column, problems) for column in ("source", "target")]
    if not all(are_ends):
        return None
    source, target = cls.stored_ends(source, target)
    if source == target and cls.kind in (TieKind.DEPENDENCY, TieKind.ACQUAINTANCE):
        text = f"{source!r} cannot have {with_article(cls.kind.value)} to itself"
        problems.at(input, "target", text)
    key = values.get("key") or built_key(cls, source, target, properties)
    check_key(input, key, problems)
    return TieRecord(input, key, source, target, properties)


def tie_properties(
    cls: type[Tie], input: RecordInput, problems: Problems
) -> dict[str, Any]:
    others = {"key", "kind", "source", "target"}
    return checked_properties(cls, input, others, problems)


def built_key(
    cls: type[Tie], source: str, target: str, properties: dict[str, Any]
) -> str:
    """The key of a tie whose input has none."""
    since = None if cls is Acquaintance else properties.get("since")
    parts = [cls.kind.value, source, target, since]
    parts += [properties.get(cls.distinct)] if cls.distinct else []
    texts = ("" if part is None else str(part) for part in parts)
    return ":".join(text.replace("%", "%25").replace(":", "%3A") for text in texts)


def checked_properties(
    cls: type[Record], input: RecordInput, others: set[str], problems: Problems
) -> dict[str, Any]:
    """The properties to store; a blank value is None and clears its property.

    `others` names the columns that are no properties.
    """
    checks = CHECKS[cls]
    properties: dict[str, Any] = {}
    for column, value in input.values.items():
        if column in others:
            continue
        if (known := checks.get(column)) is None:
            if column[:2] == PREFIX:
                properties.update(property_of_column(input, column, problems))
            elif column == COLUMN:
                properties.update(properties_of_list(input, problems))
            elif value is not None:
                check_column(cls, input, column, problems)
            continue
        name, check = known
        properties[name] = None
        if value is None or value == "":
            continue
        try:
            properties[name] = check(value)
        except InvalidValue as error:
            problems.at(input, column, str(error))
    for column, text, code in broken_value_rules(properties):
        problems.at(input, column, text, code)
    if warning := unknown_country(properties.get("country")):
        problems.warn(input, "country", warning)
    begin = START_DAYS.get(cls.__name__)
    if begin and properties.get("since") is None:
        start = properties.get(begin)
        if start is not None:
            properties["since"] = start.date() if isinstance(start, datetime) else start
    return properties


def check_column(
    cls: type[Record], input: RecordInput, column: str, problems: Problems
) -> None:
    """A value in a column that only other kinds of the same file have."""
    if any(column in CHECKS[other] for other in kinds_like(cls)):
        kind = with_article(noun_of(cls.__name__))
        use = OTHER_NAMES.get(column)
        advice = (
            f"use {use}, or leave it blank" if use in CHECKS[cls] else "leave it blank"
        )
        problems.at(input, column, f"{kind} has no {column}; {advice}")


# Amounts that people mistake for each other.
OTHER_NAMES = {"amount": "value", "value": "amount"}


def kinds_like(cls: type[Record]) -> Iterable[type[Record]]:
    """The record types that share a file with `cls`, and its columns."""
    if issubclass(cls, Tie):
        return TIES.values()
    return MEMBERS.values() if issubclass(cls, Member) else ()
