"""Loading again: nothing changes, blanks clear, missing columns have no effect."""

from __future__ import annotations

from seeds import SEEDS
from tests.support.everything import every_tie, everything
from tests.support.worlds import member, tie

DEMO = next(seed.folder for seed in SEEDS if seed.key == "demo")


def test_loading_the_same_folder_twice_changes_nothing(draw, load, dump):
    world = everything()
    world["ties"] += [{**row, "key": "", "until": ""} for row in every_tie()]
    world["ties"] = [
        row for row in world["ties"] if row["kind"] != "ACQUAINTANCE" or row["key"]
    ]
    draw(world)
    before = dump()
    load(world)
    assert dump() == before


def test_loading_the_demo_twice_changes_nothing(draw, load, dump):
    draw(DEMO)
    before = dump()
    load(DEMO)
    assert dump() == before


def test_a_blank_cell_clears_a_property_and_a_missing_column_leaves_it(draw, load, ask):
    made = {"sector": "Pumps", "region": "Skåne", "roles": "STARTUP;INVESTOR"}
    known = tie("EXCHANGE", "a", "b", value="5", channel="Road")
    referral = {"key": "r", "referrer": "a", "customer": "b", "provider": "a"}
    draw(
        {
            "members": [member("a", **made), member("b")],
            "ties": [known],
            "contracts": [{"key": "c"}],
            "referrals": [{**referral, "contract": "c", "revenue": "7"}],
        }
    )
    load(
        {
            "members": [member("a", sector="", roles="SUPPLIER")],
            "ties": [{**tie("EXCHANGE", "a", "b"), "value": ""}],
            "referrals": [{**referral, "contract": ""}],
        }
    )
    load({"members": [member("a", country="SE")], "referrals": [referral]})
    text = """{ organisation(key: "a") { sector region country roles }
      exchanges { nodes { value channel } }
      referral(key: "r") { revenue contract { key } referrer { key } } }"""
    assert ask(text) == {
        "organisation": {
            "sector": None,
            "region": "Skåne",
            "country": "SE",
            "roles": ["SUPPLIER"],
        },
        "exchanges": {"nodes": [{"value": None, "channel": "Road"}]},
        "referral": {"revenue": 7, "contract": None, "referrer": {"key": "a"}},
    }


def test_a_later_load_may_change_the_link_of_a_record(draw, load, ask):
    members = [member(key) for key in "abc"]
    referral = {"key": "r", "referrer": "a", "customer": "b", "provider": "c"}
    draw({"members": members, "referrals": [referral]})
    turned = {"key": "r", "referrer": "b", "customer": "c", "provider": "a"}
    load({"members": members, "referrals": [turned]})
    text = (
        "{ referrals { nodes { referrer { key } customer { key } provider { key } } } }"
    )
    assert ask(text)["referrals"]["nodes"] == [
        {"referrer": {"key": "b"}, "customer": {"key": "c"}, "provider": {"key": "a"}}
    ]
