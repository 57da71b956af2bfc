"""Folders with faults, each with the expected messages."""

from __future__ import annotations

from typing import Any

MEMBERS = "key,kind,name\no,ORGANISATION,O\nt,TEAM,T\np,PERSON,P\nq,PERSON,Q\n"
ENUMS = "SUPPLIER, CUSTOMER, INVESTOR, PARTNER, FUNDER, BENEFICIARY"
KINDS = "ORGANISATION, TEAM, PERSON"
NO_END = "no Member has the key 'x'"


def one(file: str, header: str, row: str) -> dict[str, str]:
    return {"members.csv": MEMBERS, file: f"{header}\n{row}\n"}


FAULTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "unknown file": (
        {"members.csv": MEMBERS, "people.csv": "key\n"},
        [
            "people.csv line 1: unknown file name; rename it to one of members.csv,"
            " ties.csv, contracts.csv, offerings.csv, capabilities.csv,"
            " communities.csv, initiatives.csv, referrals.csv, introductions.csv,"
            " feedback.csv, service_cases.csv, or remove it"
        ],
    ),
    "unknown kind of member": (
        {"members.csv": "key,kind,name\na,FIRM,A\nb,,B\n"},
        [
            f"members.csv line 2, column kind: must be one of {KINDS}; got FIRM",
            "members.csv line 3, column kind: no kind; fill the column `kind` with one"
            f" of {KINDS}",
        ],
    ),
    "referral among ties": (
        one("ties.csv", "kind,source,target", "REFERRAL,o,p"),
        [
            "ties.csv line 2, column kind: a REFERRAL belongs in its own file,"
            " referrals.csv"
        ],
    ),
    "derived kind among ties": (
        one("ties.csv", "kind,source,target", "CO_INVESTMENT,o,p"),
        [
            "ties.csv line 2, column kind: CO_INVESTMENT is derived from other ties"
            " and cannot be loaded"
        ],
    ),
    "unknown column": (
        one("contracts.csv", "key,titel", "c,C"),
        ["contracts.csv line 1, column titel: unknown column; did you mean title?"],
    ),
    "column of another kind": (
        one("ties.csv", "kind,source,target,strength", "COMPETITION,o,p,1"),
        [
            "ties.csv line 2, column strength: a COMPETITION has no strength;"
            " leave it blank"
        ],
    ),
    "column twice": (
        one("contracts.csv", "key,title,title", "c,C,D"),
        [
            "contracts.csv line 1, column title: the header has this column twice;"
            " remove or rename one"
        ],
    ),
    "cells under no name": (
        one("contracts.csv", "key,", "c,C"),
        ["contracts.csv line 2: this line has more cells than the header has columns"],
    ),
    "more cells than the header": (
        one("contracts.csv", "key,title", "c,C,D"),
        ["contracts.csv line 2: this line has more cells than the header has columns"],
    ),
    "missing source": (
        one("ties.csv", "kind,source,target", "FOLLOWING,x,o"),
        [f"ties.csv line 2, column source: {NO_END}"],
    ),
    "missing end of a pair turned round": (
        one("ties.csv", "kind,source,target", "ACQUAINTANCE,x,p"),
        [f"ties.csv line 2, column source: {NO_END}"],
    ),
    "missing community": (
        one("ties.csv", "kind,source,target", "MEMBERSHIP,o,x"),
        ["ties.csv line 2, column target: no Community has the key 'x'"],
    ),
    "missing contract of a referral": (
        one("referrals.csv", "key,referrer,customer,provider,contract", "r,o,p,q,x"),
        ["referrals.csv line 2, column contract: no Contract has the key 'x'"],
    ),
    "blank end": (
        one("ties.csv", "kind,source,target", "FOLLOWING,,o"),
        ["ties.csv line 2, column source: a tie needs a source and a target"],
    ),
    "wrong kind of end": (
        one("ties.csv", "kind,source,target", "EMPLOYMENT,o,p"),
        [
            "ties.csv line 2, column source: 'o' is an organisation; the source of"
            " an EMPLOYMENT must be a person",
            "ties.csv line 2, column target: 'p' is a person; the target of an"
            " EMPLOYMENT must be an organisation or a team",
        ],
    ),
    "missing name": (
        {"members.csv": "key,kind,name\na,TEAM,\n"},
        ["members.csv line 2, column name: a member needs a name"],
    ),
    "missing key": (
        one("contracts.csv", "key,title", ",C"),
        ["contracts.csv line 2, column key: a record needs a key"],
    ),
    "missing link": (
        one("referrals.csv", "key,referrer,customer", "r,o,"),
        [
            "referrals.csv line 2, column customer: a referral needs a customer",
            "referrals.csv line 2, column provider: a referral needs a provider",
        ],
    ),
    "duplicate member": (
        {"members.csv": MEMBERS + "o,TEAM,Other\n"},
        [
            "members.csv line 6, column key: duplicate key; got 'o', as in members.csv"
            " line 2"
        ],
    ),
    "duplicate record": (
        one("contracts.csv", "key,title", "c,C\nc,C"),
        [
            "contracts.csv line 3, column key: duplicate key; got 'c', as in"
            " contracts.csv line 2"
        ],
    ),
    "unreadable number": (
        one("ties.csv", "kind,source,target,value", "EXCHANGE,o,p,1 000"),
        ["ties.csv line 2, column value: must be a number such as 0.5; got '1 000'"],
    ),
    "no number at all": (
        one("ties.csv", "kind,source,target,value", "EXCHANGE,o,p,NaN"),
        ["ties.csv line 2, column value: must be a number such as 0.5; got 'NaN'"],
    ),
    "unreadable whole number": (
        one("ties.csv", "kind,source,target,sequence", "EXCHANGE,o,p,1_000"),
        ["ties.csv line 2, column sequence: must be a whole number; got '1_000'"],
    ),
    "a whole number too large": (
        one("ties.csv", "kind,source,target,sequence", "EXCHANGE,o,p,2147483648"),
        [
            "ties.csv line 2, column sequence: must be between -2147483647 and"
            " 2147483647; got 2147483648"
        ],
    ),
    "unreadable date": (
        one("ties.csv", "kind,source,target,since", "EXCHANGE,o,p,2026-02-30"),
        [
            "ties.csv line 2, column since: must be a date such as 2026-11-01;"
            " got '2026-02-30'"
        ],
    ),
    "date in another order": (
        one("ties.csv", "kind,source,target,until", "EXCHANGE,o,p,20260203"),
        [
            "ties.csv line 2, column until: must be a date such as 2026-11-01;"
            " got '20260203'"
        ],
    ),
    "unreadable time": (
        one("service_cases.csv", "key,customer,provider,opened_at", "s,p,o,noon"),
        [
            "service_cases.csv line 2, column opened_at: must be a time such as"
            " 2026-11-01T09:30:00Z; got 'noon'"
        ],
    ),
    "unreadable truth": (
        one("ties.csv", "kind,source,target,founder", "EMPLOYMENT,p,o,yes"),
        ["ties.csv line 2, column founder: must be true or false; got 'yes'"],
    ),
    "unreadable enum": (
        {
            "members.csv": MEMBERS,
            "contracts.csv": "key\nc\n",
            "ties.csv": "kind,source,target,role\nCONTRACT,o,c,supplier\n",
        },
        [f"ties.csv line 2, column role: must be one of {ENUMS}; got 'supplier'"],
    ),
    "unreadable role": (
        {"members.csv": "key,kind,name,roles\na,TEAM,A,STARTUP;BOSS\n"},
        [
            "members.csv line 2, column roles: must be one of STARTUP, INVESTOR,"
            " CUSTOMER, SUPPLIER, INCUBATOR, ACCELERATOR, MENTOR, PUBLIC_BODY,"
            " UNIVERSITY; got 'BOSS'"
        ],
    ),
    "unreadable month": (
        one(
            "ties.csv", "kind,source,target,contact_months", "ACQUAINTANCE,p,q,2026-13"
        ),
        [
            "ties.csv line 2, column contact_months: must be months such as 2026-11;"
            " got '2026-13'"
        ],
    ),
    "out of bounds": (
        one(
            "ties.csv",
            "kind,source,target,strength,criticality,buffer_days",
            "DEPENDENCY,o,p,1.1,-1,-0.5",
        ),
        [
            "ties.csv line 2, column strength: must be between 0 and 1; got 1.1",
            "ties.csv line 2, column criticality: must be between 0 and 100; got -1",
            "ties.csv line 2, column buffer_days: must be at least 0; got -0.5",
        ],
    ),
    "score beyond its scale": (
        one("feedback.csv", "key,giver,kind,score", "a,p,CSAT,6\nb,p,NPS,6"),
        [
            "feedback.csv line 2, column score: a CSAT score must be between 1"
            " and 5; got 6"
        ],
    ),
    "depending on oneself": (
        one("ties.csv", "kind,source,target", "DEPENDENCY,o,o"),
        ["ties.csv line 2, column target: 'o' cannot have a DEPENDENCY to itself"],
    ),
    "a huge cell": (
        one("contracts.csv", "key,title", "c," + "x" * 131_073),
        ["contracts.csv line 2: not valid CSV: field larger than field limit (131072)"],
    ),
    "unterminated quote": (
        one("contracts.csv", "key,title", 'c,C\nd,"D\ne,E\nf,F'),
        ["contracts.csv line 3: not valid CSV: unexpected end of data"],
    ),
    "lines within cells": (
        one("contracts.csv", "key,title,value", '"a","A\nA\nA",1\nb,"B\nB",x\nc,C,y'),
        [
            "contracts.csv line 5, column value: must be a number such as 0.5; got 'x'",
            "contracts.csv line 7, column value: must be a number such as 0.5; got 'y'",
        ],
    ),
    "a name too long for the index": (
        {"members.csv": f"key,kind,name\na,TEAM,{'Å' * 651}\n"},
        ["members.csv line 2, column name: must have at most 650 characters; got 651"],
    ),
    "a key too long for the index": (
        {"members.csv": f"key,kind,name\n{'k' * 651},TEAM,A\n"},
        ["members.csv line 2, column key: must have at most 650 characters; got 651"],
    ),
    "a built key too long for the index": (
        one("ties.csv", "kind,source,target,deliverable", f"EXCHANGE,o,p,{'d' * 2000}"),
        [
            "ties.csv line 2, column key: the key built for this tie has more than"
            " 650 characters; give the tie a shorter key of its own"
        ],
    ),
}
