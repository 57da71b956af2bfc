"""Random histories of writes, each step compared with a plain model of the graph."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from service.change_log import history
from service.change_log.undo import undo
from service.errors import WriteRefusal
from service.writes import end_and_delete, saves
from service.writes.checks import Mode
from service.writes.idempotency import WriteRequest

PLACES = count()
keys = st.sampled_from("abcd")
regions = st.sampled_from(["North", "South", None])
State = dict[tuple[str, str], dict[str, Any]]  # (kind, key) to properties


class History(RuleBasedStateMachine):
    """`state` is what must be there; each step says what it must be answered."""

    graph: Any
    runner: Any

    def __init__(self) -> None:
        super().__init__()
        self.prefix = f"history-{next(PLACES)}-"
        self.state: State = {}
        self.earlier: list[tuple[State, int]] = []  # before each change, its number
        self.begin = self.start = self.last()

    def last(self) -> int:
        return self.runner.run(history.bounds(self.graph)).last

    def now(self, changed: State) -> None:
        if changed != self.state:
            self.earlier.append((self.state, self.last()))
        self.state = changed

    def refused(self, code: str, work: Any) -> None:
        with pytest.raises(WriteRefusal) as error:
            self.runner.run(work)
        assert {problem.code for problem in error.value.problems} == {code}

    def org(self, key: str) -> tuple[str, str]:
        return "Organisation", self.prefix + key

    def tie(self, a: str, b: str) -> tuple[str, str]:
        return "Exchange", f"EXCHANGE:{self.prefix}{a}:{self.prefix}{b}::"

    @rule(key=keys, mode=st.sampled_from([Mode.CREATE, Mode.UPDATE, Mode.UPSERT]))
    def save_organisation(self, key: str, mode: Mode) -> None:
        self.saved(key, mode, {"name": f"Name of {key}"})

    @rule(key=keys, mode=st.sampled_from([Mode.UPDATE, Mode.UPSERT]), region=regions)
    def save_region(self, key: str, mode: Mode, region: str | None) -> None:
        self.saved(key, mode, {"name": f"{key} in {region}", "region": region})

    def saved(self, key: str, mode: Mode, given: dict[str, Any]) -> None:
        place = self.org(key)
        asked = {"key": place[1], **given}
        request = WriteRequest("save", asked, "history")
        work = saves.save(self.graph, request, "Organisation", [asked], mode)
        if mode is Mode.CREATE and place in self.state:
            self.refused("CONFLICT", work)
        elif mode is Mode.UPDATE and place not in self.state:
            self.refused("NONE", work)
        else:
            self.runner.run(work)
            after = {**self.state.get(place, {"roles": []}), **given}
            whole = {name: v for name, v in after.items() if v is not None}
            self.now({**self.state, place: whole})

    @rule(a=keys, b=keys, value=st.sampled_from([1.0, 2.0]))
    def exchange(self, a: str, b: str, value: float) -> None:
        asked = {"source": self.prefix + a, "target": self.prefix + b, "value": value}
        request = WriteRequest("save", asked, "history")
        work = saves.save(self.graph, request, "Exchange", [asked], Mode.UPSERT)
        if {self.org(a), self.org(b)} <= self.state.keys():
            self.runner.run(work)
            self.now({**self.state, self.tie(a, b): {"value": value}})
        else:
            self.refused("NONE", work)

    @rule(key=keys)
    def delete_organisation(self, key: str) -> None:
        place = self.org(key)
        request = WriteRequest("delete", key, "history")
        work = end_and_delete.delete(self.graph, request, "Organisation", [place[1]])
        if place not in self.state:
            self.refused("NONE", work)
            return
        self.runner.run(work)
        ties = {self.tie(a, key) for a in "abcd"} | {self.tie(key, b) for b in "abcd"}
        gone = {place, *ties}
        self.now({p: v for p, v in self.state.items() if p not in gone})

    @precondition(lambda self: self.earlier)
    @rule()
    def undo_the_last_change(self) -> None:
        before, number = self.earlier.pop()
        first = self.earlier[-1][1] if self.earlier else self.start
        self.runner.run(undo(self.graph, [f"{first + 1}-{number}"], "history"))
        self.state = before
        self.earlier = []  # later undos would meet this one
        self.start = self.last()

    def teardown(self) -> None:
        """What is there, and what the log adds up to, is what the model says."""
        folded: State = {}
        found, more = self.runner.run(
            history.changes_after(self.graph, self.begin, 10_000, history.Filter())
        )
        assert not more
        for place, change in enumerate(found):
            assert change.number == self.begin + place + 1
            assert folded.get((change.kind, change.key)) == change.before
            if change.after is None:
                del folded[change.kind, change.key]
            else:
                folded[change.kind, change.key] = change.after
        assert folded == self.state
        assert self.there() == self.state

    def there(self) -> State:
        async def read() -> State:
            found = await self.graph._driver.execute_query(
                """MATCH (n:Organisation) WHERE n.key STARTS WITH $prefix
                OPTIONAL MATCH (n)-[r:PROVIDES]->()
                RETURN properties(n) AS node, collect(properties(r)) AS ties""",
                prefix=self.prefix,
            )
            state: State = {}
            for node, ties in found.records:
                key, _ = node.pop("key"), node.pop("number")
                state["Organisation", key] = {**node, "roles": []}
                for tie in ties:
                    state["Exchange", tie.pop("key")] = tie
            return state

        return self.runner.run(read())


def test_random_histories_leave_what_a_plain_model_says(draw, graph, runner):
    draw({"members": [{"key": "acme", "kind": "ORGANISATION", "name": "Acme"}]})
    History.graph, History.runner = graph, runner
    run_state_machine_as_test(
        History,
        settings=settings(max_examples=12, stateful_step_count=12),
    )
