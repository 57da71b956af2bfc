"""Files as people have them: exports of a CRM, an incubator, orders, owners."""

from __future__ import annotations

import pytest

from service.formats.proposals import Answers, proposed_mapping
from service.formats.sheets import sheets_of
from tests.formats.proposals.proposed_files import proposed_text, proposed_workbook

CONTACTS = """\
Record ID,First Name,Last Name,Email,Phone Number,Company name,Job Title,City,\
Country/Region,Lifecycle Stage,Create Date
101,Anna,Berg,anna@mill.example,+46 70 1,Old Mill AB,CEO,Uppsala,\
Sweden,Customer,2025-01-03 10:22
102,Carl,Dahl,carl@mill.example,+46 70 2,Old Mill AB,Buyer,Uppsala,\
Sweden,Lead,2025-02-03 11:22
103,Eva,Fors,eva@grain.example,,Grain Growers,Sales manager,Lund,\
Sweden,Lead,2025-03-04 09:00
104,Gus,Hall,gus@home.example,,,,,,Lead,2025-03-05 09:00
"""
DEALS = """\
Deal Name,Amount,Deal Stage,Close Date,Associated Company,Deal owner
Flour 2025,12000,Closed Won,2025-05-01,Old Mill AB,Ida Juhl
Seed,8000,Proposal,2026-12-01,Grain Growers,Ida Juhl
Rye,100,Warm,2026-12-01,Grain Growers,Ida Juhl
Bread,500,Closed Lost,2025-08-01,Hill Bakery,Kim Lind
"""
INCUBATOR = """\
Company,Founders,Sector,Cohort,Founded,Website,City,Mentor,Stage
Lumina,Anna Berg; Carl Dahl,Energy,Spring 2025,2024-03-01,www.lumina.example,\
Lund,Eva Fors,Seed
Torva,Gus Hall,Health,Autumn 2025,2025-01-15,https://torva.example,\
Malmö,Eva Fors,Pre-seed
"""
OWNERS = """\
Shareholder,Type,Share class,Ownership %,Invested amount (EUR),Date
Anna Berg,Founder,Common,70%,,2024-03-01
Nordkap Fund,Investor,Series A,30%,1000000,2025-05-01
"""
MENTORS = """\
Name,Organisation,Expertise,E-mail,Hours a month
Eva Fors,Grain Growers,"Sales, Export",eva@x.example,4
Kim Lind,Self-employed,Sales,kim@x.example,2
"""
CUSTOMERS = """\
Kundnr;Kundnamn;Kontaktperson;E-post;Ort;Omsättning (tkr);Kundansvarig;Anteckning
1001;Gamla Kvarnen AB;Anna Berg;anna@x.example;Uppsala;1 250;Ida Juhl;bra
1002;Kornbolaget;Eva Fors;eva@x.example;Lund;800;Ida Juhl;
"""


def test_contacts_of_a_crm_are_people_at_organisations(tmp_path):
    file = proposed_text(tmp_path, "contacts.csv", CONTACTS)
    assert file.proposal.is_sure
    assert file.members == {
        ("Anna Berg", "PERSON", ""),
        ("Carl Dahl", "PERSON", ""),
        ("Eva Fors", "PERSON", ""),
        ("Gus Hall", "PERSON", ""),
        ("Old Mill AB", "ORGANISATION", ""),
        ("Grain Growers", "ORGANISATION", ""),
    }
    assert file.of("ties", "kind", "source", "target", "title") == [
        ("EMPLOYMENT", "Anna Berg", "Old Mill AB", "CEO"),
        ("EMPLOYMENT", "Carl Dahl", "Old Mill AB", "Buyer"),
        ("EMPLOYMENT", "Eva Fors", "Grain Growers", "Sales manager"),
    ]
    [anna] = [row for row in file.records["members"] if row["name"] == "Anna Berg"]
    assert (anna["region"], anna["country"]) == ("Uppsala", "Sweden")
    assert anna["x:Lifecycle Stage"] == "Customer"
    assert "x:Email" not in anna


