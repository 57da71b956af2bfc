"""Pins: every package of the whole closure at its exact version, in pyproject.toml.

`pins.py write` resolves again and writes them; `pins.py check` fails when they are not
what a fresh resolution under them gives. uv.lock names a registry's host, so it is
ignored by git and the pins stand in `[tool.uv] constraint-dependencies` instead.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PROJECT = Path("pyproject.toml")
BLOCK = re.compile(r"constraint-dependencies = \[\n(?:    .*\n)*\]\n")


def closure(text: str) -> list[str]:
    """What uv resolves for a pyproject of that text: all groups, extras, platforms."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("README.md", "LICENSE"):
            shutil.copy(name, folder)
        Path(folder, PROJECT).write_text(text, encoding="utf-8")
        command = ["uv", "export", "--no-hashes", "--no-annotate", "--no-header"]
        command += ["--all-groups", "--all-extras", "--no-emit-project", "--quiet"]
        # A virtual environment of the caller is none of the resolution's.
        env = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
        done = subprocess.run(
            command, cwd=folder, env=env, check=True, capture_output=True, text=True
        )
    lines = (line.split(";")[0].strip() for line in done.stdout.splitlines())
    return sorted({line for line in lines if line}, key=str.lower)


def main() -> None:
    text = PROJECT.read_text(encoding="utf-8")
    if sys.argv[1:] == ["write"]:
        found = closure(BLOCK.sub("constraint-dependencies = [\n]\n", text))
        block = "".join(f'    "{pin}",\n' for pin in found)
        text = BLOCK.sub(f"constraint-dependencies = [\n{block}]\n", text)
        PROJECT.write_text(text, encoding="utf-8")
        return
    pins = tomllib.loads(text)["tool"]["uv"]["constraint-dependencies"]
    if pins != (found := closure(text)):
        mismatches = sorted(set(pins) ^ set(found))
        sys.exit(f"The pins are not a fresh resolution; run `task pin`: {mismatches}")


if __name__ == "__main__":
    main()
