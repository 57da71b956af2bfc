"""The demo as a workbook that a Swedish manager might have: names instead of keys."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl

DEMO = Path(__file__).parents[3] / "seeds" / "demo"
Row = dict[str, str]
KINDS = {"ORGANISATION": "Organisation", "PERSON": "Person", "TEAM": "Team"}
ROLES = {
    "STARTUP": "Startup",
    "INVESTOR": "Investerare",
    "CUSTOMER": "Kund",
    "SUPPLIER": "Leverantör",
    "INCUBATOR": "Inkubator",
    "ACCELERATOR": "Accelerator",
    "MENTOR": "Mentor",
    "PUBLIC_BODY": "Myndighet",
    "UNIVERSITY": "Universitet",
}
PARTIES = {"SUPPLIER": "Leverantör", "CUSTOMER": "Kund", "INVESTOR": "Investerare"}
PARTIES |= {"PARTNER": "Partner", "FUNDER": "Finansiär"}
PARTIES |= {"BENEFICIARY": "Förmånstagare"}
RELATIONS = {
    "AFFILIATION": "tillhör",
    "ADVICE": "ger råd till",
    "COMPETITION": "konkurrerar med",
    "FOLLOWING": "följer",
    "ACCOUNT_MANAGEMENT": "kundansvarig för",
}
YES_OR_NO = {"true": "Ja", "false": "Nej", "": ""}


def demo_rows(table: str) -> list[Row]:
    with (DEMO / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names_by_key(table: str) -> dict[str, str]:
    return {row["key"]: row.get("name") or row["title"] for row in demo_rows(table)}


class DemoWorkbook:
    """Writes one sheet after the other; some have a title above the header."""

    def __init__(self) -> None:
        self.book = openpyxl.Workbook()
        self.book.remove(self.book.active)
        self.members = names_by_key("members")
        self.ties = demo_rows("ties")
        self.numbers = {
            row["key"]: f"A-{number}"
            for number, row in enumerate(demo_rows("contracts"), 1)
        }

    def add(
        self,
        name: str,
        header: str,
        rows: Sequence[Sequence[object]],
        title: str | None = None,
    ) -> None:
        sheet = self.book.create_sheet(name)
        for line in ([title], []) if title else ():
            sheet.append(line)
        sheet.append([text.strip() for text in header.split(",")])
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])

    def of_kind(self, kind: str) -> list[Row]:
        return [tie for tie in self.ties if tie["kind"] == kind]

    def pairs(
        self, kind: str, targets: dict[str, str], *columns: str
    ) -> list[list[object]]:
        """Source, target and some columns of each tie of a kind."""
        return [
            [self.members[tie["source"]], targets[tie["target"]]]
            + [number_of(tie[column]) for column in columns]
            for tie in self.of_kind(kind)
        ]

    def add_members(self) -> None:
        columns = ("sector", "region", "country", "function", "description")
        rows = [
            [row["name"], KINDS[row["kind"]], roles_text(row["roles"])]
            + [row[column] for column in columns]
            for row in demo_rows("members")
        ]
        header = "Namn, Typ, Roll, Bransch, Ort, Land, Funktion, Beskrivning"
        self.add("Medlemmar", header, rows, "Medlemmar i nätverket 2026")

    def add_ties_of_members(self) -> None:
        members = self.members
        relations = [
            [members[tie["source"]], word, members[tie["target"]], tie["since"]]
            for kind, word in RELATIONS.items()
            for tie in self.of_kind(kind)
        ]
        self.add("Relationer", "Från, Relation, Till, Sedan", relations, "Övriga")
        jobs = self.pairs("EMPLOYMENT", members, "title", "founder", "since", "until")
        header = "Person, Arbetsgivare, Befattning, Grundare, Från, Till"
        self.add("Anställningar", header, jobs)
        columns = ("deliverable", "value", "currency", "channel", "since")
        exchanges = self.pairs("EXCHANGE", members, *columns)
        header = "Givare, Mottagare, Vad, Värde, Valuta, Kanal, Sedan"
        self.add("Utbyten", header, exchanges)
        columns = ("round", "amount", "currency", "on", "board_seat")
        header = "Investerare, Bolag, Runda, Belopp, Valuta, Datum, Styrelseplats"
        self.add("Investeringar", header, self.pairs("INVESTMENT", members, *columns))
        rows = self.pairs("ACQUAINTANCE", members, "score", "score_at")
        self.add("Bekantskaper", "Person 1, Person 2, Poäng, Poängdatum", rows)
        rows = self.pairs("DEPENDENCY", members, "strength", "buffer_days")
        header = "Beroende, Beroende av, Styrka, Buffert (dagar)"
        self.add("Beroenden", header, rows)

    def add_contracts(self) -> None:
        columns = ("title", "value", "currency", "since", "until")
        rows = [
            [self.numbers[row["key"]], *(number_of(row[c]) for c in columns)]
            for row in demo_rows("contracts")
        ]
        header = "Avtalsnr, Titel, Belopp, Valuta, Start, Slut"
        self.add("Avtal", header, rows, "Avtalsregister")
        parties = [
            [
                self.numbers[tie["target"]],
                self.members[tie["source"]],
                PARTIES[tie["role"]],
            ]
            for tie in self.of_kind("CONTRACT")
        ]
        self.add("Avtalsparter", "Avtal, Part, Roll i avtalet", parties)
        offerings = names_by_key("offerings")
        covered = [
            [self.numbers[tie["source"]], offerings[tie["target"]]]
            for tie in self.of_kind("COVERAGE")
        ]
        self.add("Avtalsinnehåll", "Avtal, Erbjudande", covered)
        rows = self.pairs("OFFER", offerings)
        self.add("Erbjudanden", "Leverantör, Erbjudande", rows)

    def add_others(self) -> None:
        communities = names_by_key("communities")
        rows = [[row["name"], row["region"]] for row in demo_rows("communities")]
        self.add("Nätverk", "Namn, Ort", rows)
        rows = self.pairs("MEMBERSHIP", communities, "since", "until")
        self.add("Medlemskap", "Medlem, Nätverk, Sedan, Till", rows)
        rows = self.pairs("ORGANISING", communities, "since")
        self.add("Arrangörer", "Arrangör, Nätverk, Sedan", rows)
        capabilities = names_by_key("capabilities")
        rows = self.pairs("CAPABILITY", capabilities)
        self.add("Förmågor", "Medlem, Förmåga", rows)
        self.add("Behov", "Medlem, Behov", self.pairs("NEED", capabilities))
        initiatives = [
            [
                row["name"],
                self.members.get(row["organisation"]),
                number_of(row["budget"]),
            ]
            for row in demo_rows("initiatives")
        ]
        self.add("Initiativ", "Namn, Organisation, Budget", initiatives)
        rows = self.pairs("WORK", names_by_key("initiatives"), "time_share")
        self.add("Arbete", "Vem, Initiativ, Tidsandel", rows)

    def save(self, path: Path) -> None:
        self.add_ties_of_members()
        self.add_members()
        self.add_contracts()
        self.add_others()
        self.book.save(path)


def roles_text(roles: str) -> str:
    return ", ".join(ROLES[role] for role in roles.split(";") if role)


def number_of(text: str) -> object:
    """A number or an answer as a workbook has it; another text stays."""
    if text in ("true", "false"):
        return YES_OR_NO[text]
    try:
        return float(text)
    except ValueError:
        return text
