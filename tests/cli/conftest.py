"""Runs the command in this process, against the Neo4j of the test run."""

import io
import logging
import signal
import sys

import pytest

from service.cli import main

MAKER = {
    "members": [
        {"key": "maker", "kind": "ORGANISATION", "name": "The Maker"},
        {"key": "making", "kind": "TEAM", "name": "Making", "team_kind": "PRODUCTION"},
    ],
    "ties": [{"kind": "AFFILIATION", "source": "making", "target": "maker"}],
}


@pytest.fixture
def environment(address, graph, monkeypatch, tmp_path):
    """The environment of a command: the run's Neo4j, and nothing of this machine's."""
    variables = {
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
        "VALUENET_HOME": str(tmp_path / "home"),
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.fixture
def run(environment, run_alone):
    """Run the command with the database of the run."""
    return run_alone


@pytest.fixture
def run_alone(monkeypatch, capfdbinary):
    """Run the command here: its exit code, its stdout and its stderr."""

    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "argv", ["valuenet", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfdbinary.readouterr()
        try:
            code = main()
        except SystemExit as end:
            code = end.code or 0
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    handlers, level = list(logging.root.handlers), logging.root.level
    ended = signal.getsignal(signal.SIGTERM)
    yield run
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    signal.signal(signal.SIGTERM, ended)


@pytest.fixture
def maker(draw):
    """A maker and its production team are in the database."""
    draw(MAKER)
