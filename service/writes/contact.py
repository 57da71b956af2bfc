"""One contact between two people: their tie fades up to its day, and then gains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from service.algorithms.decay import decay
from service.errors import WriteErrorCode, WriteRefusal
from service.graph import Graph
from service.graph.statements import statement
from service.graph.transactions import Writer
from service.vocabulary import camel
from service.vocabulary.ties import Acquaintance, Tie
from service.writes.apply import write_records
from service.writes.checks import Mode
from service.writes.existing import ExistingRecords, Image, lock_ties
from service.writes.idempotency import WriteRequest, WriteResult, run_once
from service.writes.outcome import WriteOutcome, outcome_of
from service.writes.problems import ArgumentProblems
from service.writes.record_inputs import built_key, records_of
from service.writes.records import RecordInput, TieRecord


@dataclass(frozen=True)
class AcquaintanceKey:
    key: str


PAIR = statement("writes/acquaintance")


def after_contact(
    properties: Image, weight: float, on: date, half_life: float
) -> Image:
    """The properties of a tie after a contact of `weight` on a day.

    One contact a day counts: another on the day of the last one changes nothing. A
    contact on an earlier day adds what its weight has faded to by the last day.

    >>> tie = {"score": 2.0, "scoreAt": date(2026, 1, 1)}
    >>> after_contact(tie, 1, date(2026, 6, 30), 180)["score"]
    2.0
    """
    months = sorted({*properties.get("contactMonths", []), on.isoformat()[:7]})
    last = properties.get("scoreAt")
    if last is None:
        return {"score": weight, "score_at": on, "contact_months": months}
    score, days = properties.get("score", 0.0), (on - last).days
    if days > 0:
        score, last = score * decay(days, half_life) + weight, on
    elif days < 0:
        score += weight * decay(-days, half_life)
    return {"score": score, "score_at": last, "contact_months": months}


def merged_tie(
    cls: type[Tie], first: TieRecord, second: TieRecord, half_life: float
) -> TieRecord:
    """Two rows of one tie: blanks are filled, and the contacts of people are added."""
    other = second.properties
    properties = {**other, **without_blanks(first.properties)}
    if cls is not Acquaintance:
        return first._replace(properties=properties)
    months = {*(first.properties.get("contactMonths") or [])}
    months |= {*(other.get("contactMonths") or [])}
    if months:
        properties["contactMonths"] = sorted(months)
    weight, on = other.get("score"), other.get("scoreAt")
    if weight and on and first.properties.get("scoreAt"):
        contact = after_contact(properties, weight, on, half_life)
        properties |= {camel(name): value for name, value in contact.items()}
    begin, other_begin = first.properties.get("since"), other.get("since")
    if begin and other_begin:
        properties["since"] = min(begin, other_begin)
    return first._replace(properties=properties)


def without_blanks(properties: Image) -> Image:
    return {name: value for name, value in properties.items() if value is not None}


async def record_contact(
    graph: Graph,
    request: WriteRequest,
    people: tuple[str, str],
    weight: float,
    on: date | None,
    half_life: float,
) -> WriteOutcome:
    """Add a contact to the tie of two people; the tie is created if needed."""
    today = datetime.now(UTC).date()
    day = on or today
    if day > today:
        text = f"must not be in the future; got {day}"
        raise WriteRefusal.conflict(("on",), WriteErrorCode.DATES, text)
    if not 0 < weight <= 1:
        text = f"must be more than 0 and at most 1; got {weight:g}"
        raise WriteRefusal.conflict(("weight",), WriteErrorCode.INVALID, text)
    source, target = sorted(people)
    ends = ("person", "other") if source == people[0] else ("other", "person")
    arguments = {"source": ends[0], "target": ends[1]}
    arguments |= {"score": "weight", "score_at": "on"}

    async def work(writer: Writer) -> WriteResult:
        problems = ArgumentProblems(arguments, "person")
        key = await key_of(writer, source, target)
        existing = ExistingRecords()
        await lock_ties(writer, existing, Acquaintance, [key])
        tie = existing.ties[Acquaintance].get(key)
        values: dict[str, Any] = {"key": key, "source": source, "target": target}
        values |= after_contact(tie.image if tie else {}, weight, day, half_life)
        records = records_of(
            "Acquaintance", [RecordInput("people", 0, values)], problems
        )
        problems.refuse()
        entries = await write_records(writer, records, Mode.UPSERT, problems)
        return entries, await outcome_of(writer, "Acquaintance", [key], entries)

    return await run_once(graph, request, work)


async def key_of(writer: Writer, source: str, target: str) -> str:
    """The key of the tie between the two: the stored key, or the one it would get."""
    rows = await writer.rows(PAIR, AcquaintanceKey, source=source, target=target)
    return rows[0].key if rows else built_key(Acquaintance, source, target, {})
