"""Four schools side by side: the sentences, and that they are the answers' own."""

from __future__ import annotations

from seeds import SEEDS
from tests.support.worlds import AS_OF, member

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