def test_personal_data_is_left_out_unless_that_is_said(tmp_path):
    file = proposed_text(tmp_path, "contacts.csv", CONTACTS)
    assert set(file.left_out()) == {"Email", "Phone Number"}
    assert "personal data" in file.left_out()["Email"]
    answers = Answers(keeps_personal_data=True)
    file = proposed_text(tmp_path, "contacts.csv", CONTACTS, answers)
    assert file.left_out() == {}
    assert ("Anna Berg", "anna@mill.example") in file.of("members", "name", "x:Email")


def test_the_address_of_an_organisation_is_no_personal_data(tmp_path):
    text = "Company,Email,Address\nOld Mill,info@mill.example,1 Mill Lane\n"
    file = proposed_text(tmp_path, "companies.csv", text)
    assert file.left_out() == {}
    assert file.of("members", "x:Email", "x:Address") == [
        ("info@mill.example", "1 Mill Lane")
    ]


def test_deals_are_contracts_and_only_those_that_are_won_are_active(tmp_path):
    file = proposed_text(tmp_path, "deals.csv", DEALS)
    assert file.proposal.is_sure
    assert file.of("contracts", "title", "status", "value", "since") == [
        ("Flour 2025", "ACTIVE", "12000", "2025-05-01"),
        ("Seed", "DRAFT", "8000", "2026-12-01"),
        ("Rye", "DRAFT", "100", "2026-12-01"),
        ("Bread", "TERMINATED", "500", "2025-08-01"),
    ]
    assert file.of("contracts", "x:Deal Stage")[2] == ("Warm",)
    ties = file.of("ties", "kind", "source", "target")
    assert ("ACCOUNT_MANAGEMENT", "Kim Lind", "Hill Bakery") in ties
    assert file.of("ties", "kind", "source", "role", "target")[0] == (
        *("CONTRACT", "Old Mill AB", "CUSTOMER", "Flour 2025"),
    )


def test_our_firm_is_the_other_party_of_deals(tmp_path):
    file = proposed_text(tmp_path, "deals.csv", DEALS, Answers(our_firm="We"))
    parties = [tie for tie in file.records["ties"] if tie["kind"] == "CONTRACT"]
    assert len(parties) == 8
    assert ("CONTRACT", "We", "SUPPLIER", "Bread") in file.of(
        "ties", "kind", "source", "role", "target"
    )


def test_two_deals_of_one_name_are_two(tmp_path):
    text = DEALS.replace("Seed,", "Flour 2025,")
    file = proposed_text(tmp_path, "deals.csv", text)
    values = file.of("contracts", "title", "value")
    assert values[:2] == [("Flour 2025", "12000"), ("Flour 2025", "8000")]
    parties = [tie for tie in file.records["ties"] if tie["kind"] == "CONTRACT"]
    assert len({tie["target"] for tie in parties}) == 3
    keys = [row["key"] for row in file.records["contracts"]]
    assert len(set(keys)) == 4


def test_companies_of_an_incubator(tmp_path):
    file = proposed_text(tmp_path, "incubator.csv", INCUBATOR)
    assert file.proposal.is_sure
    assert file.members == {
        ("Lumina", "ORGANISATION", ""),
        ("Torva", "ORGANISATION", ""),
        ("Anna Berg", "PERSON", ""),
        ("Carl Dahl", "PERSON", ""),
        ("Gus Hall", "PERSON", ""),
        ("Eva Fors", "PERSON", "MENTOR"),
    }
    assert file.ties == {
        ("EMPLOYMENT", "Anna Berg", "Lumina"),
        ("EMPLOYMENT", "Carl Dahl", "Lumina"),
        ("EMPLOYMENT", "Gus Hall", "Torva"),
        ("ADVICE", "Eva Fors", "Lumina"),
        ("ADVICE", "Eva Fors", "Torva"),
        ("MEMBERSHIP", "Lumina", "Spring 2025"),
        ("MEMBERSHIP", "Torva", "Autumn 2025"),
    }
    assert ("EMPLOYMENT", "true") in file.of("ties", "kind", "founder")
    columns = ("name", "founded_on", "url", "status")
    assert file.of("members", *columns)[0] == (
        *("Lumina", "2024-03-01", "https://www.lumina.example", "Seed"),
    )


