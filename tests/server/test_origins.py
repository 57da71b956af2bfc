"""Which hosts the server answers for, and what it tells pages of other origins."""

import pytest

HELLO = {"query": "{__typename}"}


@pytest.fixture(scope="module", autouse=True)
def world(draw):
    draw({"members": [{"key": "a", "kind": "ORGANISATION", "name": "A"}]})


def answers(serve, names, **settings):
    """The responses to one request for each host."""

    async def work(client):
        return [
            await client.post("/graphql", json=HELLO, headers={"host": host})
            for host in names
        ]

    return serve(work, **settings)


def test_loopback_names_are_answered_for_and_no_others(serve):
    ours = [
        "localhost",
        "LOCALHOST:80",
        "127.0.0.1:8000",
        "[::1]:8000",
        "a.localhost",
    ]
    assert {r.status_code for r in answers(serve, ours)} == {200}
    foreign = [
        "evil.example",
        "localhost.evil.example",
        "10.0.0.5:8000",
        "127.0.0.1.nip.io",
    ]
    for host, response in zip(foreign, answers(serve, foreign), strict=True):
        assert response.status_code == 421
        [error] = response.json()["errors"]
        assert host in error["message"]
        assert "VALUENET_HOSTS" in error["message"]


def test_a_setting_adds_hosts(serve):
    hosts = ["api.example", "API.example:443", "10.0.0.5", "other.example"]
    responses = answers(serve, hosts, hosts="api.example, 10.0.0.5")
    assert [r.status_code for r in responses] == [200, 200, 200, 421]
    assert answers(serve, ["any.example"], hosts="*")[0].status_code == 200


def test_probes_are_answered_for_every_host(serve):
    async def work(client):
        headers = {"host": "10.1.2.3:8000"}
        return [
            (await client.get(path, headers=headers)).status_code
            for path in ("/livez", "/readyz", "/graphql")
        ]

    assert serve(work) == [200, 200, 421]


def preflight(serve, path="/graphql", **settings):
    async def work(client):
        headers = {
            "origin": "https://board.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        }
        return await client.options(path, headers=headers)

    return serve(work, **settings)


@pytest.mark.parametrize("origins", ["", "https://other.example"])
@pytest.mark.parametrize("path", ["/graphql", "/export/organisations.csv"])
def test_a_preflight_names_the_setting_that_is_missing(serve, origins, path):
    response = preflight(serve, path, cors_origins=origins)
    assert response.status_code == 403
    message = response.json()["errors"][0]["message"]
    assert "https://board.example" in message
    assert "VALUENET_CORS_ORIGINS" in message
    assert "access-control-allow-origin" not in response.headers


def test_the_preflight_of_a_configured_origin_succeeds(serve):
    response = preflight(serve, cors_origins="https://board.example")
    assert response.status_code == 200
    allowed = response.headers["access-control-allow-origin"]
    assert allowed == "https://board.example"
