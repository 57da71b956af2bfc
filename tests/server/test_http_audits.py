"""graphql-http's 61 audits of GraphQL over HTTP, on the development profile.

tests/audits/recorded.json holds what each asks and accepts, as `node audit.mjs record`
wrote it there from npm's graphql-http@1.23.1; it is replayed everywhere. Where npm is,
the suite itself runs as well: `npm install && node audit.mjs URL`.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from service.settings import Settings
from tests.support.listening import listening

FOLDER = Path(__file__).parent / "audits"
AUDITS = json.loads((FOLDER / "recorded.json").read_text())


@pytest.fixture(scope="module", autouse=True)
def world(draw):
    draw({"members": [{"key": "a", "kind": "ORGANISATION", "name": "A"}]})


def faults(audit, answer):
    """What of an answer the audit does not accept."""
    if answer.status_code not in audit["statuses"]:
        yield f"status {answer.status_code}"
    if (audit["contentType"] or "") not in answer.headers["content-type"]:
        yield answer.headers["content-type"]
    body = answer.json()
    if audit["noErrors"] and "errors" in body:
        yield "errors"
    if audit["noData"] and "data" in body:
        yield "data"


def test_all_61_audits_as_recorded_are_met(serve):
    async def work(client):
        return [
            await client.request(
                audit["method"],
                "/graphql",
                params=audit["query"],
                headers={"accept": "*/*", **audit["headers"]},
                content=audit["body"],
            )
            for audit in AUDITS
        ]

    answers = serve(work)
    assert len(answers) == 61
    found = {
        a["id"]: list(faults(a, got)) for a, got in zip(AUDITS, answers, strict=True)
    }
    assert {name: told for name, told in found.items() if told} == {}


def run(folder, *command):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else None


def test_the_suite_itself_finds_61_of_61_where_npm_has_it(address, tmp_path):
    for name in ("package.json", "audit.mjs"):
        shutil.copy(FOLDER / name, tmp_path)
    if shutil.which("npm") is None or run(tmp_path, "npm", "install") is None:
        return  # as recorded, they were all asked above
    with listening(address, Settings()) as place:
        results = json.loads(run(tmp_path, "node", "audit.mjs", f"{place}/graphql"))
    assert [one for one in results if one["status"] != "ok"] == []
    assert [one["id"] for one in results] == [one["id"] for one in AUDITS]
