"""A community is made of the members that are there, and can be undone."""

from __future__ import annotations

import pytest

from tests.support.worlds import member
from tests.web.conftest import form_of_page

MEMBERSHIPS = "{ memberships(first: 9) { nodes { source { key } target { key } } } }"


@pytest.mark.database
@pytest.mark.parametrize(
    ("role", "expected"),
    [("", {"mill", "lamp", "ann"}), ("STARTUP", {"lamp"})],
)
def test_all_members_or_those_of_a_role_belong_to_it(role, expected, draw, visit):
    draw(
        {
            "members": [
                member("mill"),
                member("lamp", roles="STARTUP"),
                member("ann", "PERSON"),
            ]
        }
    )

    async def work(visitor):
        begin = await visitor.open("/")
        form = await visitor.form("/community", "/community")
        overview = await visitor.send(form, name="Our cohort", role=role)
        assert overview.status_code == 200, overview.text
        made = await visitor.query(MEMBERSHIPS)
        twice = await visitor.send(form, name="Our cohort", role=role)
        nobody = await visitor.send(form, name="Other", role="UNIVERSITY")
        undo = await visitor.send(form_of_page(overview, "/undo"))
        assert undo.status_code == 200, undo.text
        assert "Undone: " in undo.text
        undone = await visitor.query(MEMBERSHIPS)
        return begin, overview, made, twice, nobody, undone

    begin, overview, made, twice, nobody, undone = visit(work)
    assert 'href="/community"' in begin.text
    assert "Saved: community Our cohort added" in overview.text
    assert "membership of Name of lamp to Our cohort added" in overview.text
    nodes = made["memberships"]["nodes"]
    assert {node["source"]["key"] for node in nodes} == expected
    assert {node["target"]["key"] for node in nodes} == {"our-cohort"}
    assert "There is a community of this name" in twice.text
    for refused in (twice, nobody):
        assert refused.status_code == 422
        assert 'role="alert"' in refused.text
    assert undone["memberships"]["nodes"] == []
