"""Four schools side by side: the sentences, and that they are the answers' own."""

from __future__ import annotations

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from seeds import SEEDS
from tests.oracles import mediation as oracle
from tests.support import worlds
from tests.support.worlds import AS_OF, contract, member, party, tie

QUESTION = """
query ($community: String!, $asOf: Date) {
  lenses(community: $community, asOf: $asOf) {
    community { key } sentences { school sentence } nullReason
    valueNetwork { participantCount } networkFit { conformityNow }
    mediation { customerCount } openings { openingCount } about { asOf }
  }
}"""


def test_the_makers_of_disks_through_four_lenses(draw, ask):
    draw(SEEDS[0].folder)
    found = ask(QUESTION, community="disk-makers", asOf=AS_OF)["lenses"]
    said = {row["school"]: row["sentence"] for row in found["sentences"]}
    assert list(said) == [
        "ALLEE",
        "CHRISTENSEN",
        "STABELL_FJELDSTAD",
        "NORMANN_RAMIREZ",
    ]
    # Among themselves the makers only talk of a standard: three intangible exchanges;
    # who receives finds it worth 1, who gives 0: Älvdisk and Nordspin are even
    assert said["ALLEE"] == (
        "5 members exchange 0 tangible and 3 intangible things; 3 gain, 0 lose, 2 are"
        " even, and 2 dead ends pass nothing on."
    )
    assert said["CHRISTENSEN"] == (
        "Snabbminne joined with 20% of its exchanges like those of the incumbents; now"
        " it is 80%; no incumbent has adopted Flash module, Loan units to try."
    )
    assert said["STABELL_FJELDSTAD"].startswith("No mediator")
    assert found["networkFit"]["conformityNow"] == 0.8
    assert found["mediation"] is None
    assert "`mediation` is null" in found["nullReason"]


def test_the_users_of_a_platform_through_four_lenses(draw, ask):
    draw(SEEDS[0].folder)
    found = ask(QUESTION, community="bytestorget-users", asOf=AS_OF)["lenses"]
    said = {row["school"]: row["sentence"] for row in found["sentences"]}
    assert said["STABELL_FJELDSTAD"] == (
        "Bytestorget serves 9 customers, 8 of them active, and has connected 5 pairs of"
        " 36; one more customer could be connected with 9."
    )
    assert found["mediation"]["customerCount"] == 9


def test_a_community_of_nobody_has_four_sentences_and_no_figure(draw, ask):
    draw({"members": [member("a")], "communities": [{"key": "club", "name": "Club"}]})
    found = ask(QUESTION, community="club")["lenses"]
    first, *others = [row["sentence"] for row in found["sentences"]]
    assert first == "This community has no exchanges."
    assert [sentence[:3] for sentence in others] == ["No "] * 3
    assert found["networkFit"] is found["mediation"] is None
    answer = ask(QUESTION, errors=True, community="nowhere")
    assert answer["errors"][0].message == "No Community has the key 'nowhere'."


PARTS = """query ($community: String!, $asOf: Date) {
  lenses(community: $community, asOf: $asOf) {
    networkFit { entrant { key } } mediation { mediator { key } } } }"""


def parts(ask, community, day=AS_OF):
    found = ask(PARTS, community=community, asOf=day)["lenses"]
    fit, served = found["networkFit"], found["mediation"]
    return fit and fit["entrant"]["key"], served and served["mediator"]["key"]


def test_a_part_counts_only_while_its_membership_is_active(draw, ask):
    """big sells to two and left in 2026, small to one; late joins in 2027."""
    members = [member(key) for key in ("big", "small", "late", "x", "y")]
    sells = [("big", "c1", "x"), ("big", "c2", "y"), ("small", "c3", "x")]
    ties = [tie("EXCHANGE", "late", "x"), tie("EXCHANGE", "big", "small")]
    for seller, key, buyer in sells:
        ties += [party(seller, key, "SUPPLIER"), party(buyer, key, "CUSTOMER")]
    dates = {"big": ("2022-01-01", "2026-01-01"), "small": ("2021-01-01", "")}
    dates["late"] = ("2027-01-01", "")
    for key, (since, until) in dates.items():
        ties.append(tie("MEMBERSHIP", key, "club", since=since, until=until))
    contracts = [contract(key) for _, key, _ in sells]
    club = [{"key": "club", "name": "Club"}]
    draw(
        {"members": members, "ties": ties, "contracts": contracts, "communities": club}
    )
    assert parts(ask, "club", "2025-06-01") == ("big", "big")
    assert parts(ask, "club", "2026-06-01") == ("small", "small")
    assert parts(ask, "club", "2027-06-01") == ("late", "small")


def test_an_entrant_exchanges_on_the_day_and_with_who_is_there(draw, ask):
    members = [member(key) for key in ("old", "new", "next", "x")]
    members.append(member("gone", until="2026-01-01"))
    ties = [
        tie("MEMBERSHIP", "old", "club", since="2020-01-01"),
        tie("MEMBERSHIP", "new", "club", since="2021-01-01"),
        tie("MEMBERSHIP", "next", "club", since="2022-01-01"),
        tie("EXCHANGE", "old", "x"),
        tie("EXCHANGE", "new", "x", since="2027-01-01"),
        tie("EXCHANGE", "next", "gone"),
    ]
    club = [{"key": "club", "name": "Club"}]
    draw({"members": members, "ties": ties, "communities": club})
    assert parts(ask, "club") == ("old", None)


@given(st.lists(worlds.communities_at_work(), min_size=4, max_size=5))
@settings(max_examples=3, phases=[Phase.generate])
def test_random_communities_have_the_parts_that_plain_loops_find(draw, ask, drawn):
    world = worlds.together(drawn)
    draw(world)
    for place in range(len(drawn)):
        community = f"w{place}-g"
        assert parts(ask, community) == (
            oracle.latest_entrant(world, community, AS_OF),
            oracle.chief_mediator(world, community, AS_OF),
        )
