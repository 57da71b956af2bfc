"""The code of docs/bi.md against a server: pandas, polars and DuckDB read tables.

    uv run task notebooks http://127.0.0.1:8001

Each library runs in an environment of its own, and has to read what the API answers.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from typing import Any

import httpx

from service.vocabulary import snake
from tests.docs.pages import ROOT

WRITTEN = "http://127.0.0.1:8000"
PACKAGES = {
    "pandas": ["pandas==3.1.1"],
    "polars": ["polars==2.1.0"],
    # The extension comes from a package: DuckDB's own server may be out of reach.
    "DuckDB": [
        "duckdb==1.5.5",
        "duckdb-extensions==1.5.5",
        "duckdb-extension-httpfs==1.5.5",
    ],
}
BEFORE = {"DuckDB": "import duckdb_extensions as e; e.import_extension('httpfs')"}
ROWS = {
    "pandas": "json.loads({}.to_json(orient='records', date_format='iso'))",
    "polars": "{}.to_dicts()",
    "DuckDB": "[dict(zip({0}.columns, row)) for row in {0}.fetchall()]",
}
QUERY = """{
  brokerage(network: { ties: [EXCHANGE] }, groupBy: REGION, first: 1000) {
    brokers { member { key name } group scores { observed { total } z { total } } }
  }
  start: valueNetwork(network: { ties: [EXCHANGE], asOf: "2026-01-01" }) { ...state }
  end: valueNetwork(network: { ties: [EXCHANGE], asOf: "2026-06-01" }) { ...state }
}
fragment state on ValueNetwork { indicators { partyCount exchangeCount resilience } }"""


def main() -> None:
    [address] = sys.argv[1:] or [WRITTEN]
    response = httpx.post(f"{address}/graphql", json={"query": QUERY}, timeout=60)
    data = response.raise_for_status().json()["data"]
    brokers = [flat(row) for row in data["brokerage"]["brokers"]]
    history = [flat(data[name]) for name in ("start", "end")]
    for library in PACKAGES:
        answer = read(library, address)
        compare(library, answer["brokers"], brokers)
        days = answer["history"]
        if len(days) != 6:
            sys.exit(f"{library}: 6 days expected, {len(days)} read")
        compare(library, [days[0], days[-1]], history)
        print(f"{library}: {len(brokers)} brokers, {len(days)} days")  # noqa: T201


def flat(row: dict[str, Any], path: str = "") -> dict[str, Any]:
    """The values of nested objects by the names of their columns."""
    cells: dict[str, Any] = {}
    for name, value in row.items():
        column = f"{path}{snake(name)}"
        cells |= (
            flat(value, f"{column}_") if isinstance(value, dict) else {column: value}
        )
    return cells


def read(library: str, address: str) -> Any:
    """What the code of the page reads, with this library."""
    page = (ROOT / "docs" / "bi.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## {library}\n")[2].partition("\n## ")[0]
    code = section.partition("```python\n")[2].partition("```")[0]
    rows = [f"'{n}': {ROWS[library].format(n)}" for n in ("brokers", "history")]
    lines = ["import json", BEFORE.get(library, ""), code.replace(WRITTEN, address)]
    lines.append(f"print(json.dumps({{{', '.join(rows)}}}, default=str))")
    command = ["uv", "run", "--quiet", "--no-project", "--isolated"]
    for package in PACKAGES[library]:
        command += ["--with", package]
    done = subprocess.run(
        [*command, "python", "-c", "\n".join(lines)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


def compare(
    library: str, rows: list[dict[str, Any]], expected: list[dict[str, Any]]
) -> None:
    """End with a message unless the rows have the values of the API, in its order."""
    if len(rows) != len(expected):
        sys.exit(f"{library}: {len(expected)} rows expected, {len(rows)} read")
    for row, own in zip(rows, expected, strict=True):
        for column, value in own.items():
            if not same(row[column], value):
                sys.exit(f"{library}: {column}: {value} expected, {row[column]} read")


def same(first: Any, second: Any) -> bool:
    """Equal, or numbers that differ in the last digit that a reader of CSV keeps."""
    if isinstance(first, float) and isinstance(second, float):
        return math.isclose(first, second, rel_tol=1e-9)
    return bool(first == second)


if __name__ == "__main__":
    main()
