"""One contact between two people: their tie fades until then, and gains by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from service.algorithms.decay import decay
from service.errors import WriteErrorCode, WriteRefusal
from service.graph import Graph
from service.graph.statements import statement
from service.graph.transactions import Writer
from service.vocabulary.ties import Acquaintance
from service.writes.apply import write_records
from service.writes.checks import Mode
from service.writes.existing import ExistingRecords, Image, lock_ties
from service.writes.idempotency import Done, Request, answered
from service.writes.operations import told
from service.writes.outcome import Outcome
from service.writes.problems import RequestProblems
from service.writes.record_inputs import built_key, records_of
from service.writes.records import RecordInput


@dataclass(frozen=True)
class Known:
    key: str


PAIR = statement("writes/acquaintance")


def renewed(known: Image, weight: float, on: date, half_life: float) -> Image:
    """The properties of a tie after a contact of `weight` on a day.

    One contact a day counts: another on the day of the last changes nothing. One
    of an earlier day than the last is worth what it would have faded to by then.

    >>> known = {"score": 2.0, "scoreAt": date(2026, 1, 1)}
    >>> renewed(known, 1, date(2026, 6, 30), 180)["score"]
    2.0
    """
    months = sorted({*known.get("contactMonths", []), on.isoformat()[:7]})
    last = known.get("scoreAt")
    if last is None:
        return {"score": weight, "score_at": on, "contact_months": months}
    score, days = known.get("score", 0.0), (on - last).days
    if days > 0:
        score, last = score * decay(days, half_life) + weight, on
    elif days < 0:
        score += weight * decay(-days, half_life)
    return {"score": score, "score_at": last, "contact_months": months}


async def record_contact(
    graph: Graph,
    request: Request,
    people: tuple[str, str],
    weight: float,
    on: date | None,
    half_life: float,
) -> Outcome:
    """The tie of two people, made where there is none, after one more contact."""
    today = datetime.now(UTC).date()
    day = on or today
    if day > today:
        text = f"a contact on {day} has not been yet"
        raise WriteRefusal.conflict(("on",), WriteErrorCode.DATES, text)
    if not 0 < weight <= 1:
        text = f"expected more than 0, at most 1, got {weight:g}"
        raise WriteRefusal.conflict(("weight",), WriteErrorCode.INVALID, text)
    source, target = sorted(people)

    async def work(writer: Writer) -> Done:
        problems = RequestProblems()
        key = await key_of(writer, source, target)
        held = ExistingRecords()
        await lock_ties(writer, held, Acquaintance, [key])
        tie = held.ties[Acquaintance].get(key)
        given: dict[str, Any] = {"key": key, "source": source, "target": target}
        given |= renewed(tie.image if tie else {}, weight, day, half_life)
        found = records_of("Acquaintance", [RecordInput("people", 0, given)], problems)
        problems.refuse()
        entries = await write_records(writer, found, Mode.UPSERT, problems)
        return entries, await told(writer, "Acquaintance", [key], entries)

    return await answered(graph, request, work)


async def key_of(writer: Writer, source: str, target: str) -> str:
    """The key of the pair's tie: its own where it was given one."""
    rows = await writer.rows(PAIR, Known, source=source, target=target)
    return rows[0].key if rows else built_key(Acquaintance, source, target, {})
