"""When two names are one: what is compared, and keys made from names.

A name is compared in NFKC and casefolded, `&` as `and`, punctuation as blanks, without
legal forms at its end or a leading AB: "Åsvik Pump AB (publ)" is "åsvik pump".
"""

from __future__ import annotations

import re
import unicodedata

FORMS = """
ab aktiebolag hb kb publ ltd limited plc llp llc inc incorporated corp corporation co
company gmbh ag kg ohg ug mbh sa sas sarl sasu bv nv oy oyj as asa aps a/s spa srl sl
sro kft pty
"""
LEGAL = frozenset(FORMS.split())
APART = re.compile(r"[^\w/]+|_")


def normalised(name: str) -> str:
    """What is compared of a name; the whole of it where nothing else would be left.

    >>> normalised("Müller & Söhne GmbH"), normalised("AB Volvo"), normalised("A.B.")
    ('müller and söhne', 'volvo', 'a b')
    """
    text = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    words = APART.sub(" ", text).split()
    kept = list(words)
    while kept and (kept[-1] in LEGAL or kept[-1] == "and"):
        kept.pop()
    if len(kept) > 1 and kept[0] in ("ab", "aktiebolaget"):
        kept.pop(0)
    return " ".join(kept or words) or name.strip()


def made_key(name: str) -> str:
    """The key of a member that a file knows by name alone.

    >>> made_key("Sequoia Capital, LLC")
    'sequoia-capital'
    """
    return normalised(name).replace(" ", "-").replace("/", "-")
