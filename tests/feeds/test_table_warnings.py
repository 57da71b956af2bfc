"""What an answer warns of reaches the readers of its table."""

from __future__ import annotations

import pytest

from service.feeds import table_reader
from service.feeds.table_reader import TableReader
from service.server.table_response import MOST_CHARACTERS, header_text
from tests.support.worlds import member, tie

KIND = {"exchange_kind": "TANGIBLE"}
WARNING = "x-valuenet-warning"
DAY, LATER = "2024-01-01", "2026-11-01"
QUESTION = """
query ($day: Date) {
  brokerage(network: { ties: [EXCHANGE], asOf: $day }, groupBy: REGION) {
    about { warnings }
  }
}
"""


@pytest.fixture
def undated(draw):
    """Three members without a first day, one of them without a region, and an
    undated link."""
    links = [
        tie("EXCHANGE", "a", "b", since="2020-01-01", **KIND),
        tie("EXCHANGE", "b", "c", **KIND),
    ]
    members = [member(key, region=key) for key in "ab"]
    members.append(member("c"))
    draw({"members": members, "ties": links})


def warnings_of(answer):
    assert answer.status_code == 200, answer.text
    return answer.headers.get_list(WARNING)


def test_warnings_are_headers_of_files_and_of_odata(undated, ask, get):
    expected = ask(QUESTION, day=DAY)["brokerage"]["about"]["warnings"]
    assert len(expected) == 2
    query = f"asOf={DAY}"
    formats = ("csv", "json", "jsonl", "arrow")
    paths = [f"/tables/brokerage.{format}?{query}" for format in formats]
    for answer in get(*paths, f"/odata/brokerage?{query}"):
        assert warnings_of(answer) == expected, answer.url
    columns = get(f"{paths[0]}&columns=member_key&limit=1")
    assert warnings_of(columns[0]) == expected


def test_a_series_has_the_warnings_of_its_first_day(undated, ask, get):
    expected = ask(QUESTION, day=DAY)["brokerage"]["about"]["warnings"]
    [series] = get(f"/tables/brokerage.csv?asOf={DAY}..{LATER}&step=P1Y")
    assert warnings_of(series) == expected


def test_a_warning_has_each_day_once_however_many_pages_the_day_has(
    undated, get, monkeypatch
):
    readers = []
    series = TableReader.series

    def noted(self, request):
        readers.append(self)
        return series(self, request)

    monkeypatch.setattr(table_reader, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(TableReader, "series", noted)
    [answer] = get(f"/tables/brokerage.csv?asOf={DAY}..{LATER}&step=P1Y")
    days = {line.split(",")[0] for line in answer.text.splitlines()[1:]}
    [reader] = readers
    of_warnings = list(reader.warnings.values())
    assert len(days) == 3
    assert set().union(*of_warnings) == days
    assert [len(each) for each in of_warnings] == [len(set(e)) for e in of_warnings]


def test_records_have_no_such_header(undated, get):
    for answer in get("/tables/exchanges.csv", "/odata/exchanges"):
        assert warnings_of(answer) == []


def test_a_header_is_one_line_of_ascii_of_limited_length():
    assert header_text("é\r\nset-cookie: a") == "%C3%A9 set-cookie: a"
    assert len(header_text("x" * 1000)) == MOST_CHARACTERS + len("...")
