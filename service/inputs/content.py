"""What a file holds, told from its first bytes: its name may say something else."""

from __future__ import annotations

import re
from enum import StrEnum

from service.inputs.encodings import encoding_of_sample

HEAD = 1 << 12  # bytes to look at


class Content(StrEnum):
    """The kinds of content that are recognised; each is a word for messages."""

    GZIP = "gzip"
    ZIP = "zip"
    XLSX = "an Excel workbook"
    XLS = "an Excel 97 workbook"
    ODS = "an OpenDocument spreadsheet"
    ARCHIVE = "an archive"
    PDF = "PDF"
    JSON = "JSON"
    JSON_LINES = "JSON Lines"
    HTML = "HTML"
    GRAPHML = "GraphML"
    GEXF = "GEXF"
    XML = "XML"


WORKBOOKS = frozenset({Content.XLSX, Content.XLS, Content.ODS})
XML_CONTENTS = frozenset({Content.XML, Content.GRAPHML, Content.GEXF})
JSON_CONTENTS = frozenset({Content.JSON, Content.JSON_LINES})

# Entries that a workbook may have first; Excel, openpyxl and LibreOffice differ.
OFFICE_ENTRY = rb"(\[Content_Types\]\.xml|_rels/|docProps/|xl/|customXml/)"
SIGNATURES = {
    Content.ODS: re.compile(
        rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.spreadsheet",
        re.DOTALL,
    ),
    Content.XLSX: re.compile(rb"PK\x03\x04.{26}" + OFFICE_ENTRY, re.DOTALL),
    Content.ZIP: re.compile(rb"PK(\x03\x04|\x05\x06)"),
    Content.GZIP: re.compile(rb"\x1f\x8b\x08"),
    Content.XLS: re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    Content.PDF: re.compile(rb"%PDF-"),
    Content.ARCHIVE: re.compile(
        rb"BZh[1-9]1AY|\xfd7zXZ\0|7z\xbc\xaf\x27\x1c|Rar!\x1a|\x28\xb5\x2f\xfd"
        rb"|.{257}ustar",
        re.DOTALL,
    ),
}
# Atomic: a row of comments could be divided in endless ways.
PROLOGUE = r"(?>\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*)"
# The header of a CSV file may well begin with a bracket, as in `<TICKER>,<DATE>`
# or `[id],[name]`.
BEGINNINGS = {
    Content.JSON_LINES: re.compile(r'\s*\{\s*"[^\n]*\}[ \t]*\r?\n\s*\{\s*["}]'),
    Content.JSON: re.compile(r'\s*(\{\s*["}]|\[\s*[\[{"\d\]])'),
    Content.HTML: re.compile(r"\s*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE),
    Content.GRAPHML: re.compile(PROLOGUE + r"<(\w+:)?graphml\b", re.DOTALL),
    Content.GEXF: re.compile(PROLOGUE + r"<(\w+:)?gexf\b", re.DOTALL),
    Content.XML: re.compile(
        r"\s*<(\?xml|!--|!doctype|[\w:.-]+(\s[^<>]*)?>\s*<)", re.IGNORECASE
    ),
}


def content_of(data: bytes) -> Content | None:
    """The kind of content that begins with `data`; None for CSV and other text.

    >>> content_of(b'{"elements": []}').name, content_of(b"<TICKER>,<DATE>")
    ('JSON', None)
    >>> content_of(b'{"id": 1}\\n{"id": 2}').name
    'JSON_LINES'
    """
    head = data[:HEAD]
    for content, signature in SIGNATURES.items():
        if signature.match(head):
            return content
    encoding = encoding_of_sample(head)
    text = head.decode(encoding or "latin-1", errors="replace").removeprefix("\ufeff")
    return next((name for name, begin in BEGINNINGS.items() if begin.match(text)), None)
