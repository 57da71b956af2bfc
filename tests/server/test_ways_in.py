"""Every way in, under every profile, with every kind of token: one table, all cells."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from service.server.tokens import TokenScope, create_token
from service.settings import Profile
from tests.support.subscriptions import LISTEN, PROTOCOL, WRITE, served


class Door(NamedTuple):
    """A server to ask, the header that names it, and the one that names the caller."""

    address: str
    host: str
    authorization: dict[str, str]

    @property
    def headers(self) -> dict[str, str]:
        return {"host": self.host, **self.authorization}

    async def request(self, method: str, path: str, **given) -> int:
        """The status, after the body; of a stream of events after its first event."""
        headers = self.headers | given.pop("headers", {})
        url = f"http://{self.address}{path}"
        async with (
            httpx.AsyncClient(timeout=20, trust_env=False) as client,
            client.stream(method, url, headers=headers, **given) as response,
        ):
            is_stream = "event-stream" in response.headers.get("content-type", "")
            async for part in response.aiter_raw():
                if is_stream and b"data:" in part:
                    break
            return response.status_code


async def ask(door: Door) -> int:
    return await door.request("POST", "/graphql", json={"query": "{ __typename }"})


async def write(door: Door) -> int:
    body = {"query": WRITE, "variables": {"key": "a"}}
    return await door.request("POST", "/graphql", json=body)


async def get(door: Door) -> int:
    headers = {"accept": "application/json"}
    return await door.request("GET", "/graphql?query={__typename}", headers=headers)


async def hear_events(door: Door) -> int:
    body = {"query": LISTEN, "variables": {"after": 0}}
    return await door.request("POST", "/graphql/stream", json=body)


async def hear_socket(door: Door) -> int:
    """200 if it is acknowledged, else the status or the code that it closes with."""
    host, _, port = door.address.partition(":")
    try:
        async with connect(
            f"ws://{door.host}/graphql",
            subprotocols=PROTOCOL,
            additional_headers=door.authorization,
            host=host,
            port=int(port),
            proxy=None,
        ) as line:
            await line.send('{"type": "connection_init"}')
            return 200 if "ack" in json.loads(await line.recv())["type"] else 0
    except InvalidStatus as refusal:
        return refusal.response.status_code
    except ConnectionClosed as closed:
        return closed.rcvd.code


async def list_exports(door: Door) -> int:
    return await door.request("GET", "/export/")


async def export(door: Door) -> int:
    return await door.request("GET", "/export/organisations.csv")


async def live(door: Door) -> int:
    return await door.request("GET", "/livez")


async def ready(door: Door) -> int:
    return await door.request("GET", "/readyz")


async def edit(door: Door) -> int:
    return await door.request("GET", "/graphql", headers={"accept": "text/html"})


async def home(door: Door) -> int:
    return await door.request("GET", "/")


async def add(door: Door) -> int:
    return await door.request("GET", "/add")


async def submit(door: Door) -> int:
    """A form that no page of the server has made."""
    return await door.request("POST", "/undo", data={"changes": "1"})


async def script(door: Door) -> int:
    return await door.request("GET", "/ide/index.html")


Way = Callable[[Door], Awaitable[int]]
GUARDED: list[Way] = [ask, write, get, hear_events, hear_socket, list_exports, export]
PROBES: list[Way] = [live, ready]
PAGES: dict[Way, tuple[int, int]] = {  # statuses in development and in production
    edit: (200, 405),
    script: (200, 404),
}
SIGN_IN: dict[Way, int] = {home: 200, add: 200, submit: 403}  # where no token is needed
WAYS = [*GUARDED, *PROBES, *PAGES, *SIGN_IN]
CALLERS = ("nobody", "unknown", "revoked", "malformed", "reader", "writer")
NOT_FOR_PRODUCTION = 405
# Profile, whether it has tokens, and what else it is started with
SERVERS = {
    "development": (Profile.DEVELOPMENT, False, {}),
    "development with tokens": (Profile.DEVELOPMENT, True, {}),
    "production without tokens": (Profile.PRODUCTION, False, {"allow_anonymous": True}),
    "production": (Profile.PRODUCTION, True, {}),
}


def expected(way: Way, profile: Profile, has_tokens: bool, caller: str) -> int:
    is_production = profile is Profile.PRODUCTION
    if way in PROBES:
        return 200
    if way in SIGN_IN:  # a browser signs in by its form, and sends no header
        return 303 if has_tokens else SIGN_IN[way]
    if way in PAGES:
        return PAGES[way][is_production]
    if way is get and is_production:
        return NOT_FOR_PRODUCTION
    if has_tokens and caller not in ("reader", "writer"):
        return 4403 if way is hear_socket else 401
    if has_tokens and way is write and caller == "reader":
        return 403
    return 200


@pytest.fixture(autouse=True)
def world(draw):
    draw({"members": [{"key": "a", "kind": "ORGANISATION", "name": "a"}]})


@pytest.fixture
def file(tmp_path):
    return tmp_path / "tokens"


@pytest.fixture
def callers(file) -> dict[str, dict[str, str]]:
    """The header of each kind of caller; the file of tokens knows two of them."""
    names = {"revoked": TokenScope.WRITE, "reader": TokenScope.READ}
    names["writer"] = TokenScope.WRITE
    secrets = {name: create_token(file, name, scope) for name, scope in names.items()}
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(ln for ln in lines if not ln.startswith("revoked ")))
    headers = {name: f"Bearer {secret}" for name, secret in secrets.items()}
    headers |= {"unknown": f"Bearer {'x' * 43}", "malformed": "Basic eDp4"}
    return {"nobody": {}} | {n: {"authorization": v} for n, v in headers.items()}


@pytest.mark.parametrize("name", SERVERS)
def test_each_caller_gets_in_where_the_table_says(address, file, callers, name):
    profile, has_tokens, settings = SERVERS[name]
    tokens = {"tokens": file} if has_tokens else {}

    async def statuses() -> dict[tuple[str, str], int]:
        async with served(address, profile=profile, **tokens, **settings) as server:
            return {
                (way.__name__, caller): await way(Door(server, server, header))
                for way in WAYS
                for caller, header in callers.items()
            }

    assert asyncio.run(statuses()) == {
        (way.__name__, caller): expected(way, profile, has_tokens, caller)
        for way in WAYS
        for caller in CALLERS
    }


@pytest.mark.parametrize("name", SERVERS)
def test_under_a_foreign_name_only_the_probes_answer(address, file, callers, name):
    profile, has_tokens, settings = SERVERS[name]
    tokens = {"tokens": file} if has_tokens else {}

    async def statuses() -> dict[str, int]:
        async with served(address, profile=profile, **tokens, **settings) as server:
            door = Door(server, "rebound.example", callers["writer"])
            return {way.__name__: await way(door) for way in WAYS}

    refused = {way.__name__: 421 for way in WAYS} | {"hear_socket": 403}
    assert asyncio.run(statuses()) == refused | {way.__name__: 200 for way in PROBES}
