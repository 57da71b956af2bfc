"""Files that are packed, and what they hold."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from service.errors import BadInput
from service.inputs import unpacking, zip_files
from service.inputs.content import Content, content_of
from service.inputs.packed import (
    collection_files,
    content_at,
    data_files,
    file_on_disk,
    open_data,
    read_data,
)

TEXT = b"key,kind,name\na,TEAM,A\n"


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        TEXT,
        gzip.compress(TEXT, mtime=0),
        gzip.compress(TEXT[:9], mtime=0) + gzip.compress(TEXT[9:], mtime=0),
        zipped({"members.csv": TEXT}),
        zipped({"members.csv": TEXT}, zipfile.ZIP_STORED),
        zipped({"a/": b"", "a/members.csv": TEXT, "__MACOSX/a/._members.csv": b"x"}),
    ],
)
def test_a_file_is_unpacked_by_its_content(tmp_path, data):
    path = tmp_path / "members.csv"  # whatever its name says
    path.write_bytes(data)
    with open_data(path) as file:
        assert file.read() == TEXT
    assert read_data(path, 100) == TEXT
    with file_on_disk(path) as copy:
        assert copy.read_bytes() == TEXT
    assert copy == path or not copy.exists()
    assert path.read_bytes() == data


def test_each_file_of_a_zip_has_a_path(tmp_path):
    path = tmp_path / "a.zip"
    names = {"x/members.csv": TEXT, "x/ties.csv": b"1", "b.json": b""}
    path.write_bytes(zipped({"x/.DS_Store": b"", **names}))
    files = [path / "x/members.csv", path / "x/ties.csv", path / "b.json"]
    assert data_files(path) == files
    assert collection_files(path, ".csv") == files[:2]
    assert read_data(path / "x/ties.csv", 10) == b"1"
    with pytest.raises(BadInput, match=r"holds 3 files \(x/members.csv, x/ties.csv"):
        open_data(path)
    with pytest.raises(BadInput, match="there is no such file in"):
        open_data(path / "y.csv")
    assert data_files(path / "b.json") == [path / "b.json"]


def test_names_in_a_zip_lead_to_no_file_outside(tmp_path):
    (tmp_path / "secret").write_text("secret")
    names = {"../secret": b"1", str(tmp_path / "secret"): b"2", "..\\..\\x": b"3"}
    (tmp_path / "a.zip").write_bytes(zipped(names))
    texts = [read_data(path, 10) for path in data_files(tmp_path / "a.zip")]
    assert texts == [b"1", b"2", b"3"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (gzip.compress(gzip.compress(TEXT, mtime=0), mtime=0), "holds another archive"),
        (zipped({"a.zip": zipped({"b": b"1"})}), "holds another archive"),
        (gzip.compress(b"x" * 257 + b"ustar\x0000", mtime=0), "holds another archive"),
        (b"7z\xbc\xaf\x27\x1c...", "this kind of archive is not read"),
        (b"BZh91AY&SY...", "this kind of archive is not read"),
        (gzip.compress(TEXT, mtime=0)[:-9], "its compressed data is damaged"),
        (b"\x1f\x8b\x08" + b"\xff" * 50, "its compressed data is damaged"),
        (zipped({"a": TEXT})[:-30], "its compressed data is damaged"),
        (zipped({"a": TEXT}, zipfile.ZIP_LZMA), "its compression is not supported"),
        (zipped({}), "there is no file in this archive"),
        (zipped({"a/": b""}), "there is no file in this archive"),
    ],
)
def test_what_cannot_be_unpacked_is_one_sentence(tmp_path, data, says):
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(BadInput, match=says):
        read_data(tmp_path / "a.csv", 1_000_000)


def test_a_stored_file_whose_bytes_changed_is_damaged(tmp_path):
    data = zipped({"a": TEXT}, zipfile.ZIP_STORED).replace(b"TEAM", b"team")
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(BadInput, match="its compressed data is damaged"):
        read_data(tmp_path / "a.zip", 1_000)


def test_a_file_with_a_password_is_refused(tmp_path):
    data = bytearray(zipped({"a": TEXT}))
    data[6] |= 1  # the flag, beside the data and in the directory
    data[data.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(BadInput, match="protected by a password"):
        open_data(tmp_path / "a.zip")


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped({"a": data})])
def test_bombs_are_refused(tmp_path, monkeypatch, pack):
    monkeypatch.setattr(unpacking, "SMALL", 1_000_000)
    (tmp_path / "a").write_bytes(pack(b"a,b\n" * 1_000_000))
    with pytest.raises(BadInput, match="unpacks to more than 1 MB"):
        read_data(tmp_path / "a", 10_000_000)


def test_a_zip_of_many_files_is_refused_before_its_directory_is_read(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(zip_files, "MAX_FILES", 3)
    (tmp_path / "a").write_bytes(zipped({str(n): b"" for n in range(4)}))
    with pytest.raises(BadInput, match="more than 3 files are in this archive"):
        data_files(tmp_path / "a")


def test_a_path_below_a_file_that_is_no_zip_is_refused(tmp_path):
    (tmp_path / "a.csv").write_bytes(TEXT)
    with pytest.raises(BadInput, match="is neither a folder nor a zip"):
        open_data(tmp_path / "a.csv" / "b")


GRAPHML = "<?xml version='1.0'?>\n<!-- yEd -->\n<graphml xmlns='x'>"


@pytest.mark.parametrize(
    ("data", "content"),
    [
        (b"key,kind\na,b\n", None),
        (b"<TICKER>,<DATE>\n", None),
        (b"[id],[name]\n", None),
        (b"", None),
        (b'{"elements": []}', Content.JSON),
        (b'[{"key": "a"}]', Content.JSON),
        (b'\xef\xbb\xbf{"a": 1}\n{"a": 2}\n', Content.JSON_LINES),
        (b'{"a": {"b": 1}}\r\n{"a": 2}', Content.JSON_LINES),
        (b'{\n "a": [{"b": 1},\n {"b": 2}]}', Content.JSON),
        (GRAPHML.encode(), Content.GRAPHML),
        (GRAPHML.encode("utf-16"), Content.GRAPHML),
        (b"<g:graphml xmlns:g='x'><g:graph/>", Content.GRAPHML),
        (b"<gexf version='1.3'><graph>", Content.GEXF),
        (b"<rss><channel/></rss>", Content.XML),
        (b"<!---->" * 500 + b"<rss>", Content.XML),
        (b"<!DOCTYPE html>\n<html>", Content.HTML),
        (gzip.compress(TEXT, mtime=0), Content.GZIP),
        (zipped({"a.csv": TEXT}), Content.ZIP),
        (zipped({}), Content.ZIP),
        (zipped({"[Content_Types].xml": b""}), Content.XLSX),
        (zipped({"docProps/app.xml": b"", "xl/workbook.xml": b""}), Content.XLSX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", Content.XLS),
        (b"%PDF-1.7", Content.PDF),
    ],
)
def test_content_is_recognised_from_its_first_bytes(tmp_path, data, content):
    assert content_of(data) is content
    (tmp_path / "a").write_bytes(gzip.compress(data))
    if content not in (Content.GZIP, Content.ZIP):
        assert content_at(tmp_path / "a") is content


def test_an_open_document_spreadsheet_is_recognised():
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    data = zipped({"mimetype": kind}, zipfile.ZIP_STORED)
    assert content_of(data) is Content.ODS