def test_owners_ask_for_the_company_that_they_own(tmp_path):
    file = proposed_text(tmp_path, "Cap table.csv", OWNERS)
    [question] = file.proposal.questions
    assert question.option == "--our-firm"
    file = proposed_text(tmp_path, "Cap table.csv", OWNERS, Answers(our_firm="Lumina"))
    assert file.proposal.is_sure
    assert file.members == {
        ("Anna Berg", "PERSON", ""),
        ("Nordkap Fund", "ORGANISATION", "INVESTOR"),
        ("Lumina", "ORGANISATION", ""),
    }
    columns = ("kind", "source", "target", "amount", "currency", "on", "round")
    assert file.of("ties", *columns) == [
        ("INVESTMENT", "Anna Berg", "Lumina", "", "EUR", "2024-03-01", "Common"),
        (
            *("INVESTMENT", "Nordkap Fund", "Lumina", "1000000", "EUR"),
            *("2025-05-01", "Series A"),
        ),
    ]


def test_mentors_have_what_they_can_and_nobody_works_at_self_employed(tmp_path):
    file = proposed_text(tmp_path, "Mentors.csv", MENTORS)
    assert file.members == {
        ("Eva Fors", "PERSON", "MENTOR"),
        ("Kim Lind", "PERSON", "MENTOR"),
        ("Grain Growers", "ORGANISATION", ""),
    }
    assert file.ties == {
        ("EMPLOYMENT", "Eva Fors", "Grain Growers"),
        ("CAPABILITY", "Eva Fors", "Sales"),
        ("CAPABILITY", "Eva Fors", "Export"),
        ("CAPABILITY", "Kim Lind", "Sales"),
    }


def test_customers_with_contact_persons_and_amounts_in_thousands(tmp_path):
    file = proposed_text(tmp_path, "Kunder 2026.csv", CUSTOMERS)
    assert file.proposal.is_sure
    assert ("Kornbolaget", "ORGANISATION", "CUSTOMER") in file.members
    assert file.ties == {
        ("EMPLOYMENT", "Anna Berg", "Gamla Kvarnen AB"),
        ("EMPLOYMENT", "Eva Fors", "Kornbolaget"),
        ("ACCOUNT_MANAGEMENT", "Ida Juhl", "Gamla Kvarnen AB"),
        ("ACCOUNT_MANAGEMENT", "Ida Juhl", "Kornbolaget"),
    }
    columns = ("x:Kundnr", "region", "x:Omsättning (tkr)", "x:Anteckning")
    assert file.of("members", *columns)[0] == ("1001", "Uppsala", "1250", "bra")
    [reason] = [r for r in file.proposal.reasons if r.column == "Omsättning (tkr)"]
    assert "thousands" in reason.text


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("Supplier,Amount\nOld Mill,1\n", "--our-firm"),
        ("Old Mill\nGrain Growers\n", "--about"),
        ("A,B,Weight\nOld Mill,Grain,3\nHill,Old Mill,2\n", "--about"),
        ("Source,Target,Type\nOld Mill,Grain,Directed\n", "--about"),
        ("Company A,Company B\nOld Mill,Grain\n", "--about"),
        ("Name,Joined\nOld Mill,03/04/2026\n", "--date"),
        ('Seller,Buyer,Amount\nOld Mill,Grain,"1,234"\n', "--decimal"),
        ("Seller,Buyer,Amount\nOld Mill,Grain,12 kr\n", "--currency"),
        ('Investor,Portfolio\nNordkap,"Lumina, Torva, Birk"\n', "--split"),
    ],
)
def test_where_two_readings_are_as_good_it_is_not_sure(tmp_path, text, option):
    (tmp_path / "x.csv").write_text(text)
    proposal = proposed_mapping(sheets_of(tmp_path / "x.csv"))
    assert not proposal.is_sure
    assert [question.option for question in proposal.questions] == [option]


