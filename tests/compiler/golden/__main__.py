"""Rewrites the .cypher file of each case."""

from __future__ import annotations

from tests.compiler.golden import FOLDER, cypher_text, names

for name in names():
    (FOLDER / f"{name}.cypher").write_text(cypher_text(name), "utf-8")
