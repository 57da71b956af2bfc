"""The same small world as people of six countries write it, in sheets of a workbook."""

from __future__ import annotations

import pytest

from tests.formats.proposals.proposed_files import proposed_workbook

WORLDS = {
    "en": {
        "Members": ["Name", "Type", "Role", "City", "Country"],
        "kinds": ["Company", "Person", "Public body"],
        "roles": ["Supplier", "Customer", "Mentor", "Investor"],
        "Orders": ["Supplier", "Customer", "Product", "Amount", "Currency", "Date"],
        "Investments": ["Investor", "Company", "Round", "Amount (EUR)", "Date"],
        "Jobs": ["Person", "Company", "Job title", "From", "To"],
        "Relations": ["From", "Relationship", "To", "Since"],
        "words": ["knows", "advises", "depends on", "customer of"],
        "Agreements": ["Contract", "Supplier", "Customer", "Value", "Status"],
        "status": "signed",
    },
    "sv": {
        "Medlemmar": ["Namn", "Typ", "Roll", "Ort", "Land"],
        "kinds": ["Företag", "Person", "Myndighet"],
        "roles": ["Leverantör", "Kund", "Mentor", "Investerare"],
        "Ordrar": ["Leverantör", "Kund", "Vara", "Belopp", "Valuta", "Datum"],
        "Investeringar": ["Investerare", "Bolag", "Runda", "Belopp (EUR)", "Datum"],
        "Anställningar": ["Person", "Företag", "Titel", "Från", "Till"],
        "Relationer": ["Från", "Relation", "Till", "Sedan"],
        "words": ["känner", "ger råd till", "är beroende av", "köper av"],
        "Avtal": ["Avtal", "Leverantör", "Kund", "Värde", "Status"],
        "status": "tecknat",
    },
    "da": {
        "Medlemmer": ["Navn", "Type", "Rolle", "By", "Land"],
        "kinds": ["Virksomhed", "Person", "Myndighed"],
        "roles": ["Leverandør", "Kunde", "Mentor", "Investor"],
        "Ordrer": ["Leverandør", "Kunde", "Vare", "Beløb", "Valuta", "Dato"],
        "Investeringer": ["Investor", "Selskab", "Runde", "Beløb (EUR)", "Dato"],
        "Ansættelser": ["Person", "Virksomhed", "Stilling", "Fra", "Til"],
        "Relationer": ["Fra", "Relation", "Til", "Siden"],
        "words": ["kender", "rådgiver", "afhænger af", "køber fra"],
        "Aftaler": ["Aftale", "Leverandør", "Kunde", "Værdi", "Status"],
        "status": "gældende",
    },
    "no": {
        "Medlemmer": ["Navn", "Type", "Rolle", "Sted", "Land"],
        "kinds": ["Bedrift", "Person", "Myndighet"],
        "roles": ["Leverandør", "Kunde", "Mentor", "Investor"],
        "Bestillinger": ["Leverandør", "Kunde", "Vare", "Beløp", "Valuta", "Dato"],
        "Investeringer": ["Investor", "Selskap", "Runde", "Beløp (EUR)", "Dato"],
        "Ansettelser": ["Person", "Bedrift", "Stilling", "Fra", "Til"],
        "Relasjoner": ["Fra", "Relasjon", "Til", "Siden"],
        "words": ["kjenner", "gir råd til", "avhenger av", "kjøper fra"],
        "Avtaler": ["Avtale", "Leverandør", "Kunde", "Verdi", "Status"],
        "status": "gjeldende",
    },
    "de": {
        "Mitglieder": ["Name", "Art", "Rolle", "Ort", "Land"],
        "kinds": ["Unternehmen", "Person", "Behörde"],
        "roles": ["Lieferant", "Kunde", "Mentor", "Investor"],
        "Bestellungen": ["Lieferant", "Kunde", "Ware", "Betrag", "Währung", "Datum"],
        "Beteiligungen": ["Investor", "Firma", "Runde", "Betrag (EUR)", "Datum"],
        "Anstellungen": ["Person", "Firma", "Position", "Von", "Bis"],
        "Beziehungen": ["Von", "Beziehung", "An", "Seit"],
        "words": ["kennt", "berät", "hängt ab von", "kauft von"],
        "Verträge": ["Vertrag", "Lieferant", "Kunde", "Wert", "Status"],
        "status": "unterzeichnet",
    },
    "fr": {
        "Membres": ["Nom", "Type", "Rôle", "Ville", "Pays"],
        "kinds": ["Entreprise", "Personne", "Organisme public"],
        "roles": ["Fournisseur", "Client", "Mentor", "Investisseur"],
        "Commandes": ["Fournisseur", "Client", "Produit", "Montant", "Devise", "Date"],
        "Investissements": ["Investisseur", "Société", "Tour", "Montant (EUR)", "Date"],
        "Emplois": ["Personne", "Entreprise", "Poste", "Début", "Fin"],
        "Relations": ["De", "Relation", "Vers", "Depuis"],
        "words": ["connaît", "conseille", "dépend de", "client de"],
        "Contrats": ["Contrat", "Fournisseur", "Client", "Valeur", "Statut"],
        "status": "signé",
    },
    "es": {
        "Miembros": ["Nombre", "Tipo", "Rol", "Ciudad", "País"],
        "kinds": ["Empresa", "Persona", "Organismo público"],
        "roles": ["Proveedor", "Cliente", "Mentor", "Inversor"],
        "Pedidos": ["Proveedor", "Cliente", "Producto", "Importe", "Moneda", "Fecha"],
        "Inversiones": ["Inversor", "Empresa", "Ronda", "Importe (EUR)", "Fecha"],
        "Empleos": ["Persona", "Empresa", "Cargo", "Desde", "Hasta"],
        "Relaciones": ["Desde", "Relación", "Hasta", "Inicio"],
        "words": ["conoce a", "asesora a", "depende de", "compra a"],
        "Contratos": ["Contrato", "Proveedor", "Cliente", "Valor", "Estado"],
        "status": "vigente",
    },
}
MILL, GRAIN, TOWN, FUND = "Old Mill AB", "Grain Growers", "Lund", "Nordkap"
ANNA, CARL = "Anna Berg", "Carl Dahl"


