"""`valuenet database clear`: asks before it removes anything."""

import json


def test_clear_asks_first(run, maker, graph):
    document = b"{teams {totalCount}}"
    code, _, err = run("database", "clear", stdin=b"n\n")
    assert code == 1
    assert "Remove all records of bolt://" in err
    assert json.loads(run("ask", stdin=document)[1])["data"]["teams"]["totalCount"] == 1
    assert run("database", "clear", "--yes")[0] == 0
    assert json.loads(run("ask", stdin=document)[1])["data"]["teams"]["totalCount"] == 0
