"""Loading the example data into an empty database, with a page that waits for it."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from service.errors import BadInput
from service.web.demo_load import DEMO, DemoLoad
from service.web.forms import Form
from service.web.rendering import page
from service.web.visit import Visit, WriteAnswer

WAIT_SECONDS = "1"


async def load_demo(visit: Visit, form: Form) -> Response:
    """Begin to load; one load serves all who ask meanwhile."""
    loading = load_of(visit)
    if not loading.is_running:
        if not await is_empty(visit):
            raise BadInput("The database has members; the example needs an empty one.")
        loading.start(visit.state.graph)
    return RedirectResponse("/demo", 303)


async def demo(visit: Visit) -> Response:
    """How far the load is; the page asks again by itself, and leads on at the end."""
    visit.require_write()
    loading = load_of(visit)
    if loading.is_running:
        response = page(visit, "demo.html", "Loading the example", loading=loading)
        response.headers["refresh"] = WAIT_SECONDS
        return response
    if loading.failure:
        raise BadInput(f"The example was not loaded: {loading.failure}")
    if not loading.is_complete:
        return RedirectResponse("/", 303)
    changes, loading.changes = loading.changes, range(0)  # one notice is enough
    target = f"/?community={DEMO.key}"
    if not changes:
        return RedirectResponse(target, 303)
    return visit.redirect(target, WriteAnswer({}, [changes]))


async def is_empty(visit: Visit) -> bool:
    answer = await visit.ask("members", filter={}, first=1)
    return not answer["members"]["totalCount"]


def load_of(visit: Visit) -> DemoLoad:
    loading: DemoLoad = visit.request.app.state.demo
    return loading
