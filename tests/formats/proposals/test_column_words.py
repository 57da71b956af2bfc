"""What the words of a column mean, as a person says it word by word."""

from __future__ import annotations

from service.formats.proposals import mapping_toml, proposed_mapping
from service.formats.proposals.column_words import column_words, with_words
from service.formats.proposals.corrections import corrected_mapping
from service.formats.proposals.preview import first_records
from service.formats.readers.mapping_file import read_mapping
from service.formats.sheets import sheets_of

REQUESTS = """Requester,Introducer,Target,Status,Result
Acme,Jane Doe,Big Corp,accepted,deal signed
Beta,Jane Doe,Mid Corp,ringt upp,lost
Gamma,Jane Doe,Low Corp,Accepted,
Delta,Jane Doe,Low Corp,ringt upp,lost
"""


def requests(tmp_path):
    path = tmp_path / "introductions.csv"
    path.write_text(REQUESTS)
    sheets = sheets_of(path)
    return path, sheets, proposed_mapping(sheets).mapping


def test_the_words_of_columns_with_values_are_known_or_not(tmp_path):
    _, sheets, mapping = requests(tmp_path)
    words = column_words(mapping, sheets[0])
    assert set(words) == {"Status", "Result"}
    assert words["Status"].values == [
        "ASKED",
        "ACCEPTED",
        "DECLINED",
        "EXPIRED",
        "MADE",
    ]
    # A proposal leaves words out that it does not know.
    assert words["Status"].words == {"ringt upp": "-", "accepted": "ACCEPTED"}
    assert words["Status"].unknown == []
    chosen = corrected_mapping(
        mapping, sheets, {sheets[0].name: {"Result": "introductions.1.purpose"}}
    )
    result = column_words(chosen, sheets[0])["Result"]
    assert result.unknown == ["lost", "deal signed"]
    assert "INTRODUCTION" in result.values


def test_words_become_what_a_person_says(tmp_path):
    path, sheets, mapping = requests(tmp_path)
    said = {
        "Status": {"ringt upp": "ASKED", "accepted": "-"},
        "Result": {"deal signed": "WON", "lost": "no value"},
        "Target": {"Big Corp": "WON"},
    }
    result = with_words(mapping, sheets, {sheets[0].name: said})
    words = column_words(result, sheets[0])
    assert words["Status"].words == {"ringt upp": "ASKED", "accepted": "-"}
    assert words["Result"].words == {"lost": "LOST", "deal signed": "WON"}
    (tmp_path / "mapping.toml").write_text(mapping_toml(result))
    assert read_mapping(tmp_path / "mapping.toml") == result
    rows = first_records(path, result)["introductions"]
    assert [row.get("state") for row in rows] == [None, "ASKED", None, "ASKED"]
    assert [row.get("outcome") for row in rows] == ["WON", "LOST", None, "LOST"]
    assert with_words(mapping, sheets, {"other": said}) == mapping
