"""Which member a visitor means, who may type a key, a name or a part of a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from service.vocabulary.names import counted
from service.web.panel import Answer
from service.web.visit import Visit

MOST_CANDIDATES = 20


@dataclass(frozen=True)
class MemberChoice:
    """The member, or those that it may be; `parameter` is the name of the field."""

    parameter: str
    text: str = ""
    member: Answer | None = None
    candidates: list[Answer] = field(default_factory=list)
    count: int = 0

    @property
    def key(self) -> str | None:
        return self.member["key"] if self.member else None

    @property
    def typed(self) -> str:
        """What the field of the form shows."""
        return self.member["name"] if self.member else self.text

    @property
    def sentence(self) -> str:
        """What to do where the text does not name one member."""
        if self.member or not self.text:
            return ""
        if not self.candidates:
            return f"No member has the key or a name with {self.text[:100]!r}."
        listed = len(self.candidates)
        which = "choose one" if listed == self.count else f"the first {listed} are here"
        return f"{counted(self.count, 'member')} with {self.text[:100]!r}: {which}."


async def member_choice(
    visit: Visit, parameter: str, kinds: Sequence[str] = ()
) -> MemberChoice:
    """By key, else by name; of several names the one that is equal, if it is alone."""
    text = visit.parameter(parameter)
    if text is None:
        return MemberChoice(parameter)
    of_kind = {"kind": {"in": list(kinds)}} if kinds else {}
    variables = {"filter": {"key": {"eq": text}, **of_kind}, "first": 1}
    nodes = (await visit.ask("member_choice", **variables))["members"]["nodes"]
    if nodes:
        return MemberChoice(parameter, text, nodes[0])
    named = {"name": {"containsIgnoreCase": text}, **of_kind}
    variables = {"filter": named, "first": MOST_CANDIDATES}
    answer = (await visit.ask("member_choice", **variables))["members"]
    nodes, count = answer["nodes"], answer["totalCount"]
    equal = [node for node in nodes if node["name"].casefold() == text.casefold()]
    certain = equal if len(equal) == 1 else nodes if count == 1 else []
    member = certain[0] if certain else None
    return MemberChoice(parameter, text, member, nodes, count)
