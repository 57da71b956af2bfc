"""One spelling for letters that people type in several ways: `Åsvik` is `asvik`.

Latin letters lose their accents and ligatures, and all apostrophes are one, as in
Neo4j's analyzer `standard-folding`, which the index of `search` uses. Letters of other
scripts stay as they are: their accents and marks often make other letters.
"""

from __future__ import annotations

import unicodedata
from functools import cache

APOSTROPHES = "‘’‛′＇"
# Latin letters that Unicode does not decompose, each after what it is folded to.
LETTERS_BY_FOLD = """
a ɐəɚẚⱥ, ae æ, b ƀƃɓʙ, c ƈȼɕʗ, d ðđƌȡɖɗ, db ȸ, dz ʣʥ, e ǝɇɘɛɜɝɞʚ, f ƒẛ,
g ǥɠɡɢʛ, h ħɥɦʜʮʯ, hv ƕ, i ıɨɩɪ, j ȷɉɟʄʝ, k ƙʞ, l ŀłƚȴɫɬɭʟ, ll ỻ, ls ʪ, lz ʫ,
m ɯɰɱ, n ŉŋƞȵɲɳɴ, o øɔɵ, oe œɶ, ou ȣ, p ƥ, q ĸɋʠ, qp ȹ, r ɍɼɽɾɿʁ, s ſȿʂẜẝ,
ss ß, t ŧƫƭȶʇʈⱦ, tc ʨ, th þ, ts ʦ, u ʉ, v ʋʌ, w ƿʍ, y ƴɏʎʏỿ, z ƶȝȥɀʐʑ
"""
LETTERS = dict.fromkeys(APOSTROPHES, "'") | {
    letter: base
    for base, letters in map(str.split, LETTERS_BY_FOLD.split(","))
    for letter in letters
}


def fold(text: str) -> str:
    """A text in lower case and in its one spelling.

    >>> fold("Åsvik"), fold("MÜLLER"), fold("O’Reilly"), fold("Łódź"), fold("İzmir")
    ('asvik', 'muller', "o'reilly", 'lodz', 'izmir')
    >>> fold("Straße"), fold("Ærø"), fold("Αθήνα"), fold("й")
    ('strasse', 'aero', 'αθήνα', 'й')
    """
    if text.isascii():
        return text.lower()
    return "".join(map(folded_letter, unicodedata.normalize("NFC", text)))


@cache
def folded_letter(char: str) -> str:
    # One letter at a time: "İ" and the last "Σ" of a word have no rule of their own.
    lower = char.lower()
    if lower.isascii():
        return lower
    if lower in LETTERS:
        return LETTERS[lower]
    parts = unicodedata.normalize("NFKD", char)
    base = "".join(part for part in parts if not unicodedata.combining(part)).lower()
    base = "".join(LETTERS.get(part, part) for part in base)
    return base if base.isascii() and base.isalnum() else lower
