"""Every reader reads packed files, and JSON in UTF-16, like any other."""

from __future__ import annotations

import gzip
import io
import shutil
import zipfile

import orjson
import pytest

import seeds
from tests.formats.readers.ocds_packages import release_package
from tests.formats.readers.test_kumu import MAP
from tests.formats.reading import rows_of

GRAPHML = b"""<graphml><graph edgedefault="directed"><node id="a"/><node id="b"/>
<edge source="a" target="b"/></graph></graphml>"""
GEXF = b"""<gexf><graph defaultedgetype="directed"><nodes><node id="a" label="A"/>
</nodes></graph></gexf>"""
CSV = b"company,investor,date\nLumina,Vik Capital,2020-01-02\n"
FILES = {
    "graphml": GRAPHML,
    "gexf": GEXF,
    "kumu": orjson.dumps(MAP),
    "ocds": orjson.dumps(release_package()),
    "crunchbase": CSV,
}


def zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/data", data)
    return file.getvalue()


def without_notes(path, format):
    return rows_of(path, format)[0]


@pytest.mark.parametrize("format", FILES)
@pytest.mark.parametrize("pack", [gzip.compress, zipped])
def test_a_packed_file_has_the_same_rows(tmp_path, format, pack):
    path = tmp_path / "data"
    path.write_bytes(FILES[format])
    plain = without_notes(path, format)
    path.write_bytes(pack(FILES[format]))
    assert without_notes(path, format) == plain
    assert plain


@pytest.mark.parametrize("format", ["kumu", "ocds", "crunchbase"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_other_encodings_have_the_same_rows(tmp_path, format, encoding):
    path = tmp_path / "data"
    path.write_bytes(FILES[format])
    plain = without_notes(path, format)
    path.write_bytes(FILES[format].decode().encode(encoding))
    assert without_notes(path, format) == plain


def test_a_zip_of_tables_is_a_folder(tmp_path):
    folder = seeds.FOLDER / "demo"
    name = shutil.make_archive(str(tmp_path / "demo"), "zip", folder.parent, "demo")
    assert without_notes(tmp_path / name, "tables") == without_notes(folder, "tables")