@pytest.mark.parametrize("kind", ["EXCHANGE", "DEPENDENCY", "COMPETITION"])
def test_a_person_says_what_the_lines_are(tmp_path, kind):
    answers = Answers(subjects={"x": f"ties {kind}"}, sources=frozenset(["Company B"]))
    text = "Company A,Company B\nOld Mill,Grain\n"
    file = proposed_text(tmp_path, "x.csv", text, answers)
    assert file.proposal.is_sure
    assert file.ties == {(kind, "Grain", "Old Mill")}


def test_a_sheet_that_is_skipped_has_no_section(tmp_path):
    (tmp_path / "x.csv").write_text("Company A,Company B\nOld Mill,Grain\n")
    answers = Answers(subjects={"x": "skip"})
    proposal = proposed_mapping(sheets_of(tmp_path / "x.csv"), answers)
    assert proposal.mapping.sections == proposal.questions == []
    assert not proposal.is_sure


@pytest.mark.parametrize(("mark", "count"), [(",", 3), ("", 1)])
def test_a_person_says_what_a_comma_means(tmp_path, mark, count):
    text = 'Investor,Portfolio\nNordkap,"Lumina, Torva, Birk"\n'
    answers = Answers(separators={"Portfolio": mark})
    file = proposed_text(tmp_path, "x.csv", text, answers)
    assert file.proposal.is_sure
    assert len(file.ties) == count


def test_names_of_lists_show_what_a_comma_means(tmp_path):
    text = 'Investor,Portfolio\nNordkap,"Lumina, Torva"\nVik,Torva\nBerg,Lumina\n'
    file = proposed_text(tmp_path, "x.csv", text)
    assert file.proposal.is_sure
    assert ("INVESTMENT", "Nordkap", "Lumina") in file.ties
    assert len(file.ties) == 4


def test_numbers_of_other_sheets_are_the_ends(tmp_path):
    sheets = {
        "Kunder": [["Kund-ID", "Namn"], [1001, "Gamla Kvarnen AB"], [1002, "Bageriet"]],
        "Leverantörer": [["Leverantörsnr", "Namn"], ["L1", "Kornbolaget"]],
        "Order": [
            ["Leverantörsnr", "Kund-ID", "Vara", "Belopp"],
            ["L1", 1001, "Råg", 100],
            ["L1", 1002, "Råg", 70],
        ],
    }
    file = proposed_workbook(tmp_path, sheets)
    assert file.proposal.is_sure
    assert file.members == {
        ("Gamla Kvarnen AB", "ORGANISATION", "CUSTOMER"),
        ("Bageriet", "ORGANISATION", "CUSTOMER"),
        ("Kornbolaget", "ORGANISATION", "SUPPLIER"),
    }
    assert file.ties == {
        ("EXCHANGE", "Kornbolaget", "Gamla Kvarnen AB"),
        ("EXCHANGE", "Kornbolaget", "Bageriet"),
    }


def test_lists_of_another_file_are_known(tmp_path):
    (tmp_path / "people.csv").write_text("First name,Last name\nAnn,Berg\nBo,Dahl\n")
    (tmp_path / "ties.csv").write_text("Person 1,Person 2\nAnn Berg,Bo Dahl\n")
    sheets = sheets_of(tmp_path / "ties.csv")
    beside = sheets_of(tmp_path / "people.csv")
    proposal = proposed_mapping(sheets, beside=beside)
    assert [section.table for section in proposal.mapping.sections] == ["ties"]
    alone = proposed_mapping(sheets)
    tables = [section.table for section in alone.mapping.sections]
    assert tables == ["members", "members", "ties"]


