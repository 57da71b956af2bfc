"""graphql-http's 61 audits of GraphQL over HTTP, on the development profile.

tests/audits/recorded.json holds what each asks and accepts, as `node audit.mjs record`
wrote it there from npm's graphql-http@1.23.1; it is replayed everywhere. Where npm is,
the suite itself runs as well: `npm install && node audit.mjs URL`.
"""

import asyncio
import json
import shutil
import socket
from pathlib import Path

import pytest
import uvicorn

from service.app import create
from service.settings import Settings

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


async def node(folder, *command):
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return process.returncode, out


async def answering(server):
    for _ in range(2_000):
        if server.started:
            return
        await asyncio.sleep(0.05)


async def audited(address, folder):
    """The suite's own verdict over a socket; None where npm cannot fetch it."""
    if shutil.which("npm") is None or (await node(folder, "npm", "install"))[0]:
        return None
    with socket.create_server(("127.0.0.1", 0)) as line:
        config = uvicorn.Config(create(address, Settings()), log_config=None)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[line]))
        await answering(server)
        url = f"http://127.0.0.1:{line.getsockname()[1]}/graphql"
        _, out = await node(folder, "node", "audit.mjs", url)
        server.should_exit = True
        await serving
    return json.loads(out)


def test_the_suite_itself_finds_61_of_61_where_npm_has_it(address, tmp_path):
    for name in ("package.json", "audit.mjs"):
        shutil.copy(FOLDER / name, tmp_path)
    results = asyncio.run(audited(address, tmp_path))
    if results is not None:
        assert [one for one in results if one["status"] != "ok"] == []
        assert [one["id"] for one in results] == [one["id"] for one in AUDITS]
