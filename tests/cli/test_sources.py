"""Several sources that list the same members, complete or not, week after week."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from service.errors import BadInput
from service.formats import load as formats_load
from service.formats import staging

TOML = """
[[members]]
name = "Name"
country = "Country"
roles = "Role"
attributes = { tier = "Tier" }
"""
HEADER = "Name,Country,Role,Tier"
TORVA, BIRK = "Torva AB,SE,CUSTOMER,A", "Birk,DK,CUSTOMER,B"


@pytest.fixture
def load(run, draw, tmp_path):
    """Load lines as the file of a source, with a mapping; the messages."""
    draw({})

    def load(source, lines, *options, mapping=TOML):
        (tmp_path / "m.toml").write_text(mapping)
        (tmp_path / f"{source}.csv").write_text("\n".join(lines) + "\n")
        path, mapped = tmp_path / f"{source}.csv", tmp_path / "m.toml"
        code, _, err = run("load", path, "--mapping", mapped, *options)
        assert code == 0, err
        return err

    return load


@pytest.fixture
def members(ask):
    """Each member's last day, roles and attributes by its key."""

    def members():
        text = """{ members(first: 50) { nodes { key until attributes { name text }
          ... on Organisation { roles } } } }"""
        return {node["key"]: node for node in ask(text)["members"]["nodes"]}

    return members


def test_a_record_ends_when_the_last_of_its_sources_no_longer_lists_it(load, members):
    today = str(datetime.now(UTC).date())
    for source in ("crm", "orders"):
        load(source, [HEADER, TORVA, BIRK])
    err = load("crm", [HEADER, TORVA], "--complete")
    assert "another one does: not ended" in err
    assert members()["birk"]["until"] is None
    assert "another one" not in load("crm", [HEADER, TORVA], "--complete")
    load("orders", [HEADER, TORVA], "--complete")
    assert members()["birk"]["until"] == today
    assert members()["torva"]["until"] is None


def test_a_record_that_is_listed_again_has_not_ended(load, members):
    load("crm", [HEADER, TORVA, BIRK])
    load("crm", [HEADER, TORVA], "--complete")
    assert members()["birk"]["until"]
    load("crm", [HEADER, TORVA, BIRK], "--complete")
    assert [member["until"] for member in members().values()] == [None, None]


def test_a_last_day_that_a_person_set_stays(load, members, run, tmp_path):
    load("crm", [HEADER, TORVA, BIRK])
    (tmp_path / "members.csv").write_text(
        "key,kind,name,until\nbirk,ORGANISATION,Birk,2026-01-31\n"
    )
    assert run("load", tmp_path / "members.csv")[0] == 0
    load("crm", [HEADER, TORVA, BIRK])
    load("crm", [HEADER, TORVA], "--complete")
    load("crm", [HEADER, TORVA, BIRK])
    assert members()["birk"]["until"] == "2026-01-31"


def test_two_files_of_one_load_that_are_both_complete(load, members, run, tmp_path):
    for source in ("crm", "orders"):
        load(source, [HEADER, TORVA, BIRK])
    for source in ("crm", "orders"):
        (tmp_path / f"{source}.csv").write_text(f"{HEADER}\n{TORVA}\n")
    paths = [tmp_path / "crm.csv", tmp_path / "orders.csv"]
    mapped = ["--mapping", tmp_path / "m.toml"]
    code, _, err = run("load", *paths, *mapped, "--complete")
    assert code == 0, err
    assert [key for key, member in members().items() if member["until"]] == ["birk"]


def test_what_one_source_says_another_one_does_not_remove(load, members):
    load("crm", [HEADER, TORVA])
    other = TOML.replace("tier", "rank").replace("Tier", "Rank")
    lines = ["Name,Country,Role,Rank", "TORVA,SE,SUPPLIER,7a", "Birk,DK,,"]
    load("orders", lines, mapping=other)
    load("orders", lines, mapping=other)
    torva = members()["torva"]
    attributes = {each["name"]: each["text"] for each in torva["attributes"]}
    assert attributes["tier"] == "A"
    assert attributes["rank"] == "7a"
    assert attributes["importedFrom"] == "crm; orders"
    assert torva["roles"] == ["CUSTOMER", "SUPPLIER"]
    load("crm", [HEADER, TORVA.replace(",A", ",")])
    attributes = {a["name"]: a["text"] for a in members()["torva"]["attributes"]}
    assert attributes["tier"] == "A"


def test_a_complete_load_can_be_undone(load, members, run, ask):
    load("crm", [HEADER, TORVA, BIRK])
    before = members()
    load("crm", [HEADER, TORVA.replace(",A", ",C")], "--complete")
    assert members() != before
    changes = ask("{ changes(first: 100) { nodes { number run } } }")["changes"]
    last = max(changes["nodes"], key=lambda change: change["number"])
    code, _, err = run("undo", last["run"])
    assert code == 0, err
    assert members() == before


ORDERS = """
[[members]]
name = "Seller"
[[members]]
name = "Contact"
kind = { value = "PERSON" }
[[ties]]
kind = { value = "EMPLOYMENT" }
source = "Contact"
target = "Seller"
[[ties]]
kind = { value = "EXCHANGE" }
source = "Seller"
target = "Contact"
value = "Sum"
"""


@pytest.mark.parametrize("transactions", [1, 4])
def test_loading_again_completes_a_load_that_was_interrupted(
    load, draw, run, ask, monkeypatch, transactions
):
    """Its members have keys then, and its orders of one pair have numbers."""
    lines = ["Seller,Contact,Sum"]
    lines += [f"Firm {n % 20},Al {n % 3},{n}" for n in range(90)]
    text = """{ members(first: 200) { nodes { key name } }
      exchanges(first: 200) { nodes { key value source { key } target { key } } }
      employments(first: 200) { nodes { key } } }"""
    load("orders", lines, mapping=ORDERS)
    whole = ask(text)
    assert len(whole["exchanges"]["nodes"]) == 90
    draw({})
    monkeypatch.setattr(formats_load, "TRANSACTION_SIZE", 30)
    monkeypatch.setattr(staging, "BATCH_SIZE", 10)
    write, written = formats_load.LoadRun.write, []

    async def interrupted(self, parts):
        if len(written) == transactions:
            raise BadInput("interrupted")
        written.append(parts)
        await write(self, parts)

    with monkeypatch.context() as patch:
        patch.setattr(formats_load.LoadRun, "write", interrupted)
        with pytest.raises(AssertionError, match="interrupted"):
            load("orders", lines, mapping=ORDERS)
    assert len(ask(text)["members"]["nodes"]) > 0
    assert ask(text) != whole
    load("orders", lines, mapping=ORDERS)
    assert ask(text) == whole
