"""Whatever a publisher writes in one process, the others are read."""

from __future__ import annotations

import copy
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from service.formats.load import read_records
from tests.formats.readers.ocds_packages import (
    AGENCY,
    WORKS,
    award,
    contract,
    process,
)

ODD = [None, "", 0, -1, True, [], {}, [{}], [None], "x" * 3_000, "\u0001", "2020-13-99"]
ODD += ["9999-12-31T23:59:59Z", {"id": {}}, {"id": [1]}, 10**30, "NaN", "\t\n"]
ODD += [{"amount": "x", "currency": "12"}, {"scheme": "valuenet", "id": "k"}]
TENDER = {"id": 1, "tenderers": [WORKS], "items": [{"classification": {"id": 1}}]}
ODD_PROCESS = process(
    buyer=AGENCY,
    tender=TENDER,
    awards=[award(), award(id="b", suppliers=[WORKS])],
    contracts=[contract(), contract(id="z", awardID=None, buyer=AGENCY)],
)


def places(value, path=()):
    """The paths of everything in a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, child in items if isinstance(value, dict | list) else ():
        yield (*path, name)
        if isinstance(child, dict | list):
            yield from places(child, (*path, name))


PLACES = [path for path in places(ODD_PROCESS) if path != ("ocid",)]


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(ODD)), max_size=4))
def test_odd_values_of_one_process_refuse_nothing(tmp_path_factory, changes):
    odd = copy.deepcopy(ODD_PROCESS)
    for (*path, last), value in sorted(changes, key=lambda c: -len(c[0])):
        parent = odd
        for name in path:
            parent = parent[name]
        parent[last] = copy.deepcopy(value)
    file = tmp_path_factory.mktemp("odd") / "x.json"
    other = process("other", awards=[award(suppliers=[WORKS])])
    file.write_text(json.dumps({"releases": [odd, other]}))
    stage, faults = read_records(file, "ocds")
    assert faults.messages == []
    assert stage.counts["Contract"] >= 1
    stage.close()
