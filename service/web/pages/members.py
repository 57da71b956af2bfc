"""The list of members, by role and community."""

from __future__ import annotations

from starlette.responses import Response

from service.vocabulary.enums import MemberRole
from service.vocabulary.names import counted
from service.web.community import member_filter, require_community
from service.web.panel import Panel, member_link
from service.web.rendering import page
from service.web.visit import Visit
from service.web.words import value_words

FIRST = 100


async def members(visit: Visit) -> Response:
    await require_community(visit)
    role = visit.choice("role", MemberRole.__members__)
    community = visit.parameter("community")
    variables = {
        "filter": member_filter(community, role),
        "first": FIRST,
        "after": visit.parameter("after"),
        "day": visit.day,
    }
    answer = (await visit.ask("members", **variables))["members"]
    rows = [
        (
            member_link(node),
            node["__typename"].lower(),
            ", ".join(map(value_words, node["roles"])) or "-",
            node["sector"] or "-",
            ", ".join(filter(None, (node["region"], node["country"]))) or "-",
        )
        for node in answer["nodes"]
    ]
    sentence = (
        f"{counted(answer['totalCount'], 'member')}; {len(rows)} are on this page."
    )
    columns = ("name", "what", "roles", "sector", "place")
    panel = Panel(
        id="members",
        title="Members",
        sentence=sentence,
        columns=columns,
        rows=rows,
        document="members",
        variables=variables,
    )
    end = answer["pageInfo"]
    after = end["endCursor"] if end["hasNextPage"] else None
    values = {"roles": list(MemberRole.__members__), "role": role, "after": after}
    return page(visit, "members.html", "Members", [panel], **values)