def world(language):
    """The sheets, with the values of the world under the headers of a language."""
    texts = WORLDS[language]
    names = [
        name for name in texts if name not in ("kinds", "roles", "words", "status")
    ]
    members, orders, owners, jobs, relations, contracts = names
    firm, person, body = texts["kinds"]
    supplier, customer, mentor, investor = texts["roles"]
    knows, advises, depends, buys = texts["words"]
    rows = {
        orders: [[GRAIN, MILL, "Rye", 1200.5, "SEK", "2026-03-01"]],
        relations: [
            [ANNA, knows, CARL, "2020-01-01"],
            [CARL, advises, MILL, None],
            [MILL, depends, GRAIN, None],
            [TOWN, buys, MILL, None],
        ],
        members: [
            [MILL, firm, customer, "Uppsala", "SE"],
            [GRAIN, firm, supplier, "Lund", "SE"],
            [TOWN, body, None, "Lund", "SE"],
            [FUND, firm, investor, None, "DK"],
            [ANNA, person, None, None, None],
            [CARL, person, mentor, None, None],
        ],
        owners: [[FUND, MILL, "Seed", 50000, "2025-02-03"]],
        jobs: [
            [ANNA, MILL, "CEO", "2019-01-01", None],
            [CARL, GRAIN, "Board", "2018-05-01", "2022-01-01"],
        ],
        contracts: [["Rye 2026", GRAIN, MILL, 9000, texts["status"]]],
    }
    return {name: [texts[name], *lines] for name, lines in rows.items()}


