"""The community that a page is about, and the filter for its members."""

from __future__ import annotations

from dataclasses import dataclass

from service.errors import RecordNotFound
from service.web.panel import Answer
from service.web.visit import Visit


@dataclass(frozen=True)
class CommunityChoice:
    """All communities, and the chosen one; `is_empty`: there is no member at all."""

    communities: list[Answer]
    chosen: str | None
    is_empty: bool

    @property
    def name(self) -> str:
        """How the chosen one is called."""
        names = {each["key"]: each["name"] for each in self.communities}
        return names.get(self.chosen) or self.chosen or ""


async def community_choice(visit: Visit) -> CommunityChoice:
    """The community that the address names, else the one that promises most answers."""
    answer = await visit.ask("communities")
    communities = answer["communities"]["nodes"]
    chosen = visit.parameter("community")
    if chosen is None and communities:
        chosen = max(communities, key=expected_answers)["key"]
    is_empty = not answer["members"]["totalCount"]
    return CommunityChoice(communities, chosen, is_empty)


async def require_community(visit: Visit) -> None:
    """RecordNotFound if the address names a community that is not there.

    A list of its members would be empty, as if nobody belonged to it.
    """
    key = visit.parameter("community")
    if key and (await visit.ask("read Community", key=key))["record"] is None:
        raise RecordNotFound(f"No community has the key {key[:100]!r}.")


def expected_answers(community: Answer) -> tuple[int, bool, int]:
    """By what the first community is chosen: most exchange, or it is large.

    Between equals, a data set comes after all others.
    """
    is_named = community["kind"] != "DATASET"
    count = community["members"]["count"]
    return community["exchanging"]["count"], is_named, count


def member_filter(community: str | None, role: str | None) -> Answer:
    """The filter of the members of a community with a role; None: of all."""
    conditions: Answer = {}
    if community:
        target = {"target": {"key": {"eq": community}}}
        conditions["memberships"] = {"some": target}
    if role:
        conditions["roles"] = {"has": role}
    return conditions
