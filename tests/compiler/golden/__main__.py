"""Writes what each case becomes now."""

from __future__ import annotations

from tests.compiler.golden import FOLDER, names, rendered

for name in names():
    (FOLDER / f"{name}.cypher").write_text(rendered(name), "utf-8")
