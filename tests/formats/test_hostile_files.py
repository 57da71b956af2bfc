"""Files that are not what their names say, have no end, or would fill the memory."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

import seeds
from service.errors import BadInput
from service.formats.load import read_records
from service.formats.readers import READERS, csv_file
from service.formats.readers.mapping_file import read_mapping
from service.formats.rows import MAX_NOTES, OTHER_NOTES, Faults
from service.formats.sheets import csv_lines
from service.inputs import json_files
from tests.formats.reading import faults_of, rows_of

FOLDERS = {  # the file that each format reads from a folder
    "tables": "members.csv",
    "yc": "Startups.csv",
    "cordis": "organization.csv",
    "crunchbase": "investments.csv",
}
OTHERS = {
    "pipe": "expected a file; this is a pipe",
    "socket": "expected a file; this is a socket",
    "device": "expected a file; this is a device",
    "folder": "expected a file; this is a folder",
    "circle": "Too many levels of symbolic links",
    "dangling": "No such file or directory",
}


def place(path: Path, kind: str) -> None:
    """Put something at `path` that is no file."""
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as bound:
            os.chdir(path.parent)  # the name of a socket has at most 108 characters
            bound.bind(path.name)
    elif kind == "folder":
        path.mkdir()
    else:
        goals = {"device": "/dev/zero", "circle": path, "dangling": path.parent / "no"}
        path.symlink_to(goals[kind])


def refusal(path: Path, format: str, mapping: Path | None = None) -> str:
    with pytest.raises(BadInput) as caught:
        read_records(path, format, mapping)[1].refuse()
    return str(caught.value)


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("format", ["graphml", "gexf", "kumu", "ocds", "crunchbase"])
def test_a_path_to_no_file_is_refused_at_once(tmp_path, monkeypatch, format, kind):
    monkeypatch.chdir(tmp_path)
    place(tmp_path / "x", kind)
    expected = OTHERS[kind]
    if kind == "dangling":
        expected = "no such file or folder"
    if (format, kind) == ("crunchbase", "folder"):  # it may be one
        expected = "investments.csv: not found"
    assert expected in refusal(tmp_path / "x", format)


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("format", FOLDERS)
def test_a_folder_with_no_file_under_the_name_is_refused(
    tmp_path, monkeypatch, format, kind
):
    monkeypatch.chdir(tmp_path)
    place(tmp_path / FOLDERS[format], kind)
    if kind == "dangling" and format not in ("tables", "cordis"):
        assert f"{FOLDERS[format]}: not found" in refusal(tmp_path, format)
    else:
        assert OTHERS[kind] in refusal(tmp_path, format)


@pytest.mark.parametrize("kind", OTHERS)
def test_a_mapping_that_is_no_file_is_refused(tmp_path, monkeypatch, kind):
    monkeypatch.chdir(tmp_path)
    place(tmp_path / "m.toml", kind)
    with pytest.raises(BadInput, match=OTHERS[kind]):
        read_mapping(tmp_path / "m.toml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "no record in it; expected lines under the headers"),
        (b"\n\n", "no record in it"),
        (b'\n {"elements": []}', "this is JSON"),
        (b'[{"key": "a"}]', "this is JSON"),
        (b"\xef\xbb\xbf<!DOCTYPE html>\n<html></html>", "this is HTML"),
        (b"<html lang='en'>", "this is HTML"),
        (b"<?xml version='1.0'?><gexf/>", "this is GEXF"),
        (b"<graphml><graph>", "this is GraphML"),
        (b"key,kind,name\n", "no record in it; expected lines under the headers"),
        (b"key,kind,name\n,,\n , ,\n", "no record in it"),
        (b"," * 2_000, "no record in it"),
        (b",".join(b"c%d" % i for i in range(16_385)), "16,385 columns"),
        (b"," * 5_000_000, "a line has more than 4,194,304 characters"),
        (b"\0" * 5_000_000, "a line has more than 4,194,304 characters"),
        (b"key\n" + b'"a\n",' * 1_500_000, "a row has more than 4,194,304 characters"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path, text, says):
    (tmp_path / "members.csv").write_bytes(text)
    assert says in refusal(tmp_path, "tables")


@pytest.mark.parametrize(
    ("format", "text", "says"),
    [
        ("graphml", "<!DOCTYPE html><html></html>", "this is HTML, not the XML of"),
        ("gexf", '{"elements": []}', "this is JSON, not the XML of a graph"),
        ("kumu", "<graphml><graph/></graphml>", "this is GraphML, not JSON"),
        ("ocds", "\n<html>", "this is HTML, not JSON"),
    ],
)
def test_a_graph_in_another_format_is_named(tmp_path, format, text, says):
    (tmp_path / "x").write_text(text)
    assert says in refusal(tmp_path / "x", format)


@pytest.mark.parametrize("header", ["<TICKER>,<DATE>", "[id],[name]", "{id},x"])
def test_a_header_may_begin_with_a_bracket(tmp_path, header):
    file, mapping = tmp_path / "a.csv", tmp_path / "m.toml"
    file.write_text(f"{header}\nA,B\n")
    mapping.write_text(f'[[members]]\nname = "{header.partition(",")[0]}"\n')
    assert rows_of(file, "tables", mapping)[0]["members"][0]["name"] == "A"


def test_lines_of_an_old_mac_are_lines(tmp_path, monkeypatch):
    for module in (csv_file, csv_lines):
        monkeypatch.setattr(module, "MAX_ROW", 100)
    text = "key,kind,name\r" + "a,TEAM,A\r" + "b,TEAM,B\r" * 50
    (tmp_path / "members.csv").write_text(text, newline="")
    assert "a row has" not in refusal(tmp_path, "tables")  # b is there twice


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("graphml", "<rss><channel/></rss>"),
        ("gexf", "<graphml><graph/></graphml>"),
        ("kumu", '{"releases": []}'),
        ("ocds", '{"releases": []}'),
        ("crunchbase", "company,investor\n"),
    ],
)
def test_a_load_of_nothing_says_what_was_expected(tmp_path, format, text):
    (tmp_path / "x").write_text(text)
    assert f"no record in it; expected {READERS[format].records}" in refusal(
        tmp_path / "x", format
    )


@pytest.mark.parametrize("format", ["graphml", "gexf"])
@pytest.mark.parametrize("rest", ["<node id='{}'/>", "<!--{}-->", "<node {}/>"])
def test_a_tag_without_end_is_refused_before_it_is_read(tmp_path, format, rest):
    (tmp_path / "x").write_text("<graph>" + rest.format("x" * 5_000_000))
    says = "a tag or comment has more than 1,048,576 bytes"
    assert faults_of(tmp_path / "x", format) == [f"x line 1: {says}"]


def test_the_space_between_nodes_has_no_bound(tmp_path):
    space = "\n" + " " * 50
    nodes = space.join(f"<node id='n{number}'/>" for number in range(25_000))
    (tmp_path / "x").write_text(f"<graphml><graph>{nodes}</graph></graphml>")
    assert len(rows_of(tmp_path / "x", "graphml")[0]["members"]) == 25_000


def test_the_text_between_elements_has_a_bound(tmp_path):
    text = ("x" * 1_000 + "<data key='a'/>") * 1_100
    (tmp_path / "x").write_text(f"<graphml><graph>{text}</graph></graphml>")
    [fault] = faults_of(tmp_path / "x", "graphml")
    assert "the text of an element has more than 1,048,576 characters" in fault


@pytest.mark.parametrize("encoding", ["nix", "utf-7", "shift_jis", "utf-32"])
def test_xml_in_an_unreadable_encoding_is_a_fault(tmp_path, encoding):
    text = f"<?xml version='1.0' encoding='{encoding}'?><graphml/>"
    (tmp_path / "x").write_text(text)
    [fault] = faults_of(tmp_path / "x", "graphml")
    assert fault.startswith("x line 1: ")
    assert "encoding" in fault


def test_json_is_refused_by_what_it_takes_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(json_files, "MAX_MEMORY", 1_000_000)
    (tmp_path / "x").write_text('{"elements": [' + "[]," * 10_000 + "[]]}")
    assert "take about 2 MB of memory; the limit is 1 MB" in refusal(
        tmp_path / "x", "kumu"
    )


@pytest.mark.parametrize(
    "text", ['{"elements": %s}' % ("[" * 500 + "]" * 500), "[" * 100_000]
)
def test_deep_json_is_a_fault(tmp_path, text):
    (tmp_path / "x").write_text(text)
    assert "x line 1: not valid JSON: " in refusal(tmp_path / "x", "kumu")


@pytest.mark.parametrize(
    ("format", "file"),
    [
        ("yc", "Startups.csv"),
        ("yc", "Founders.csv"),
        ("cordis", "h2020_organizations.csv"),
    ],
)
def test_each_column_that_a_published_file_lacks_is_named(tmp_path, format, file):
    for source in (seeds.FOLDER / format).glob("*.csv"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    (tmp_path / file).write_text("Company,name\na,b\n")
    message = refusal(tmp_path, format)
    assert f"{file} line 1, column " in message
    assert "the file has no such column; add it" in message


def test_yc_files_without_a_line_are_nothing(tmp_path):
    for name in ("Startups.csv", "Founders.csv"):
        header = (seeds.FOLDER / "yc" / name).read_text("utf-8").splitlines()[0]
        (tmp_path / name).write_text(header)
    assert "expected companies in Startups.csv" in refusal(tmp_path, "yc")


def test_names_that_give_one_key_are_told_apart_or_refused(tmp_path):
    for name in ("Startups.csv", "Founders.csv"):
        header = (seeds.FOLDER / "yc" / name).read_text("utf-8").splitlines()[0]
        names = "".join(f"{chr(0x4E00 + i)}\n" for i in range(500))
        (tmp_path / name).write_text(f"{header}\n{names if name[0] == 'S' else ''}")
    assert "too many names differ only in letters" in refusal(tmp_path, "yc")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a = " + "[" * 500 + "]" * 500, "nested too deeply"),
        ("a = " + "{a=" * 1_000 + "1" + "}" * 1_000, "nested too deeply"),
        ("a = " + "9" * 5_000, "too many digits"),
        ('date = "%d%d"', "date: expected a format such as"),
        ('date = "%d/%m"', "date: expected a format such as"),
        ("date = 5", "date: expected a format such as"),
        ('delimiter = "\\n"', "delimiter: expected one character"),
        ("delimiter = '\"'", "delimiter: expected another character"),
        ("[[members]]\nname = { value = [[1]] }", "expected a text, number or date"),
        ("# " + "x" * 1_000_000, "larger than 1 MB"),
    ],
)
def test_a_hostile_mapping_is_refused(tmp_path, text, says):
    (tmp_path / "m.toml").write_text(text)
    with pytest.raises(BadInput, match=says):
        read_mapping(tmp_path / "m.toml")


def test_a_fault_repeats_only_the_beginning_of_a_long_cell(tmp_path):
    text = "key,kind,name,recovery_days\na,TEAM,A," + "9" * 100_000 + "\n"
    (tmp_path / "members.csv").write_text(text)
    [fault] = faults_of(tmp_path, "tables")
    assert "must be a number" in fault
    assert len(fault) < 1_500


def test_remarks_have_a_bound():
    faults = Faults()
    for number in range(MAX_NOTES + 7):
        faults.note(f"unknown attribute {number}")
    assert faults.notes[OTHER_NOTES] == 7
