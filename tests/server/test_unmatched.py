"""An address that is none, or a wrong method, is an error in the form of who asks."""

from __future__ import annotations

import pytest


@pytest.mark.database
@pytest.mark.parametrize(
    ("method", "path", "accept", "status", "text"),
    [
        ("GET", "/tables/x/y", "*/*", 404, "/tables/x/y: no such address."),
        ("POST", "/tables/x.csv", "*/*", 405, "Method not allowed; use GET"),
        ("POST", "/odata/x", "*/*", 405, '{"error":{"code":"METHOD_NOT_ALLOWED"'),
        ("GET", "/nix", "*/*", 404, '{"errors":[{"message":"/nix: no such address."'),
        ("GET", "/<b>", "text/html", 404, "/&lt;b&gt;: no such address.</p>"),
        ("GET", "/static/nix.js", "*/*", 404, '"code":"NOT_FOUND"'),
        ("POST", "/members", "text/html", 405, "Method not allowed; use GET"),
    ],
)
def test_what_is_not_there_is_an_error_of_our_own(
    serve, method, path, accept, status, text
):
    async def work(client):
        return await client.request(method, path, headers={"accept": accept})

    answer = serve(work)
    assert answer.status_code == status
    assert text in answer.text
    assert '"detail"' not in answer.text
    assert ("odata-version" in answer.headers) == path.startswith("/odata/")
    assert ("allow" in answer.headers) == (status == 405)
