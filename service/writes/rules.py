"""The rules for a record as a write would leave it."""

from __future__ import annotations

from collections.abc import Iterator

from service.errors import WriteErrorCode
from service.vocabulary import NODES
from service.vocabulary.attributes import count_problem
from service.vocabulary.enums import IntroductionState
from service.vocabulary.names import link_needed
from service.writes.diff import RecordChange
from service.writes.existing import Image
from service.writes.problems import Problems
from service.writes.value_rules import BrokenRule, broken_value_rules

STATE = IntroductionState
# The states that may follow each state of an introduction; others are final.
NEXT_STATES: dict[str, tuple[IntroductionState, ...]] = {
    STATE.ASKED.value: (STATE.ACCEPTED, STATE.DECLINED, STATE.EXPIRED),
    STATE.ACCEPTED.value: (STATE.MADE, STATE.EXPIRED),
}


def check_rules(changes: list[RecordChange], problems: Problems) -> None:
    """Check every changed record against every rule."""
    for change in changes:
        for column, text, code in broken_rules(change):
            problems.at(change.input, column, text, code)


def broken_rules(change: RecordChange) -> Iterator[BrokenRule]:
    after = change.after
    yield from broken_value_rules(after)
    if text := count_problem(after):
        yield "attributes", text, WriteErrorCode.INVALID
    for link in NODES[change.kind].links if change.kind in NODES else ():
        if link.required and after.get(link.name) is None:
            yield (
                link.name,
                link_needed(change.kind, link.name),
                WriteErrorCode.REQUIRED,
            )
    if change.kind == "Introduction":
        yield from broken_state_rule(change.before, after)


def broken_state_rule(before: Image | None, after: Image) -> Iterator[BrokenRule]:
    """ASKED to ACCEPTED, DECLINED or EXPIRED; ACCEPTED to MADE or EXPIRED."""
    old, new = (before or {}).get("state"), after.get("state")
    if old is None or new == old:
        return
    allowed = [following.value for following in NEXT_STATES.get(old, ())]
    if new not in allowed:
        following = f"can only become {' or '.join(allowed)}" if allowed else "is final"
        yield (
            "state",
            f"an introduction in state {old} {following}; got {new}",
            WriteErrorCode.STATE,
        )
