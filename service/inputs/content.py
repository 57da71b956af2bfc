"""What a file holds, told from its first bytes: its name may say something else."""

from __future__ import annotations

import re

HEAD = 1 << 12  # bytes to look at
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

# The header of a CSV file may well begin with a bracket, as in `<TICKER>,<DATE>`
# or `[id],[name]`.
BEGINNINGS = {
    "JSON": re.compile(rb'\s*(\{\s*["}]|\[\s*[\[{"\d\]])'),
    "HTML": re.compile(rb"\s*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE),
    "XML": re.compile(
        rb"\s*<(\?xml|!--|!doctype|[\w:.-]+(\s[^<>]*)?>\s*<)", re.IGNORECASE
    ),
}


def content_of(data: bytes) -> str | None:
    """JSON, HTML or XML; None for everything else.

    >>> content_of(b'{"elements": []}'), content_of(b"<TICKER>,<DATE>")
    ('JSON', None)
    """
    head = data.removeprefix(BYTE_ORDER_MARK)[:HEAD]
    return next((name for name, begin in BEGINNINGS.items() if begin.match(head)), None)
