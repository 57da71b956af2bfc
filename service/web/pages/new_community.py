"""Making a community of the members that are there: of all, or of those of a role."""

from __future__ import annotations

from starlette.responses import Response

from service.errors import BadInput
from service.formats.names import key_from_name
from service.vocabulary.enums import MemberRole
from service.vocabulary.names import counted
from service.vocabulary.properties import MAX_INDEXED
from service.web.community import member_filter
from service.web.forms import Form
from service.web.record_forms import form_page
from service.web.visit import Visit

ONE_PAGE = 200  # the most that a connection gives
MOST_MEMBERS = 10_000  # of one write


async def community_form(visit: Visit) -> Response:
    visit.require_write()
    return show(visit)


async def add_community(visit: Visit, form: Form) -> Response:
    """Write a community, and that the members of a role, or all, belong to it."""
    name, role = form.text("name"), form.text("role")
    if role and role not in MemberRole.__members__:
        raise BadInput(f"role: expected one of {', '.join(MemberRole.__members__)}.")
    key = key_from_name(name)
    if not key or len(name) > MAX_INDEXED:
        return show(visit, name, role, "Type a name with a letter or a digit.")
    keys = await member_keys(visit, role)
    if not keys:
        return show(visit, name, role, "No member has this role; choose another.")
    if len(keys) > MOST_MEMBERS:
        text = f"More than {counted(MOST_MEMBERS, 'member')}: choose a role, or import"
        return show(visit, name, role, f"{text} who belongs to it.")
    community = await visit.write("create Community", input={"key": key, "name": name})
    if community.problems:
        text = " ".join(each["message"] for each in community.problems)
        if any(each["code"] == "CONFLICT" for each in community.problems):
            text = "There is a community of this name, or of one with the same key."
        return show(visit, name, role, f"{text} Choose another name.")
    memberships = [{"source": each, "target": key} for each in keys]
    members = await visit.write("add_memberships", input=memberships)
    if members.problems:
        raise BadInput(" ".join(each["message"] for each in members.problems))
    return visit.redirect(visit.address("/", community=key), community, members)


async def member_keys(visit: Visit, role: str) -> list[str]:
    """The keys of the members of a role, or of all; at most a page too many."""
    keys: list[str] = []
    variables = {"filter": member_filter(None, role), "first": ONE_PAGE}
    after = None
    while len(keys) <= MOST_MEMBERS:
        answer = (await visit.ask("members", **variables, after=after))["members"]
        keys += [node["key"] for node in answer["nodes"]]
        if not answer["pageInfo"]["hasNextPage"]:
            break
        after = answer["pageInfo"]["endCursor"]
    return keys


def show(visit: Visit, name: str = "", role: str = "", problem: str = "") -> Response:
    return form_page(
        visit,
        "community.html",
        "Add a community",
        name=name,
        role=role,
        problem=problem,
        roles=list(MemberRole.__members__),
        most_letters=MAX_INDEXED,
        is_refused=bool(problem),
    )
