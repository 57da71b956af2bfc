"""Graph files are valid by their schemas, and have what other programs look for."""

from __future__ import annotations

import json
from pathlib import Path

import igraph
import networkx as nx
import pytest
from lxml import etree

from seeds import SEEDS
from service.errors import BadInput
from service.formats.export import connections_of, export_graph
from service.formats.writers.output_files import check_export, new_folder, save_file
from tests.formats.test_export_ids import random_world
from tests.formats.test_graph_round_trips import full_world
from tests.support.worlds import member, tie

DEMO = next(seed.folder for seed in SEEDS if seed.key == "demo")
SCHEMAS = Path(__file__).parent / "schemas"
WORLDS = {"full": full_world(), "odd keys": random_world(3), "demo": DEMO}
FIRM = "Salt & <Sugar>"
MILL = {
    "members": [
        member("mill", name="Old Mill", since="2020-01-01", until="2024-03-01"),
        member("salt", name=FIRM),
        member("ada", "PERSON", name="Ada"),
        member("eva", "PERSON", name="Eva"),
    ],
    "offerings": [{"key": "mill", "name": "Milling"}],
    "ties": [
        tie("EXCHANGE", "mill", "salt", deliverable="flour", value=12.5, key="e"),
        tie("EXCHANGE", "salt", "mill", value=-3, until="2021-01-01", key="f"),
        tie("INVESTMENT", "salt", "mill", amount=900, key="g"),
        tie("DEPENDENCY", "mill", "salt", strength=0.25, key="h"),
        tie("ACQUAINTANCE", "ada", "eva", declared_strength=0.5, key="i"),
        tie("EMPLOYMENT", "ada", "mill", founder="true", key="j"),
    ],
}
WEIGHTS = {"e": 12.5, "g": 900, "h": 0.25, "i": 0.5}


@pytest.fixture
def export(graph, runner, tmp_path):
    def export(format):
        path = tmp_path / f"out.{format}"
        every = connections_of(format, [])
        runner.run(export_graph(graph, path, format, every, lambda count: None))
        return path

    return export


@pytest.mark.parametrize("world", WORLDS)
def test_exports_are_valid_by_the_schema_of_their_format(draw, export, world):
    draw(WORLDS[world])
    for format in ("graphml", "gexf"):
        schema = etree.XMLSchema(etree.parse(SCHEMAS / f"{format}.xsd"))
        schema.assertValid(etree.parse(export(format)))


def test_networkx_and_igraph_find_labels_weights_and_periods(draw, export):
    draw(MILL)
    graphml, gexf = export("graphml"), export("gexf")
    labels = {"mill": "Old Mill", "salt": FIRM, "ada": "Ada", "eva": "Eva"}
    labels["OFFERING:mill"] = "Milling"
    for graph in (nx.read_graphml(graphml, force_multigraph=True), nx.read_gexf(gexf)):
        assert {n: data["label"] for n, data in graph.nodes(data=True)} == labels
        assert graph.is_directed()
        edges = {d.get("tie_key", d.get("key")): d for *_, d in graph.edges(data=True)}
        weights = {key: data.get("weight") for key, data in edges.items()}
        assert {key: w for key, w in weights.items() if w is not None} == WEIGHTS
        assert edges["e"]["label"] == "flour"
    periods = {n: (d.get("start"), d.get("end")) for n, d in graph.nodes(data=True)}
    assert periods["mill"] == ("2020-01-01", "2024-02-29")
    assert periods["salt"] == (None, None)
    assert edges["f"]["end"] == "2020-12-31"
    other = igraph.Graph.Read_GraphML(str(graphml))
    assert dict(zip(other.vs["id"], other.vs["label"], strict=True)) == labels
    read = dict(zip(other.es["key"], other.es["weight"], strict=True))
    assert {key: read[key] for key in WEIGHTS} == WEIGHTS


def test_kumu_finds_types_labels_and_directions(draw, export):
    draw(MILL)
    document = json.loads(export("kumu").read_text())
    elements = {item["id"]: item for item in document["elements"]}
    assert elements["mill"]["label"] == "Old Mill"
    assert elements["mill"]["type"] == "ORGANISATION"
    assert elements["OFFERING:mill"]["type"] == "OFFERING"
    [flour] = [c for c in document["connections"] if c.get("label") == "flour"]
    ends = (flour["from"], flour["to"], flour["direction"])
    assert ends == ("mill", "salt", "directed")
    assert (flour["type"], flour["weight"]) == ("EXCHANGE", 12.5)


async def chunks(*texts):
    for text in texts:
        yield text.encode()


async def broken():
    yield b"half"
    raise BadInput("the database is gone")


def test_a_file_is_replaced_only_by_a_complete_one(runner, tmp_path):
    path = tmp_path / "a.gexf"
    path.write_text("old")
    with pytest.raises(BadInput, match="already exists; give another name, or --over"):
        runner.run(save_file(path, chunks("new")))
    with pytest.raises(BadInput, match="the database is gone"):
        runner.run(save_file(path, broken(), overwrite=True))
    assert path.read_text() == "old"
    runner.run(save_file(path, chunks("n", "ew"), overwrite=True))
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_replaced_only_by_a_complete_one(tmp_path):
    path = tmp_path / "copy"
    path.mkdir()
    (path / "ties.csv").write_text("old")
    with pytest.raises(BadInput, match="the database is gone"):
        write_members(path, BadInput("the database is gone"))
    assert [file.name for file in path.iterdir()] == ["ties.csv"]
    write_members(path)
    assert [file.name for file in path.iterdir()] == ["members.csv"]
    assert list(tmp_path.iterdir()) == [path]


def write_members(path, error=None):
    with new_folder(path, overwrite=True) as folder:
        (folder / "members.csv").write_text("new")
        if error:
            raise error


def test_a_folder_with_other_files_is_never_replaced(tmp_path):
    (tmp_path / "members.csv").write_text("key")
    check_export(tmp_path, is_folder=True, overwrite=True)
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(BadInput, match=r"holds thesis.docx, which is no file of an"):
        check_export(tmp_path, is_folder=True, overwrite=True)
    with pytest.raises(BadInput, match="the export is a file, and this is a folder"):
        check_export(tmp_path, is_folder=False, overwrite=True)
    with pytest.raises(BadInput, match="the export is a folder, and this is a file"):
        check_export(tmp_path / "members.csv", is_folder=True, overwrite=True)