def test_ties_of_all_kinds_in_one_sheet_say_who_is_a_person(tmp_path):
    text = """\
Från;Typ av relation;Till;Belopp;Roll
Anna Berg;arbetar på;Gamla Kvarnen AB;;VD
Kornbolaget;levererar till;Gamla Kvarnen AB;12 500,50;
Fond Ett;investerar i;Gamla Kvarnen AB;1 000 000;
Anna Berg;känner;Carl Dahl;;
Gamla Kvarnen AB;köper av;Fond Ett;200;
"""
    file = proposed_text(tmp_path, "Relationer.csv", text)
    assert file.proposal.is_sure
    people = {"Anna Berg", "Carl Dahl"}
    firms = {"Gamla Kvarnen AB", "Kornbolaget", "Fond Ett"}
    assert file.members == {(name, "PERSON", "") for name in people} | {
        (name, "ORGANISATION", "") for name in firms
    }
    columns = ("kind", "source", "target", "value", "amount", "title")
    assert set(file.of("ties", *columns)) == {
        ("EMPLOYMENT", "Anna Berg", "Gamla Kvarnen AB", "", "", "VD"),
        ("EXCHANGE", "Kornbolaget", "Gamla Kvarnen AB", "12500.50", "", ""),
        ("INVESTMENT", "Fond Ett", "Gamla Kvarnen AB", "", "1000000", ""),
        ("ACQUAINTANCE", "Anna Berg", "Carl Dahl", "", "", ""),
        ("EXCHANGE", "Fond Ett", "Gamla Kvarnen AB", "200", "", ""),
    }


START_DATES = {
    "a list of firms": "Company,Contact person,Industry,Start date\n"
    "Old Mill,Anna Berg,Food,2010-05-01\nGrain Growers,Eva Fors,Food,2019-03-01\n",
    "a list of people": "Name,Company,Job title,Start date\n"
    "Anna Berg,Old Mill,CEO,2010-05-01\nCarl Dahl,Old Mill,Buyer,2010-05-01\n",
    "people and firms alone": "Contact person,Company,Start date\n"
    "Anna Berg,Old Mill,2010-05-01\nCarl Dahl,Old Mill,2010-05-01\n",
    "a header that says it": "Name,Company,Job title,Employed since\n"
    "Anna Berg,Old Mill,CEO,2010-05-01\nCarl Dahl,Old Mill,Buyer,2010-05-01\n",
    "jobs": "Person,Company,From,To\nAnna Berg,Old Mill,2010-05-01,2012-01-01\n"
    "Carl Dahl,Old Mill,2010-05-01,2013-01-01\n",
}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (START_DATES["a list of firms"], "the firm"),
        (START_DATES["a list of people"], "nobody"),
        (START_DATES["people and firms alone"], "nobody"),
        (START_DATES["a header that says it"], "the job"),
        (START_DATES["jobs"], "the job"),
    ],
    ids=list(START_DATES),
)
def test_a_day_belongs_to_what_its_header_is_about(tmp_path, text, place):
    file = proposed_text(tmp_path, "list.csv", text)
    every = file.records["members"] + file.records["ties"]
    dated = {(row.get("kind"), row["since"]) for row in every if "since" in row}
    kinds = {"the firm": {"ORGANISATION"}, "nobody": set(), "the job": {"EMPLOYMENT"}}
    assert {kind for kind, _ in dated} == kinds[place]
    assert ("EMPLOYMENT", "Anna Berg", "Old Mill") in file.ties
    attributes = [row["x:Start date"] for row in every if "x:Start date" in row]
    if place == "nobody":
        assert attributes == ["2010-05-01", "2010-05-01"]
        assert any("day of the person" in r.text for r in file.proposal.reasons)
    else:
        assert (len(dated), attributes) == (len({day for _, day in dated}), [])


INTROS = """\
Introducer,Wants to meet,When,Status,Outcome
Anna Berg,Nordkap Fund,,made,won
Carl Dahl,Old Mill,,asked,maybe later
"""


def test_introductions_of_our_firm_ask_for_it_and_keep_unknown_words(tmp_path):
    file = proposed_text(tmp_path, "intros.csv", INTROS)
    assert [question.option for question in file.proposal.questions] == ["--our-firm"]
    answers = Answers(our_firm="Lumina")
    file = proposed_text(tmp_path, "intros.csv", INTROS, answers)
    assert file.proposal.is_sure
    assert file.of("introductions", "requester", "state", "outcome", "x:Outcome") == [
        ("Lumina", "MADE", "WON", "won"),
        ("Lumina", "ASKED", "", "maybe later"),
    ]
