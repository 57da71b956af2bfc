"""A cohort as it often is: jobs, investments, mentors, acquaintances, and no dates.

22 start-ups without ties to one another, needs, regions or exchanges; 152 ties that are
not memberships, all of them to founders, funds and mentors around the cohort.
"""

from tests.support.worlds import World, member, tie

STARTUPS = [f"startup{i:02}" for i in range(22)]
FOUNDERS = [f"founder{i:02}" for i in range(44)]
FUNDS = [f"fund{i}" for i in range(6)]
MENTORS = [f"mentor{i:02}" for i in range(13)]


def gap_world() -> World:
    """Two founders each; mentors advise, but no mentor has the role MENTOR."""
    jobs = [
        tie("EMPLOYMENT", founder, STARTUPS[i // 2], founder="true")
        for i, founder in enumerate(FOUNDERS)
    ]
    investments = [
        tie("INVESTMENT", FUNDS[i % 6], STARTUPS[i % 22], key=f"investment{i}")
        for i in range(30)
    ]
    advice = [
        tie("ADVICE", MENTORS[i % 13], STARTUPS[i % 22], key=f"advice{i}")
        for i in range(26)
    ]
    known = [
        tie("ACQUAINTANCE", FOUNDERS[i % 44], MENTORS[(3 * i) % 13], key=f"known{i}")
        for i in range(52)
    ]
    places = [tie("MEMBERSHIP", startup, "cohort") for startup in STARTUPS]
    members = [member(key, roles="STARTUP", sector="Energy") for key in STARTUPS]
    members += [member(key, roles="INVESTOR") for key in FUNDS]
    members += [member(key, "PERSON") for key in (*FOUNDERS, *MENTORS)]
    cohort = {"key": "cohort", "name": "Cohort", "kind": "INCUBATOR_COHORT"}
    return {
        "members": members,
        "ties": [*jobs, *investments, *advice, *known, *places],
        "communities": [cohort],
    }