@pytest.mark.parametrize("language", WORLDS)
def test_a_world_is_the_same_in_each_language(tmp_path, language):
    file = proposed_workbook(tmp_path, world(language))
    assert file.proposal.questions == []
    assert file.members == {
        (MILL, "ORGANISATION", "CUSTOMER"),
        (GRAIN, "ORGANISATION", "SUPPLIER"),
        (TOWN, "ORGANISATION", "PUBLIC_BODY"),
        (FUND, "ORGANISATION", "INVESTOR"),
        (ANNA, "PERSON", ""),
        (CARL, "PERSON", "MENTOR"),
    }
    assert file.ties == {
        ("EXCHANGE", GRAIN, MILL),
        ("EXCHANGE", MILL, TOWN),
        ("INVESTMENT", FUND, MILL),
        ("EMPLOYMENT", ANNA, MILL),
        ("EMPLOYMENT", CARL, GRAIN),
        ("ACQUAINTANCE", ANNA, CARL),
        ("ADVICE", CARL, MILL),
        ("DEPENDENCY", MILL, GRAIN),
        ("CONTRACT", GRAIN, "Rye 2026"),
        ("CONTRACT", MILL, "Rye 2026"),
    }

    def cells(mark, *columns):
        [tie] = [tie for tie in file.records["ties"] if mark in tie]
        return [tie[column] for column in columns]

    order = cells("value", "deliverable", "value", "currency", "since")
    assert order == ["Rye", "1200.5", "SEK", "2026-03-01"]
    owner = cells("amount", "round", "amount", "currency", "on")
    assert owner == ["Seed", "50000", "EUR", "2025-02-03"]
    jobs = [tie for tie in file.records["ties"] if tie["kind"] == "EMPLOYMENT"]
    columns = ("title", "since", "until")
    assert [tuple(job.get(column) for column in columns) for job in jobs] == [
        ("CEO", "2019-01-01", None),
        ("Board", "2018-05-01", "2022-01-01"),
    ]
    assert file.of("contracts", "title", "value", "status") == [
        ("Rye 2026", "9000", "ACTIVE")
    ]
    [mill] = [row for row in file.records["members"] if row["name"] == MILL]
    assert (mill["region"], mill["country"]) == ("Uppsala", "SE")


INTRODUCTIONS = {
    "en": "Who introduced,Introduced to,For,Date,Outcome|won,declined,ongoing",
    "sv": "Introducerad av,Introducerad till,Startup,Datum,Resultat"
    "|avtal,tackat nej,pågår",
    "da": "Introduceret af,Introduceret til,Startup,Dato,Udfald|aftale,afvist,i gang",
    "no": "Introdusert av,Introdusert til,Bedrift,Dato,Utfall|vunnet,takket nei,pågår",
    "de": "Vorgestellt von,Vorgestellt bei,Firma,Datum,Ergebnis"
    "|Vertrag,abgelehnt,läuft",
    "fr": "Présenté par,Présenté à,Entreprise,Date,Résultat|contrat,refusé,en cours",
    "es": "Presentado por,Presentado a,Empresa,Fecha,Resultado"
    "|contrato,rechazado,en curso",
}


@pytest.mark.parametrize("language", INTRODUCTIONS)
def test_introductions_have_ends_days_states_and_outcomes(tmp_path, language):
    header, words = INTRODUCTIONS[language].split("|")
    won, declined, open = words.split(",")
    rows = [
        [ANNA, MILL, GRAIN, "2026-01-05", won],
        [CARL, TOWN, GRAIN, "2026-02-05", declined],
        [CARL, MILL, FUND, "2026-03-05", open],
    ]
    file = proposed_workbook(tmp_path, {"Sheet1": [header.split(","), *rows]})
    assert file.proposal.questions == []
    columns = ("introducer", "target", "requester", "asked_on", "outcome", "state")
    assert file.of("introductions", *columns) == [
        (ANNA, MILL, GRAIN, "2026-01-05", "WON", ""),
        (CARL, TOWN, GRAIN, "2026-02-05", "", "DECLINED"),
        (CARL, MILL, FUND, "2026-03-05", "OPEN", ""),
    ]
    assert {(ANNA, "PERSON"), (MILL, "ORGANISATION")} <= {m[:2] for m in file.members}
