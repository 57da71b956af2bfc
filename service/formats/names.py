"""Names of members: when two names are equal, and keys made from names.

Names are normalised to NFKC and casefolded, with `&` as `and`, punctuation as spaces,
and without legal forms at the end or a leading AB: "Åsvik Pump AB (publ)" is "åsvik
pump". Names are compared without accents as well; keys keep them, because a key that
a file gave to a member stays.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from service.vocabulary.folding import fold

LEGAL_FORM_WORDS = """
ab aktiebolag hb kb publ ltd limited plc llp llc inc incorporated corp corporation co
company gmbh ag kg ohg ug mbh sa sas sarl sasu bv nv oy oyj as asa aps a/s spa srl sl
sro kft pty
"""
LEGAL_FORMS = frozenset(LEGAL_FORM_WORDS.split())
SEPARATORS = re.compile(r"[^\w/]+|_")
MOST_NAMES = 20_000  # that are remembered: each is compared several times


def normalised_name(name: str) -> str:
    """The part of a name that is compared; all of it if nothing else remains.

    >>> normalised_name("Müller & Söhne GmbH"), normalised_name("AB Volvo")
    ('müller and söhne', 'volvo')
    >>> normalised_name("A.B.")
    'a b'
    """
    text = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    words = SEPARATORS.sub(" ", text).split()
    core = list(words)
    while core and (core[-1] in LEGAL_FORMS or core[-1] == "and"):
        core.pop()
    if len(core) > 1 and core[0] in ("ab", "aktiebolaget"):
        core.pop(0)
    return " ".join(core or words) or name.strip()


@lru_cache(MOST_NAMES)
def comparable_name(name: str) -> str:
    """What equal names have in common: the normalised name in its one spelling.

    >>> comparable_name("Müller AG") == comparable_name("MULLER")
    True
    """
    return normalised_name(fold(name))


@lru_cache(MOST_NAMES)
def key_from_name(name: str) -> str:
    """The key of a member that a file knows only by its name.

    >>> key_from_name("Sequoia Capital, LLC")
    'sequoia-capital'
    """
    return normalised_name(name).replace(" ", "-").replace("/", "-")
