"""/odata/ through python-odata, which knows a service by its $metadata alone."""

from __future__ import annotations

import httpx
import pytest
import requests
from odata import ODataService
from odata.exceptions import ODataError

from service.settings import Settings
from tests.feeds.set_reads import PAGE, SetRead, check_set, first_value, world
from tests.feeds.test_table_files import REQUIRED
from tests.support.listening import listening


@pytest.fixture
def place(draw, address):
    draw(world())
    with listening(address, Settings()) as place:
        yield place


@pytest.fixture
def service(place):
    with requests.Session() as session:
        yield ODataService(
            f"{place}/odata/",
            session=session,
            extra_headers={"prefer": f"odata.maxpagesize={PAGE}"},
            reflect_entities=True,
            quiet_progress=True,
        )


def values_of(entity, columns):
    return {name: getattr(entity, name) for name in columns}


def read_set(query, entity, key):
    columns = columns_of(entity)
    rows = [values_of(row, columns) for row in query]
    matches = {}
    for name in sample(entity, rows):
        equal = query.filter(columns[name] == first_value(rows, name))
        matches[name] = [row[key] for row in equal.select(columns[key])]
    part = query.order_by(columns[key].desc()).offset(1).limit(2)
    keys = [row[key] for row in part.select(columns[key])]
    return SetRead(rows, query.count(), matches, keys)


def sample(entity, rows):
    """The last column of each type that has a value: each filter is a new plan.

    The client cannot write an Edm.Double.
    """
    properties = entity.__odata_schema__["properties"]
    names = [(p["type"], p["name"]) for p in properties if p["type"] != "Edm.Double"]
    return dict(n for n in names if first_value(rows, n[1]) is not None).values()


def columns_of(entity):
    names = [p["name"] for p in entity.__odata_schema__["properties"]]
    return {name: getattr(entity, name) for name in names}


def key_of(entity):
    properties = entity.__odata_schema__["properties"]
    [key] = [p["name"] for p in properties if p["is_primary_key"]]
    return key


def test_every_listed_set_is_its_table(place, service):
    listed = [item["name"] for item in httpx.get(f"{place}/odata/").json()["value"]]
    assert set(listed) == service.entities.keys() - REQUIRED.keys()
    for name in listed:
        entity = service.entities[name]
        key = key_of(entity)
        read = read_set(service.query(entity), entity, key)
        table = httpx.get(f"{place}/tables/{name}.json").json()
        check_set(name, key, read, table)


def test_an_error_reaches_the_caller_with_its_message(service):
    with pytest.raises(ODataError, match="startup: required"):
        service.query(service.entities["partnerPaths"]).all()
    people = service.entities["people"]
    with pytest.raises(ODataError, match="no value of"):
        service.query(people).filter("key eq 5").all()
