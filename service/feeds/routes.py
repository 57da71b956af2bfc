"""The addresses of the feeds."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from service.feeds.odata import odata_endpoint
from service.feeds.table_endpoint import exported_file, table_file
from service.feeds.table_list import PATH, table_list
from service.server import export_endpoint


def feed_routes() -> list[BaseRoute]:
    return [
        Route(odata_endpoint.PATH.rstrip("/"), odata_endpoint.odata_root),
        Route(f"{odata_endpoint.PATH}{{path:path}}", odata_endpoint.odata),
        Route(PATH, table_list),
        Route(f"{PATH}{{file}}", table_file),
        Route(export_endpoint.LIST_PATH, export_endpoint.export_list),
        Route(export_endpoint.TABLE_PATH, exported_file),
    ]
