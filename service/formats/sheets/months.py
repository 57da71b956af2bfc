"""Names of months, in the languages of our users."""

from __future__ import annotations

NAMES = (
    "january januari januar janvier enero jan janv ene",
    "february februari februar février fevrier febrero feb févr fevr fév",
    "march mars märz maerz marts marzo mar mär mrz",
    "april avril abril apr avr abr",
    "may maj mai mayo",
    "june juni juin junio jun",
    "july juli juillet julio jul juil",
    "august augusti août aout agosto aug ago",
    "september septembre septiembre setiembre sep sept set",
    "october oktober octobre octubre oct okt",
    "november novembre noviembre nov",
    "december desember dezember décembre decembre diciembre dec des dez déc dic",
)
MONTH_NUMBERS = {
    name: number for number, names in enumerate(NAMES, 1) for name in names.split()
}
# What stands between the parts of a date: `1er mars`, `the 3rd of May`, `3 de mayo`.
LINKS = "st nd rd th er de del den the of"
LINK_WORDS = frozenset(LINKS.split())
