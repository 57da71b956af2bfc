"""Apache Superset reads an exported SQLite file: a chart, and its picture.

    uv run valuenet export network.sqlite --format sqlite
    uv run task superset network.sqlite

Superset runs in an environment of its own, with data of its own in a temporary folder.
The chart has to show what SQL says; docs/images/superset.png is its picture.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import sync_playwright

from tests.browser.chromium import chromium

PORT = 8188
BASE = f"http://127.0.0.1:{PORT}"
# Superset 6.1 does not name the last three among its own, and fails with newer caching.
PACKAGES = ["apache-superset==6.1.0", "flask-caching==2.3.1"]
PACKAGES += ["rich==15.0.0", "cachetools==8.0.2", "pillow==12.3.0"]
CONFIG = """
SECRET_KEY = "of one run that holds nothing secret, and ends"
PREVENT_UNSAFE_DB_CONNECTIONS = False
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
SQLALCHEMY_DATABASE_URI = "sqlite:///{folder}/superset.db"
"""
PERSON = ["--firstname", "A", "--lastname", "B", "--email", "a@example.org"]
SQL = 'SELECT "group", sum(scores_observed_total) AS pairs FROM brokerage GROUP BY 1'
PAIRS = {
    "expressionType": "SIMPLE",
    "column": {"column_name": "scores_observed_total"},
    "aggregate": "SUM",
    "label": "pairs",
}


def main() -> None:
    file = Path(sys.argv[1]).resolve()
    with closing(sqlite3.connect(file)) as database:
        expected = dict(database.execute(SQL).fetchall())
    with tempfile.TemporaryDirectory() as folder, superset(Path(folder)):
        chart, values = new_chart(file)
        if values != expected:
            sys.exit(f"Superset shows {values}; the file has {expected}")
        take_picture(chart)
    print(f"{len(values)} regions, as in the file")  # noqa: T201


@contextmanager
def superset(folder: Path):
    """A Superset that answers at BASE."""
    config = folder / "superset_config.py"
    config.write_text(CONFIG.format(folder=folder))
    environment = {
        **os.environ,
        "SUPERSET_CONFIG_PATH": str(config),
        "SUPERSET_HOME": str(folder),
        "FLASK_APP": "superset",
    }
    environment.pop("VIRTUAL_ENV", None)
    command = ["uv", "run", "--quiet", "--no-project", "--isolated"]
    for package in PACKAGES:
        command += ["--with", package]
    command.append("superset")
    admin = ["--username", "admin", "--password", "admin", *PERSON]
    for words in (["db", "upgrade"], ["fab", "create-admin", *admin], ["init"]):
        subprocess.run([*command, *words], env=environment, check=True)
    server = subprocess.Popen(
        [*command, "run", "-p", str(PORT)], env=environment, start_new_session=True
    )
    try:
        wait_for_answer()
        yield
    finally:
        os.killpg(server.pid, 15)
        server.wait()


def wait_for_answer() -> None:
    for _ in range(120):
        try:
            httpx.get(f"{BASE}/health").raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(1)
    sys.exit("Superset does not answer")


def new_chart(file: Path) -> tuple[int, dict[str, float]]:
    """Connect the file, and chart the brokers by region: its id and its values."""
    with httpx.Client(base_url=f"{BASE}/api/v1", timeout=120) as client:

        def post(path: str, **body: object) -> dict:
            return client.post(path, json=body).raise_for_status().json()

        login = {"username": "admin", "password": "admin", "provider": "db"}
        token = post("/security/login", **login)["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        uri = f"sqlite:///{file}"
        database = post("/database/", database_name="valuenet", sqlalchemy_uri=uri)
        table = post("/dataset/", database=database["id"], table_name="brokerage")
        options = {
            "datasource": f"{table['id']}__table",
            "viz_type": "echarts_timeseries_bar",
            "x_axis": "group",
            "metrics": [PAIRS],
            "x_axis_sort": "pairs",
            "x_axis_sort_asc": False,
            "show_value": True,
        }
        chart = post(
            "/chart/",
            slice_name="Brokers by region",
            viz_type=options["viz_type"],
            datasource_id=table["id"],
            datasource_type="table",
            params=json.dumps(options),
        )
        query = {"columns": ["group"], "metrics": [PAIRS], "row_limit": 1000}
        source = {"id": table["id"], "type": "table"}
        answer = post("/chart/data", datasource=source, queries=[query])
        rows = answer["result"][0]["data"]
        return chart["id"], {row["group"]: row["pairs"] for row in rows}


def take_picture(chart: int) -> None:
    with sync_playwright() as playwright:
        path = chromium(Path(playwright.chromium.executable_path))
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(120_000)
        page.goto(f"{BASE}/login/")
        page.fill("#username", "admin")
        page.fill("#password", "admin")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{BASE}/superset/welcome/")
        page.goto(f"{BASE}/explore/?slice_id={chart}")
        page.wait_for_selector("canvas")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(2_000)  # the bars grow
        page.screenshot(path=Path("docs/images/superset.png"))
        browser.close()


if __name__ == "__main__":
    main()
